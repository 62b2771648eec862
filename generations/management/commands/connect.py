import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from generations import journal
from generations.connecting import USUAL, Unusable, connect
from generations.journal import Deed
from generations.models import Dialect
from generations.pipeline import gate


class Command(BaseCommand):
    help = "Adds a provider account, or brings the one of that name up to date."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dialect", choices=Dialect.values)
        parser.add_argument("--name", required=True)
        parser.add_argument("--base-url", help="needed for a gateway; the others have a usual one")
        parser.add_argument("--key-file", required=True, metavar="FILE", help="- is standard input")
        parser.add_argument("--allow-private-address", action="store_true", help="for a provider on this machine or in your own network")
        parser.add_argument("--in-flight", type=int, help="calls at once")
        parser.add_argument("--per-minute", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        address = options["base_url"] or USUAL.get(options["dialect"])
        if not address:
            raise CommandError("Say where it is: --base-url https://…")
        limits = {name: options[name] for name in ("in_flight", "per_minute") if options[name] is not None}
        if any(not 1 <= value <= 32_767 for value in limits.values()):
            raise CommandError("Limits are whole numbers from 1 to 32767.")
        private = options["allow_private_address"]
        try:
            with transaction.atomic():
                account, new = connect(options["name"], options["dialect"], address, read(options["key_file"]), private, **limits)
                gate.open_gate(account, timezone.now())  # a new key or address may be what was missing
                for deed in (Deed.ACCOUNT_ADD,) if new else (Deed.ACCOUNT_CHANGE, Deed.KEY_CHANGE):
                    journal.write(deed, subject=account, command="connect")
        except Unusable as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"{account} was {'added' if new else 'brought up to date'}: {account.dialect} at {account.address}.")


def read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise CommandError(f"The key file {file} cannot be read.") from None
