"""Puts the demo into an empty studio."""

import secrets
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.demo.wishes import WISHES, Wish
from generations.models import Budget, Dialect, EngineChoice, ProviderAccount, Role, Team, User
from generations.offers import find_offer
from generations.people import add_member, add_person, found_team
from generations.pipeline.start import Order, start

PEOPLE = {
    "viewer": ("Vera Lund", Role.VIEWER),
    "designer": ("Mei Lin", Role.DESIGNER),
    "reviewer": ("Rui Costa", Role.REVIEWER),
    "admin": ("Ada Keller", Role.ADMIN),
    "owner": ("Olga Brandt", Role.ADMIN),
}
PRICES = {"apimart": 28_000, "gateway": 35_000, "ark": 40_000, "tensorslab": 30_000, "anyfast": 25_000}
MILLION = 1_000_000
ASK_ABOVE = 250_000


def put_up(password: str = "") -> tuple[list[str], str]:
    """The addresses that can sign in, and the password of all of them."""
    password = password or secrets.token_urlsafe(9)
    with transaction.atomic():
        team = found_team("Northlight")
        people = {name: member(name, team, password) for name in PEOPLE}
        Budget.objects.create(team=team, soft=30 * MILLION, hard=40 * MILLION)
        Team.objects.filter(pk=team.pk).update(ask_above=ASK_ABOVE)  # one of the wishes waits for an administrator
        for dialect in Dialect:
            open_account(dialect)
    for wish in WISHES:
        ask(wish, people[wish.who], team)
    return [user.email for user in people.values()], password


def member(name: str, team: Team, password: str) -> User:
    full_name, role = PEOPLE[name]
    user = add_person(f"{name}@example.com", full_name, password, administrator=name == "owner")
    add_member(user, team, role)
    return user


def open_account(dialect: Dialect) -> None:
    """With a price, so that there is money to see; the sandbox takes none."""
    account = ProviderAccount.objects.create(name=_("Sandbox %(dialect)s") % {"dialect": dialect.label}, dialect=dialect, sandbox=True)
    served = [id for id, engine in ENGINES.items() if engine.dialect == dialect]
    EngineChoice.objects.bulk_create(EngineChoice(account=account, engine=id, price=PRICES[dialect]) for id in served)


def ask(wish: Wish, user: User, team: Team) -> None:
    offer = find_offer(wish.engine)
    if offer is None:
        raise LookupError(wish.engine)
    tier = min(offer.engine.tiers, key=lambda tier: offer.engine.tiers[tier]["1:1"].pixels)
    request = GenerationRequest(wish.engine, wish.prompt, wish.images, wish.ratio, tier)
    start(Order(user, team, request, offer, uuid4(), private=wish.private))
