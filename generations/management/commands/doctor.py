import json
from dataclasses import asdict
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from generations.health.checks import examine
from generations.health.finding import Finding
from studio.env import Reading
from studio.settings import env


class Command(BaseCommand):
    help = "Shows every setting and where it comes from, looks at the studio's health, and says what to fix."
    requires_system_checks = []  # who is ill still gets to see the doctor

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object, for scripts")

    def handle(self, *args: Any, **options: Any) -> None:
        readings = sorted(env.readings.values(), key=lambda reading: reading.name)
        with translation.override("en"):
            found = list(examine())
        if options["json"]:
            self.stdout.write(as_json(readings, found))
        else:
            self.stdout.write("\n".join(["", *self.settings(readings), "", *self.health(found), "", *self.repairs(found), ""]))
        if any(finding.state == "bad" for finding in found):
            raise SystemExit(1)

    def settings(self, readings: list[Reading]) -> list[str]:
        name, value = (max(len(getattr(reading, part)) for reading in readings) for part in ("name", "shown"))
        rows = [f"  {r.name:{name}}  {r.shown or '–':{min(value, 48)}}  {r.source}" for r in readings]
        return [self.style.MIGRATE_HEADING(f"Settings of Seedbed {settings.VERSION}"), *rows]

    def health(self, found: list[Finding]) -> list[str]:
        lines = [self.style.MIGRATE_HEADING("Health")]
        for subject, group in groupby(found, key=lambda finding: finding.subject):
            for number, finding in enumerate(group):
                lines.append(f"  {'' if number else subject:12}{self.mark(finding)}  {finding.sentence}")
        return lines

    def repairs(self, found: list[Finding]) -> list[str]:
        fixes = [finding for finding in found if finding.fix]
        if not fixes:
            return [self.style.SUCCESS("Nothing to fix.")]
        return [self.style.MIGRATE_HEADING("What to fix"), *(f"  {self.mark(f)}  {f.subject}: {f.fix}" for f in sorted(fixes, key=urgency))]

    def mark(self, finding: Finding) -> str:
        colour = {"ok": self.style.SUCCESS, "warn": self.style.WARNING, "bad": self.style.ERROR}[finding.state]
        return colour(f"{finding.state:4}")


def urgency(finding: Finding) -> bool:
    return finding.state != "bad"


def as_json(readings: list[Reading], found: list[Finding]) -> str:
    healthy = all(finding.state != "bad" for finding in found)
    shown = [asdict(reading) for reading in readings]
    return json.dumps(
        {"version": settings.VERSION, "healthy": healthy, "settings": shown, "findings": [asdict(f) for f in found]}, indent=2
    )
