"""Money: held before anything is sent, settled by what came, released on a sure refusal. Millionths of one currency, always whole.

`hold`, `settle` and `release` run inside their caller's transaction and return the changes for the generation's row, for `move` or
`write` in that same transaction. Where those say False somebody else was first: the caller rolls back, and nothing has moved.
Locks are taken in one order, so that nobody waits in a circle: the generation, the team's purse, the person's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.transaction import TransactionManagementError
from django.utils.formats import date_format

from generations.catalogue import get_engine
from generations.catalogue.engine import Engine, Price
from generations.catalogue.estimate import estimate
from generations.catalogue.problem import Problem, _
from generations.catalogue.request import GenerationRequest
from generations.models import Attempt, Entry, Generation, Purse, Status
from generations.models.money import this_month
from generations.pipeline.budget import Left as Left
from generations.pipeline.budget import Short, draw, hard_limits
from generations.pipeline.budget import left as left

MILLION = 1_000_000
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "¥", "JPY": "¥"}

HOLD, SETTLE, RELEASE = Entry.Kind.HOLD, Entry.Kind.SETTLE, Entry.Kind.RELEASE

Word = Literal["free", "held", "charged", "released", "maybe", ""]


class OverBudget(Exception):
    """It was not held, and nothing has changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


# --- what it costs ---


def worst(request: GenerationRequest, engine: Engine, price: int | None) -> int:
    """What it may cost at most. Where nobody has said a price, nothing is held."""
    return 0 if price is None else estimate(request, engine, scaled(engine.price, price))


