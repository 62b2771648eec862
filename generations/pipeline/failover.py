"""Surely not taken on, and the reason lies with whoever was asked: the next one who serves the same model is asked instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from generations import journal
from generations.catalogue import get_engine
from generations.catalogue.check import check, promised_size
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest
from generations.dialects import faults
from generations.dialects.outcome import Next, Sent, Trouble
from generations.journal import Deed
from generations.models import Attempt, Gate, Generation, Outcome, ProviderAccount, Status
from generations.offers import Offer, decide
from generations.pipeline import gate, money, rules
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import moved
from generations.pipeline.trouble import ELSEWHERE, GAVE_UP, HELD_UP, PASSED_ON, UNWRITABLE, own, store
from generations.providers.client import OWN_RULES

THEIRS = {Next.MEND_KEY, Next.TOP_UP, Next.OPEN_ENGINE, Next.REPLACE_ENGINE, Next.RAISE_LIMIT}
ALSO_THEIRS = {GAVE_UP, OWN_RULES, UNWRITABLE, faults.ADDRESS.sentence}
PATIENCE = timedelta(minutes=1)  # that a closed gate is waited for, as the breaker's usual rest


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
    if not theirs(trouble) or not movable(generation, attempt):
        return []
    return sorted(left(generation), key=lambda spare: bool(gate.reason(spare.offer.account, now)))


def movable(generation: Generation, attempt: Attempt) -> bool:
    """Somebody still waits for it, and nobody has taken it on."""
    if not generation.spares or generation.stopped_at or taken_on(generation, attempt):
        return False
    return rules.member(generation.user, generation.team) is not None


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


def held_up(account: ProviderAccount, now: datetime) -> bool:
    """Nothing may be sent there for longer than one waits, or nobody knows for how long. One that tries whether all is well does not."""
    found = gate.hindrance(getattr(account, "gate", None) or Gate(account=account), now)
    return found is not None and (found[1] is None or found[1] > now + PATIENCE)


@transaction.atomic
def pass_on(generation: Generation, now: datetime) -> None:
    """From the line of an account that may not send, to one that may now. What no budget allows elsewhere waits on."""
    attempt = generation.attempts.latest("number")
    if not held_up(generation.account, now) or not movable(generation, attempt):
        return
    ready = [spare for spare in left(generation) if not gate.reason(spare.offer.account, now)]
    if not ready:
        return
    moved(generation.write(fence=generation.fence + 1))  # of two who look after it one is too late
    why = store(own(Next.WAIT, Sent.NO, HELD_UP))
    moved(bool(Attempt.objects.filter(pk=attempt.pk, outcome=Outcome.PLANNED).update(outcome=Outcome.NOT_SENT, trouble=why)))
    money.release(generation, attempt)
    checkpoint("it leaves a closed gate")
    if go_on(generation, attempt, ready, now, PASSED_ON):
        transaction.set_rollback(True)


def go_on(generation: Generation, attempt: Attempt, spares: list[Spare], now: datetime, why: str = ELSEWHERE) -> Problem | None:
    """In line at the first of them that the budget allows. Otherwise what is said of the budget, and nothing has changed."""
    short = None
    for spare in spares:
        try:
            with transaction.atomic():
                hand_over(generation, attempt, spare, now, why)
            return None
        except money.OverBudget as over:
            short = over.problem
    return short


def hand_over(generation: Generation, attempt: Attempt, spare: Spare, now: datetime, why: str) -> None:
    """As if it had been asked there from the beginning."""
    engine, account = spare.offer.engine, spare.offer.account
    size = promised_size(spare.request, engine)
    follower = follow(attempt, account, engine.wire_id)
    held = money.hold(generation, spare.cost, follower) or money.totals(generation)
    changes: dict[str, Any] = {
        "account": account,
        "engine": engine.id,
        "price": spare.offer.price,
        "request": spare.request.store(),
        "width": size.width if size else None,
        "height": size.height if size else None,
        "spares": spare.rest,
        "trouble": store(own(Next.WAIT, Sent.NO, why), account=attempt.account.name, other=account.name),
    }
    moved(generation.move(Status.QUEUED, now, driver=None, tries=0, **changes, **held))
    journal.write(Deed.GENERATION_MOVE, team=generation.team, subject=generation, attempt=follower.number, engine=engine.id)


def follow(attempt: Attempt, account: ProviderAccount, wire_id: str) -> Attempt:
    """The next paid call of the same generation."""
    number = attempt.generation.attempts.latest("number").number + 1
    return Attempt.objects.create(generation=attempt.generation, number=number, account=account, wire_id=wire_id)
