import json
import os
import sys
from argparse import ArgumentTypeError
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone, translation
from django.utils.dateparse import parse_date, parse_datetime

from generations.journal import Flaw, export, guard, verify
from generations.models import Team

MANY = 100_000


class Command(BaseCommand):
    help = "Verifies that no line of the journal was changed, or writes the journal to standard output."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify | export | guard")
        told = verbs.add_parser("verify", help="ends with 1 and names the first line that is not as it was written")
        told.add_argument("--json", action="store_true", help="print one JSON object, for scripts")
        out = verbs.add_parser("export", help="people and teams are numbers, as in the journal")
        out.add_argument("--since", metavar="TIME", type=read_time, help="such as 2026-11-20 or 2026-11-20T08:00+01:00")
        out.add_argument("--team", metavar="SLUG")
        out.add_argument("--format", choices=["csv", "json"], default="csv", help="json: one object on each line, exactly as kept")
        verbs.add_parser("guard", help="makes the database refuse changes again, where that was lost")

    def handle(self, *args: Any, verb: str, **options: Any) -> None:
        getattr(self, verb)(**options)

    def verify(self, json: bool, **options: Any) -> None:
        self.count = 0
        with translation.override("en"):
            flaw = verify(self.progress)
            self.stdout.write(as_json(self.count, flaw) if json else flaw.sentence if flaw else f"{self.count} lines, all as written.")
        if flaw:
            raise SystemExit(1)

    def progress(self, count: int) -> None:
        self.count = count
        if count % MANY == 0:
            self.stderr.write(f"{count} lines so far.", str)

    def export(self, since: datetime | None, team: str | None, format: str, **options: Any) -> None:
        named = Team.objects.filter(slug=team).first() if team else None
        if team and not named:
            raise CommandError(f"There is no team “{team}”.")
        write = {"csv": export.as_csv, "json": export.as_json}[format]
        try:
            write(export.rows(since, named), self.stdout)
        except BrokenPipeError:  # who reads has read enough, as `head` has; what is left to flush goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def guard(self, **options: Any) -> None:
        guard.put(connection)
        self.stdout.write("The database refuses changes to the journal.")


def as_json(count: int, flaw: Flaw | None) -> str:
    return json.dumps({"lines": count, "whole": flaw is None, "flaw": asdict(flaw) | {"sentence": flaw.sentence} if flaw else None})


def read_time(text: str) -> datetime:
    try:
        day = parse_date(text)
        found = datetime.combine(day, time()) if day else parse_datetime(text)
    except ValueError:  # such as the 31st of February
        found = None
    if found is None:
        raise ArgumentTypeError(f"“{text}” is no day and no time.")
    return found if timezone.is_aware(found) else timezone.make_aware(found)
