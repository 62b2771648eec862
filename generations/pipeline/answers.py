"""What an answer to a paid call does to the rows: one transaction for each, under the fence of whoever heard it."""

from copy import copy
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from generations.dialects import DIALECTS
from generations.dialects.outcome import Accepted, Finished, Next, Reading, Sent, Trouble
from generations.dialects.wire import Answer
from generations.models import Attempt, Charge, Generation, Outcome, Status
from generations.pipeline import failover, gate, money, rules
from generations.pipeline.announce import announce
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.failover import follow
from generations.pipeline.fence import moved
from generations.pipeline.trouble import EARLIER, GAVE_UP, LEFT, STOPPED_SHORT, UNREADABLE, own, store

OPEN = (Outcome.UNKNOWN, Outcome.FAILED)
SMALL = 64 * 1024  # raw answers up to here stay in the row for good
FIRST_LOOK = timedelta(seconds=2)
CHECKS = 4  # times that the studio itself repeats a request with its idempotency key
CHECK_AFTER = timedelta(seconds=5)  # and three times as long each time
KNOWN_FOR = timedelta(hours=24)  # so long a provider may be trusted to know an idempotency key


def conclude(generation: Generation, attempt: Attempt, reading: Reading, answer: Answer | None = None) -> None:
    now = timezone.now()
    generation = copy(generation)  # should the database not take it, the caller's is as it was, and the same is tried again
    checkpoint("before the answer is written down")
    with transaction.atomic():
        money.lock(generation)  # before its attempt, as whoever decides about it does
        keep_raw(attempt, answer, now)
        if isinstance(reading, Accepted):
            accept(generation, attempt, reading, now)
        elif isinstance(reading, Finished):
            note(generation, attempt, Outcome.ANSWERED, None, now)
            announce(generation, attempt, reading, now)
        else:
            hitch(generation, attempt, reading if isinstance(reading, Trouble) else own(Next.ASK, Sent.UNKNOWN, UNREADABLE), now)
    checkpoint("the answer is written down")


def keep_raw(attempt: Attempt, answer: Answer | None, now: datetime) -> None:
    """A repetition without an answer leaves what is known of the first time."""
    if answer is None and attempt.outcome == Outcome.UNKNOWN:
        return
    raw = answer.body if answer and len(answer.body) <= SMALL else None
    changes = {"answered_at": now, "answer_status": answer.status if answer else None, "answer": raw}
    Attempt.objects.filter(pk=attempt.pk).update(**changes)


def accept(generation: Generation, attempt: Attempt, reading: Accepted, now: datetime) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(outcome=Outcome.ACCEPTED, task=reading.task)
    note(generation, attempt, Outcome.ACCEPTED, None, now)
    moved(generation.move(Status.WAITING, now + FIRST_LOOK, driver=None, tries=0, trouble=None))


