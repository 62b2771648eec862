"""Runs the pretend provider until it is told to stop."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from generations.sandbox import program


class Command(BaseCommand):
    help = "Serve a pretend image provider on this machine: free, offline, and the same picture for the same words."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        program.add_options(parser, settings.SANDBOX_SPEED)

    def handle(self, *args: Any, host: str, port: int, speed: float, link_life: float | None, **options: Any) -> None:
        program.run(host, port, speed, link_life)
