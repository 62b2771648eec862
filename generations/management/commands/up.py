from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from generations.supervisor import watch


class Command(BaseCommand):
    help = "Start the studio: web server, workers and, while an account wants it, the sandbox. Ctrl+C stops it."
    requires_system_checks = ()  # they import every page; the web server does that anyway

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-migrate", action="store_true", help="refuse to start when the database must be upgraded")
        parser.add_argument(
            "--patience", type=float, default=30, help="seconds without a sign of life before the workers are started again"
        )
        parser.add_argument(
            "--grace", type=float, default=380, help="seconds that calls to providers may take to end when the studio stops"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        watch.up(not options["no_migrate"], options["patience"], options["grace"])
