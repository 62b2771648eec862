"""Founds the shared studio, inside its own settings: `python -m tests.servers.founding`. Tables, a sandbox account with prices per
dialect, and crews enough for every test that wants one of its own. Prints the crews as JSON.
"""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from generations.catalogue import ENGINES  # noqa: E402
from generations.models import Dialect, EngineChoice, ProviderAccount, Role, Scope, Team, Token, User  # noqa: E402
from generations.people import add_member, add_person, found_team  # noqa: E402

CREWS = 100
PRICE = 35_000
OFTEN = 30_000  # calls per minute, for tests that are not about limits
EVERY = "all"


def found() -> list[dict[str, Any]]:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        for dialect in Dialect:
            account(dialect)
        return [crew(number) for number in range(CREWS)]


def account(dialect: Dialect) -> None:
    made = ProviderAccount.objects.create(name=f"Sandbox {dialect.label}", dialect=dialect, sandbox=True, per_minute=OFTEN)
    known = [engine.id for engine in ENGINES.values() if engine.dialect == dialect]
    EngineChoice.objects.bulk_create(EngineChoice(account=made, engine=one, price=PRICE) for one in known)


def crew(number: int) -> dict[str, Any]:
    """Whoever is in it may do everything, so that a token's scopes alone decide."""
    team, user = found_team(f"Crew {number}"), add_person(f"crew{number}@example.com", f"Crew {number}")
    add_member(user, team, Role.ADMIN)
    tokens = {str(scope): token(user, team, [scope]) for scope in Scope} | {EVERY: token(user, team, list(Scope))}
    return {"team": team.slug, "email": user.email, "tokens": tokens}


def token(user: User, team: Team, scopes: list[Scope]) -> str:
    return Token.write(None, user=user, team=team, name="Script", scopes=scopes, per_minute=OFTEN)[1]


if __name__ == "__main__":
    json.dump(found(), sys.stdout)