def scaled(usual: Price | None, image: int) -> Price:
    """The administrator's price for an image, and the catalogue's surcharges in proportion to it.

    A discount counts for all of a price list, and another currency for all of its figures: adding the catalogue's own dollars to
    an administrator's yuan would be neither.
    """
    if usual is None or not usual.image:
        return Price(image)
    large = None if usual.large_image is None else -(-usual.large_image * image // usual.image)
    return replace(usual, image=image, large_image=large, reference=-(-usual.reference * image // usual.image))


def due(generation: Generation, attempt: Attempt | None, came: int) -> int:
    """What is charged when so many images came: by the provider's own figure or count, where it tells. What is free stays free."""
    if generation.price == 0:
        return 0
    if attempt and attempt.cost is not None and settings.CURRENCY == "USD":
        return attempt.cost
    billed = attempt.billed if attempt else None
    count = came if billed is None else min(billed, max(came, generation.images_asked))  # a count may be nonsense
    return worth(generation, count) if count else 0


def worth(generation: Generation, images: int) -> int:
    engine = get_engine(generation.engine)
    if engine is None:  # not in the catalogue any more
        return images * (generation.price or 0)
    return worst(generation.asked().with_(images=images), engine, generation.price)


# --- moving it ---


@dataclass(frozen=True)
class Part:
    """What is still held for one attempt."""

    attempt: int | None
    month: date  # whose budget it counts against, also when another has begun
    held: int


def hold(generation: Generation, amount: int, attempt: Attempt | None = None, month: date | None = None) -> dict[str, int]:
    """Or OverBudget. Whoever asks at the same moment waits, so that fifty clicks cannot spend what is there for ten."""
    if not amount:
        return {}
    lock(generation)
    month, whose = month or this_month(), (generation.team_id, generation.user_id)
    try:
        with transaction.atomic():  # so that a refused person's team has not paid
            draw(*whose, month, held=amount, limits=hard_limits(*whose))
    except Short:
        raise OverBudget(shortage(generation, amount, left(generation.team, generation.user, month))) from None
    record(generation, Part(attempt.pk if attempt else None, month, 0), {HOLD: amount})
    return totals(generation)


def settle(generation: Generation, amount: int, attempt: Attempt | None = None) -> dict[str, int]:
    """So much was charged; the rest is released. With an attempt only its own money moves, without one all that is still held.

    What was charged beyond what was held is spent already, so no budget is asked. An attempt is charged once: what was settled for it
    before, by whoever knew it first, is not settled again.
    """
    lock(generation)
    if attempt and amount:
        amount -= min(amount, attempt.entries.aggregate(charged=settled())["charged"])
    *parts, last = parts_of(generation, attempt)
    for part in parts:
        charged = min(amount, part.held)
        spend(generation, part, charged)
        amount -= charged
    spend(generation, last, amount)
    return totals(generation)


def release(generation: Generation, attempt: Attempt | None = None) -> dict[str, int]:
    """It was surely not charged."""
    return settle(generation, 0, attempt)


def carry(generation: Generation, attempt: Attempt, follower: Attempt) -> None:
    """What is held for an attempt is held for another one, or for another request of its author's: in the same month, and no budget is
    asked again."""
    lock(generation)
    for part in parts_of(generation, attempt):
        record(generation, part, {RELEASE: part.held})
        record(follower.generation, replace(part, attempt=follower.pk), {HOLD: part.held})


def balance(generation: Generation) -> int:
    """What is still held, by its entries."""
    return totals(generation)["held"]


def totals(generation: Generation) -> dict[str, int]:
    return Entry.objects.filter(generation=generation).aggregate(held=still_held(), charged=settled())


def parts_of(generation: Generation, attempt: Attempt | None) -> list[Part]:
    """Never none: money may be charged for which nothing was held."""
    entries = Entry.objects.filter(generation=generation, **({"attempt": attempt} if attempt else {}))
    found = [Part(*row) for row in entries.values_list("attempt", "month").annotate(held=still_held()).order_by("month", "attempt")]
    return [part for part in found if part.held] or found[-1:] or [Part(attempt.pk if attempt else None, this_month(), 0)]


def spend(generation: Generation, part: Part, charged: int) -> None:
    """A part ends: so much of it is charged, the rest released."""
    record(generation, part, {HOLD: charged - part.held, SETTLE: charged, RELEASE: part.held - charged})
    if part.held or charged:
        draw(generation.team_id, generation.user_id, part.month, held=-part.held, spent=charged)


def record(generation: Generation, part: Part, moves: dict[Entry.Kind, int]) -> None:
    known = {"generation": generation, "attempt_id": part.attempt, "month": part.month}
    Entry.objects.bulk_create([Entry(kind=kind, amount=amount, **known) for kind, amount in moves.items() if amount > 0])


def lock(generation: Generation) -> None:
    if not connection.in_atomic_block:
        raise TransactionManagementError("Money moves in one transaction with the row it is for.")
    Generation.objects.select_for_update(no_key=True).only("pk").get(pk=generation.pk)


def shortage(generation: Generation, amount: int, found: Left) -> Problem:
    until = date_format(found.until, "MONTH_DAY_FORMAT")
    values = {"cost": format_money(amount), "left": format_money(found.left), "team": generation.team.name, "until": until}
    if found.person_left is not None and found.left != found.team_left:
        return Problem("budget", _("This would cost about {cost}; {left} is left in your own budget until {until}."), values)
    return Problem("budget", _("This would cost about {cost}; {left} is left in {team}'s budget until {until}."), values)


# --- saying it ---


def format_money(micro: int | None) -> str:
    """Four digits that count, as prices of images need them, but never fewer than two after the point."""
    if micro is None:
        return "—"
    amount = Decimal(abs(micro)) / MILLION
    places = min(6, max(2, 3 - amount.adjusted()))
    whole, _point, part = f"{amount:,.{places}f}".partition(".")
    sign = SIGNS.get(settings.CURRENCY, f"{settings.CURRENCY}\N{NO-BREAK SPACE}")
    return f"{'-' if micro < 0 else ''}{sign}{whole}.{part.rstrip('0'):0<2}"


def word(generation: Generation) -> Word:
    """What stands on its card, told from its row alone. Empty: there is nothing to say yet."""
    waits = generation.running or generation.status == Status.ASKING
    if generation.held:
        return "held" if waits else "maybe"
    if generation.charged:
        return "charged"
    if generation.price == 0:
        return "free"
    if waits:
        return ""
    return unpriced(generation) if generation.price is None else "released"


def unpriced(generation: Generation) -> Word:
    """Nobody has said how much; whether it was charged can still be said."""
    if generation.status in (Status.REFUSED, Status.CANCELLED):
        return "released"
    return "maybe" if generation.status in (Status.UNKNOWN, Status.FAILED) else "charged"


# --- checking it ---


def audit() -> Iterator[str]:
    """Where generations, purses and entries disagree. Each question is one statement, so that work going on is no difference."""
    for pk, held, charged, entries_held, entries_charged in different_generations():
        yield f"Generation {pk} has {held} held and {charged} charged; its entries say {entries_held} and {entries_charged}."
    for pk, held, spent, entries_held, entries_spent in different_purses():
        yield f"Purse {pk} has {held} held and {spent} spent; its entries say {entries_held} and {entries_spent}."
    for pk in without_purse():
        yield f"Entry {pk} is in no purse."


def different_generations() -> Iterator[tuple[int, int, int, int, int]]:
    rows = Generation.objects.values_list("pk", "held", "charged").order_by("pk")
    summed = rows.annotate(entries_held=still_held("entries__"), entries_charged=settled("entries__"))
    return summed.exclude(held=F("entries_held"), charged=F("entries_charged")).iterator()


def different_purses() -> Iterator[tuple[int, int, int, int, int]]:
    """Of teams, then of people: their entries are found by other columns."""
    for alone in (True, False):
        mine = {"generation__team": OuterRef("team"), "month": OuterRef("month")} | (
            {} if alone else {"generation__user": OuterRef("user")}
        )
        entries = Entry.objects.filter(**mine).order_by().values("month")
        held, spent = (Coalesce(Subquery(entries.annotate(sum=sum).values("sum")), 0) for sum in (still_held(), settled()))
        rows = Purse.objects.filter(user__isnull=alone).values_list("pk", "held", "spent").order_by("pk")
        summed = rows.annotate(entries_held=held, entries_spent=spent)
        yield from summed.exclude(held=F("entries_held"), spent=F("entries_spent")).iterator()


def without_purse() -> Iterator[int]:
    month = Purse.objects.filter(team=OuterRef("generation__team"), month=OuterRef("month"))
    kept = Exists(month.filter(user=None)) & Exists(month.filter(user=OuterRef("generation__user")))
    return Entry.objects.exclude(kept).order_by("pk").values_list("pk", flat=True).iterator()


def still_held(path: str = "") -> Coalesce:
    amount = F(f"{path}amount")
    return Coalesce(Sum(Case(When(**{f"{path}kind": HOLD}, then=amount), default=-amount, output_field=BigIntegerField())), 0)


def settled(path: str = "") -> Coalesce:
    return Coalesce(Sum(f"{path}amount", filter=Q(**{f"{path}kind": SETTLE})), 0)
