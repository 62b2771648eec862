import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error
from django.utils import translation

from generations.integrity.finding import Finding
from generations.integrity.share import Share
from generations.integrity.survey import CannotCheck, Leave, Tally, inspect

FOUND, COULD_NOT = 1, 2


class Command(BaseCommand):
    help = (
        "Compares rows, files, money and journal. Ends with 0 if they fit together, 1 if something is left to do, 2 if it could not check."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sample", metavar="PERCENT", type=percent, default=100, help="files to read again, others every day; usually all"
        )
        parser.add_argument("--repair", action="store_true", help="put right what can be without losing anything; never touches money")
        parser.add_argument(
            "--delete-orphans", action="store_true", help="throw away files that belong to nothing and are older than seven days"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object, for scripts")

    def handle(self, *args: Any, sample: int, repair: bool, delete_orphans: bool, json: bool, **options: Any) -> None:
        report = Machine(self) if json else Report(self)
        with translation.override("en"):
            try:
                tally = inspect(Share(sample), Leave(repair, delete_orphans), report.tell)
            except (CannotCheck, Error, OSError) as error:
                report.fail(" ".join(str(error).split()))
                raise SystemExit(COULD_NOT) from None
            report.end(tally)
        if tally.open:
            raise SystemExit(FOUND)


class Report:
    """For people: a line for each finding, as soon as it is found."""

    def __init__(self, command: BaseCommand) -> None:
        self.command = command

    def tell(self, finding: Finding, mended: bool) -> None:
        said = f"{finding.sentence} Repaired." if mended else str(finding)
        colour = self.command.style.SUCCESS if mended else self.command.style.ERROR
        self.command.stdout.write(f"{colour(f'{finding.kind:15}')}{said}")

    def end(self, tally: Tally) -> None:
        if not tally.found:
            self.command.stdout.write(self.command.style.SUCCESS("Everything fits together."))
            return
        count, mended = tally.found.total(), tally.mended.total()
        self.command.stdout.write(f"{count} found, {mended} repaired, {count - mended} left.")

    def fail(self, reason: str) -> None:
        self.command.stderr.write(f"Could not check: {reason}")


class Machine(Report):
    """One JSON object, written while it is found."""

    def __init__(self, command: BaseCommand) -> None:
        super().__init__(command)
        self.first = True
        command.stdout.write('{"findings": [', ending="")

    def tell(self, finding: Finding, mended: bool) -> None:
        told = {"kind": finding.kind, "subject": finding.subject, "sentence": finding.sentence, "do": finding.do, "repaired": mended}
        self.command.stdout.write(f"{'' if self.first else ','}\n{json.dumps(told, ensure_ascii=False)}", ending="")
        self.first = False

    def end(self, tally: Tally) -> None:
        counts = {"found": tally.found.total(), "repaired": tally.mended.total(), "damage": tally.damage, "waste": tally.waste}
        self.command.stdout.write(f"\n], {json.dumps({**counts, 'whole': not tally.open})[1:]}")

    def fail(self, reason: str) -> None:
        super().fail(reason)
        self.command.stdout.write(f"\n], {json.dumps({'whole': None, 'reason': reason})[1:]}")


def percent(text: str) -> int:
    figure = text.removesuffix("%").strip()
    if not figure.isdecimal() or int(figure) > 100:
        raise ArgumentTypeError(f"“{text}” is no share: a whole number from 0 to 100.")
    return int(figure)