def hitch(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> None:
    generation.refresh_from_db(fields=["stopped_at"])  # its author may have stopped waiting meanwhile
    if trouble.sent is Sent.YES:
        fail(generation, attempt, trouble)
    elif trouble.sent is Sent.UNKNOWN:
        doubt(generation, attempt, trouble, now)
    elif attempt.outcome == Outcome.UNKNOWN and (idempotent(attempt) or attempt.sent_at is None):
        # A repetition, or from a backup, when more may have been sent since: its answer proves nothing about the other time.
        doubt(generation, attempt, own(Next.ASK, Sent.UNKNOWN, STOPPED_SHORT, trouble.said), now)
    elif trouble.next is Next.WAIT:
        wait(generation, attempt, trouble, now)
    else:
        refuse(generation, attempt, trouble, now)


def refuse(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> None:
    """Surely not taken on, and the same again would be refused again."""
    mark(attempt, Outcome.NOT_SENT, Charge.NO, trouble)
    note(generation, attempt, Outcome.NOT_SENT, trouble, now)
    spares = failover.others(generation, attempt, trouble, now)
    released = money.release(generation, attempt)
    if open_attempts(generation).exists():
        due = generation.due_at if generation.status == Status.UNKNOWN else None
        moved(generation.move(Status.UNKNOWN, due, trouble=store(own(Next.ASK, Sent.UNKNOWN, EARLIER, trouble.said)), **released))
    elif not spares:
        end = Status.CANCELLED if generation.stopped_at and generation.status == Status.SENDING else Status.REFUSED
        moved(generation.move(end, trouble=store(trouble), **released))
    elif short := failover.go_on(generation, attempt, spares, now):
        moved(generation.move(Status.REFUSED, trouble=store(own(Next.RUN_AGAIN, Sent.NO, short.message), **short.values), **released))


def wait(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> None:
    """Surely not taken on, but later it may be: back into the queue, with an attempt of its own."""
    found = generation.status == Status.UNKNOWN  # in an answer that was read late
    if generation.stopped_at or (found and open_attempts(generation).exclude(pk=attempt.pk).exists()):
        refuse(generation, attempt, trouble, now)
    elif rules.member(generation.user, generation.team) is None:
        refuse(generation, attempt, own(Next.RUN_AGAIN, Sent.NO, LEFT, trouble.said), now)
    elif not gate.may_retry(generation, now, trouble):
        refuse(generation, attempt, own(Next.RUN_AGAIN, Sent.NO, GAVE_UP, trouble.said), now)
    else:
        mark(attempt, Outcome.NOT_SENT, Charge.NO, trouble)
        note(generation, attempt, Outcome.NOT_SENT, trouble, now)
        money.carry(generation, attempt, follow(attempt, attempt.account, attempt.wire_id))
        due = now + timedelta(seconds=gate.backoff(generation.tries, trouble.wait))
        moved(generation.move(Status.QUEUED, due, driver=None, tries=generation.tries + 1, trouble=store(trouble)))


def doubt(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> None:
    """It may have been taken on. Money stays held; only a provider that knows our key is asked by the studio itself."""
    mark(attempt, Outcome.UNKNOWN, Charge.UNKNOWN, trouble)
    note(generation, attempt, Outcome.UNKNOWN, trouble, now)
    tries = generation.tries if attempt.outcome == Outcome.UNKNOWN else 0  # checks count by themselves
    due = now + CHECK_AFTER * 3**tries if repeatable(attempt, now) and tries < CHECKS else None
    moved(generation.move(Status.UNKNOWN, due, tries=tries + 1, trouble=store(trouble)))


def repeatable(attempt: Attempt, now: datetime) -> bool:
    """Would the same call be the same request there? A key is forgotten some day."""
    return idempotent(attempt) and attempt.sent_at is not None and now - attempt.sent_at < KNOWN_FOR


def idempotent(attempt: Attempt) -> bool:
    return DIALECTS[attempt.account.dialect].IDEMPOTENT


def fail(generation: Generation, attempt: Attempt, trouble: Trouble) -> None:
    """Taken on, and it came to nothing. Where nobody says that it is free, the money stays held."""
    free = trouble.charged is False
    mark(attempt, Outcome.FAILED, Charge.NO if free else Charge.UNKNOWN, trouble)
    released = money.release(generation, attempt) if free else {}
    moved(generation.move(Status.FAILED, trouble=store(trouble), **released))


def note(generation: Generation, attempt: Attempt, outcome: Outcome, trouble: Trouble | None, now: datetime) -> None:
    gate.note(attempt.account, outcome, trouble, now, sent_at=attempt.sent_at, tries=generation.tries)


def mark(attempt: Attempt, outcome: Outcome, charge: Charge, trouble: Trouble) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(outcome=outcome, charge=charge, trouble=store(trouble))


def open_attempts(generation: Generation) -> QuerySet[Attempt]:
    """Paid calls of which nobody knows whether they were charged."""
    return generation.attempts.filter(outcome__in=OPEN, charge=Charge.UNKNOWN).order_by("number")
