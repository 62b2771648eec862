"""Surely not taken on, and the reason lies with whoever was asked: the next one who serves the same model is asked instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from generations import journal
from generations.catalogue import get_engine
from generations.catalogue.check import check, promised_size
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest
from generations.dialects import faults
from generations.dialects.outcome import Next, Sent, Trouble
from generations.models import Attempt, Gate, Generation, Outcome, ProviderAccount, Status
from generations.offers import Offer, decide
from generations.pipeline import gate, money, rules
from generations.pipeline.fence import moved
from generations.pipeline.trouble import ELSEWHERE, GAVE_UP, UNWRITABLE, own, store
from generations.providers.client import OWN_RULES

THEIRS = {Next.MEND_KEY, Next.TOP_UP, Next.OPEN_ENGINE, Next.REPLACE_ENGINE, Next.RAISE_LIMIT}
ALSO_THEIRS = {GAVE_UP, OWN_RULES, UNWRITABLE, faults.ADDRESS.sentence}


@dataclass(frozen=True)
class Spare:
    offer: Offer
    request: GenerationRequest
    rest: list[dict[str, Any]]  # who is left after this one

    @property
    def cost(self) -> int:
        return money.worst(self.request, self.offer.engine, self.offer.price)


def others(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> list[Spare]:
    """Who could still make it, in their order; those that rest just now come last. Asked before any money is touched."""
    if not generation.spares or generation.stopped_at or not theirs(trouble) or taken_on(generation, attempt):
        return []
    if rules.member(generation.user, generation.team) is None:
        return []
    return sorted(left(generation), key=lambda spare: bool(gate.reason(spare.offer.account, now)))


def theirs(trouble: Trouble) -> bool:
    """Never the request's own fault: that is the same everywhere."""
    return trouble.next in THEIRS or trouble.sentence in ALSO_THEIRS


def taken_on(generation: Generation, attempt: Attempt) -> bool:
    """Or perhaps taken on, by any of the calls before this one."""
    return generation.attempts.exclude(pk=attempt.pk).exclude(outcome=Outcome.NOT_SENT).exists()


def left(generation: Generation) -> Iterator[Spare]:
    """As things are now: an account may have been switched off since, and what an administrator has to mend first is no way out."""
    for place, told in enumerate(generation.spares):
        offer, request = offer_of(told), GenerationRequest.read(told["request"])
        if offer is None or not generation.team.uses(offer.engine.id) or check(request, offer.engine):
            continue
        if not Gate.objects.filter(account=offer.account).exclude(paused="").exists():
            yield Spare(offer, request, [*generation.spares[:place], *generation.spares[place + 1 :]])


def offer_of(told: dict[str, Any]) -> Offer | None:
    engine = get_engine(told["engine"])
    account = ProviderAccount.objects.filter(pk=told["account"], enabled=True).first()
    offer = decide(engine, account) if engine and account else None
    return Offer(offer.engine, offer.account, told["price"]) if offer else None


def go_on(generation: Generation, attempt: Attempt, spares: list[Spare], now: datetime) -> Problem | None:
    """In line at the first of them that the budget allows. Otherwise what is said of the budget, and nothing has changed."""
    short = None
    for spare in spares:
        try:
            with transaction.atomic():
                hand_over(generation, attempt, spare, now)
            return None
        except money.OverBudget as over:
            short = over.problem
    return short


def hand_over(generation: Generation, attempt: Attempt, spare: Spare, now: datetime) -> None:
    """As if it had been asked there from the beginning."""
    engine, account = spare.offer.engine, spare.offer.account
    size = promised_size(spare.request, engine)
    follower = follow(attempt, account, engine.wire_id)
    held = money.hold(generation, spare.cost, follower) or money.totals(generation)
    why = store(own(Next.WAIT, Sent.NO, ELSEWHERE), account=attempt.account.name, other=account.name)
    changes: dict[str, Any] = {
        "account": account,
        "engine": engine.id,
        "price": spare.offer.price,
        "request": spare.request.store(),
        "width": size.width if size else None,
        "height": size.height if size else None,
        "spares": spare.rest,
        "trouble": why,
    }
    moved(generation.move(Status.QUEUED, now, driver=None, tries=0, **changes, **held))
    journal.write("generation.move", team=generation.team, subject=generation, attempt=follower.number, engine=engine.id)


def follow(attempt: Attempt, account: ProviderAccount, wire_id: str) -> Attempt:
    """The next paid call of the same generation."""
    number = attempt.generation.attempts.latest("number").number + 1
    return Attempt.objects.create(generation=attempt.generation, number=number, account=account, wire_id=wire_id)
