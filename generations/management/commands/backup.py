from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from generations.keeping import Refusal
from generations.keeping.backup import Made, back_up, same_disk
from generations.keeping.record import chosen
from generations.keeping.verify import verify


class Command(BaseCommand):
    help = "Copies the whole studio into a folder, while it runs. Pictures that lie there from earlier backups are not copied again."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BACKUPS, help="where to; else STUDIO_BACKUPS")
        parser.add_argument("--keep", type=some, default=14, help="how many backups stay; pictures stay anyway")
        parser.add_argument("--verify", action="store_true", help="make none, but read one back from its first to its last byte")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        try:
            if options["verify"]:
                self.read(chosen(folder.absolute()))
            else:
                self.tell(back_up(folder.absolute(), keep))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None

    def read(self, path: Path) -> None:
        manifest = verify(path)
        self.stdout.write(self.style.SUCCESS(f"{path} is whole: {manifest.files:,} files, {size(manifest.bytes)}."))

    def tell(self, made: Made) -> None:
        manifest = made.manifest
        self.stdout.write(f"{manifest.files:,} files, {size(manifest.bytes)}, {manifest.counts['image']:,} rows of images: {made.path}")
        if manifest.storage:
            self.stdout.write(f"The pictures stay in {manifest.storage}, and are that bucket's own to back up.")
        for name in made.damaged:
            self.stderr.write(f"{name} is damaged here and is not in the backup. Run manage.py fsck.")
        if same_disk(made.path):
            self.stdout.write("It is on the disk of the studio: it helps against mistakes, not against a broken disk.")
        self.stdout.write(self.style.WARNING(keys(manifest.secrets)))


def keys(held: list[str]) -> str:
    if "encryption_keys" in held:
        return "It holds the keys of the studio: whoever reads it can read every provider key. Keep it as safe as the studio itself."
    return "STUDIO_ENCRYPTION_KEYS is not in it, because it is given by your environment: keep that apart, or no provider key can be read."


def size(count: int) -> str:
    return filesizeformat(count).replace("\xa0", " ")


def some(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"“{text}” is no number of backups: 1 or more.")
    return int(text)
