from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from generations.keeping import Refusal
from generations.keeping.restore import Restored, restore
from generations.supervisor.terminal import first_line


class Command(BaseCommand):
    help = "Puts a backup back while the studio is stopped. What may have been sent since it was made is not sent again by itself."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("backup", type=Path, help="a backup, or a folder of backups: then the newest one")
        parser.add_argument("--replace", action="store_true", help="move the studio that is there aside; nothing of it is deleted")

    def handle(self, *args: Any, backup: Path, replace: bool, **options: Any) -> None:
        try:
            self.tell(restore(backup.absolute(), replace))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except Error as error:
            raise CommandError(f"The database refused: {first_line(error)}. `manage.py doctor` may know more.") from None

    def tell(self, restored: Restored) -> None:
        counts = restored.manifest.counts
        self.stdout.write(f"{counts['generation']:,} requests and {counts['image']:,} rows of images are back in {settings.DATA}.")
        if restored.aside:
            self.stdout.write(f"What was there before is in {restored.aside}.")
        if restored.held:
            self.stdout.write(
                f"{restored.held:,} requests were in line or on their way. They may have been sent and charged since, so they wait as "
                "unknown: ask the provider, then decide in the administration."
            )
        if restored.sealed:
            self.stderr.write(f"{restored.sealed} provider keys cannot be read: they were sealed with other STUDIO_ENCRYPTION_KEYS.")
        for finding in restored.findings:
            self.stderr.write(finding)
        if not restored.findings:
            self.stdout.write(self.style.SUCCESS("Rows, files, money and journal fit together. Start the studio."))
