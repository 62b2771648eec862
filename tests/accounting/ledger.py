"""Requests with an end, their money moved as the pipeline moves it."""

from typing import Any

from django.db import transaction

from generations.accounting import Day
from generations.accounting.days import FIGURES
from generations.models import Charge, Generation, ImageStatus, Outcome, Status, Tally, Team, User
from generations.pipeline import money
from tests.made import asked, made, pictured

PRICE = 28_000
FOUR = 4 * PRICE


def ended(user: User, team: Team, status: Status = Status.DONE, **how: Any) -> Generation:
    """`stored`, `lost` and `missing` images of four; `charged` what was settled; all else is a field of the row."""
    stored, lost, missing = (how.pop(name, 0) for name in ("stored", "lost", "missing"))
    charged, charge = how.pop("charged", None), how.pop("charge", None)
    generation = made(user, team, status, how.pop("request", None) or asked(images=4), **{"price": PRICE, **how})
    pictured(generation, stored)
    for count, became in ((lost, ImageStatus.LOST), (missing, ImageStatus.MISSING)):
        pictured(generation, count, status=became, sha256="", format="", bytes=None, width=None, height=None, stored_at=None)
    pay(generation, charged, charge)
    return generation


def pay(generation: Generation, charged: int | None, charge: Charge | None = None) -> None:
    """None: it is held for ever, as where nobody knows."""
    attempt = generation.attempts.latest("number")
    with transaction.atomic():
        generation.write(**money.hold(generation, FOUR, attempt))
        if charged is not None:
            generation.write(**money.settle(generation, charged, attempt))
    usual = Charge.UNKNOWN if charged is None else Charge.YES if charged else Charge.NO
    generation.attempts.filter(pk=attempt.pk).update(
        charge=charge or usual, outcome=Outcome.UNKNOWN if charged is None else Outcome.ANSWERED
    )


def tally(generation: Generation) -> Tally:
    return Tally.objects.get(user=generation.user, engine=generation.engine, account=generation.account, day=day_of(generation).date)


def day_of(generation: Generation) -> Day:
    return Day.of(generation.team_id, generation.created_at)


def shown(one: Tally) -> dict[str, int]:
    """What is not nothing."""
    return {name: getattr(one, name) for name in FIGURES if getattr(one, name)}
