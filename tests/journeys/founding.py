"""Founds a studio, inside its own settings: `python -m tests.journeys.founding`. Tables where there are none, teams enough for every
journey to have its own, sandbox accounts with prices. Prints who can come in, by the key of a session: the journeys about signing in do it
by hand.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from generations import reviewing, search  # noqa: E402
from generations.catalogue import ENGINES  # noqa: E402
from generations.compose import drafts  # noqa: E402
from generations.compose.filled import Filled  # noqa: E402
from generations.models import Budget, EngineChoice, Generation, Image, ProviderAccount, Role, Team, User  # noqa: E402
from generations.people import add_member, add_person, found_team  # noqa: E402
from tests.cast import PASSWORD, client_of  # noqa: E402
from tests.filed import filed  # noqa: E402
from tests.journeys.steps import EMPTY, KOI, MANY, MONTHS, team_name  # noqa: E402
from tests.made import asked, made, pictured  # noqa: E402

PRICE = 35_000
DAY = 24 * 3600
MILLION = 1_000_000
SHAPES = [(1280, 960), (960, 1280), (1280, 1280), (1280, 720), (1680, 720)]
SERVED = ("gateway/seedream-4.0", "gateway/seedream-3.0-t2i", "apimart/seedream-4.0")


def found() -> dict[str, str]:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        accounts = [account(dialect) for dialect in ("gateway", "apimart")]
        teams = [team(number, accounts[0]) for number in range(EMPTY + KOI + 1)]  # the last is the owner's
        owner = member("owner", teams[-1], "Olga Brandt", Role.ADMIN, administrator=True)
        hang(owner, teams[-1])
        User.objects.update(password=make_password(PASSWORD))  # once: it is meant to take its time
        return {user.email: key(user) for user in User.objects.all()}


def account(dialect: str) -> ProviderAccount:
    """Only the engines that make small pictures are on: what they show is not the point here."""
    made = ProviderAccount.objects.create(name=f"Sandbox {dialect}", dialect=dialect, sandbox=True)
    known = [engine for engine in ENGINES.values() if engine.dialect == dialect]
    EngineChoice.objects.bulk_create(EngineChoice(account=made, engine=one.id, enabled=one.id in SERVED, price=PRICE) for one in known)
    return made


def team(number: int, account: ProviderAccount) -> Team:
    team = found_team(team_name(number))
    Budget.objects.create(team=team, soft=5 * MILLION, hard=10 * MILLION)
    for role, name in ((Role.DESIGNER, "Mei Lin"), (Role.REVIEWER, "Rui Costa"), (Role.ADMIN, "Ada Keller")):
        user = member(f"{role}{number}", team, name, role)
        drafts.keep(user, team, Filled(engine=f"{SERVED[0]}@{account.pk}", ratio="1:1", tier="1K"))
        if EMPTY <= number < EMPTY + KOI and role == Role.DESIGNER:
            koi(user, team, account)
    return team


def koi(user: User, team: Team, account: ProviderAccount) -> None:
    """Three, as if they had been made in this team. They wait for a reviewer."""
    request = asked("Koi from above in clear water", SERVED[0], images=3, ratio="1:1", tier="1K")
    for image in pictured(made(user, team, request=request, account=account), 3):
        filed(image, size=(1280, 960))
    reviewing.ask(Image.objects.all(), user, team)


def member(who: str, team: Team, name: str, role: Role, **more: bool) -> User:
    user = add_person(f"{who}@example.com", name, **more)
    add_member(user, team, role)
    return user


def hang(user: User, team: Team) -> None:
    """Four days of every month, oldest first. One file for all of them, which browsers fetch again for every address."""
    days = 4 * MONTHS
    generations = [made(user, team, created_at=timezone.now() - timedelta(days=8 * ago)) for ago in reversed(range(days))]
    first = pictured(generations[0])[0]
    filed(first, size=(1280, 960))
    first.delete()
    Image.objects.bulk_create(image for one in generations for image in hung(one, first, MANY // days))
    search.rebuild()


def hung(generation: Generation, like: Image, count: int) -> Iterator[Image]:
    """Of many shapes. What they show does not matter here."""
    same = {name: getattr(like, name) for name in ("status", "sha256", "format", "bytes", "placeholder", "derived", "stored_at")}
    same |= {name: getattr(generation, name) for name in ("team", "user", "engine", "created_at")}
    attempt = generation.attempts.get()
    for index in range(count):
        width, height = SHAPES[index % len(SHAPES)]
        yield Image(generation=generation, attempt=attempt, index=index, width=width, height=height, **same)


def key(user: User) -> str:
    """The owner has been in for a day, so what is grave asks who that is."""
    return client_of(user, ago=DAY if user.is_superuser else 0).cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    json.dump(found(), sys.stdout)
