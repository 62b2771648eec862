"""Founds a studio, inside its own settings: `python -m tests.soak.founding PORT AT_ONCE`. Tables, two people, an account per dialect.

The accounts are real ones, with address and key, that lead to a sandbox on PORT: it is nobody's child, so it outlives the studio, and
its ledger with it.
"""

import io
import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from generations.catalogue import ENGINES  # noqa: E402
from generations.dialects import DIALECTS  # noqa: E402
from generations.models import EngineChoice, ProviderAccount  # noqa: E402
from tests.soak.people import PASSWORD, PEOPLE  # noqa: E402

PRICE = 30_000


def found(port: str, at_once: str) -> None:
    call_command("migrate", verbosity=0)
    secret = note("password", PASSWORD)
    for email in PEOPLE:
        call_command("create_user", email, team="north", role="designer", password_file=secret, stdout=io.StringIO())
    key = note("key", "sk-of-a-throw-away-studio-0001")
    limits = {"in_flight": int(at_once), "per_minute": 3000}
    for name in DIALECTS:
        where = {"base_url": f"http://127.0.0.1:{port}/{name}", "allow_private_address": True, "key_file": key}
        call_command("connect", name, name=name, stdout=io.StringIO(), **where, **limits)
        ask_money(ProviderAccount.objects.get(name=name))


def ask_money(account: ProviderAccount) -> None:
    """Everything has a price, so that money moves whatever is bought."""
    mine = [engine for engine in ENGINES.values() if engine.dialect == account.dialect]
    EngineChoice.objects.bulk_create(EngineChoice(account=account, engine=engine.id, price=PRICE) for engine in mine)


def note(name: str, text: str) -> str:
    path = Path(settings.DATA) / name
    path.write_text(text)
    return str(path)


if __name__ == "__main__":
    found(*sys.argv[1:])
