"""What nobody is at work on any more: after a crash, a lost bell, a worker that slept too long."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from generations import jobs
from generations.dialects.outcome import Accepted, Finished, Next, Sent
from generations.media import spool
from generations.models import Attempt, Charge, Driver, Generation, Outcome, ProviderAccount, Status
from generations.pipeline import answers, choices, failover, send
from generations.pipeline.apart import apart
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import Fenced, moved
from generations.pipeline.trouble import STOPPED_SHORT, own

FORGET = timedelta(hours=1)  # drivers that died
BATCH = 200

log = logging.getLogger("studio.pipeline")

T = TypeVar("T", Attempt, Generation)


def sweep() -> None:
    now = timezone.now()
    for generation in orphans():
        look_after(rescue, generation)
    for attempt in unread():
        look_after(late, attempt)
    for generation in held_up(now):
        look_after(partial(failover.pass_on, now=now), generation)
    Driver.objects.filter(lease_until__lt=now - FORGET).delete()
    if Generation.objects.filter(due_at__lte=now + timedelta(seconds=20)).filter(untaken()).exists():
        jobs.ring("drive")


def look_after(care: Callable[[T], None], one: T) -> None:
    """Whatever is wrong with one of them, it is not in the way of the others."""
    try:
        care(one)
    except Fenced:
        log.warning("Somebody else was first to look after %s.", one)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s could not be looked after.", one)


def untaken() -> Q:
    return Q(driver=None) | ~Q(driver__in=Driver.objects.alive().values("pk"))


def orphans() -> list[Generation]:
    """Found in the middle of sending, and whoever sent them is gone."""
    return list(Generation.objects.filter(untaken(), status=Status.SENDING).select_related("account")[:BATCH])


def rescue(generation: Generation) -> None:
    """Read what was saved. Where nothing was, nobody can know whether it was accepted: it is never sent again by itself."""
    attempt = generation.attempts.latest("number")
    found = send.saved(attempt) or send.Submitted(own(Next.ASK, Sent.UNKNOWN, STOPPED_SHORT))
    with transaction.atomic():
        if generation.write(fence=generation.fence + 1, driver=None):
            checkpoint("an orphan is taken")
            answers.conclude(generation, attempt, found.reading, found.answer)


def unread() -> list[Attempt]:
    """Nobody knows their end, and no answer was seen. There may be one: saved by somebody who was taken for dead meanwhile."""
    waiting = Attempt.objects.filter(outcome=Outcome.UNKNOWN, answer_status=None, charge=Charge.UNKNOWN)
    followed = Exists(Attempt.objects.filter(generation=OuterRef("generation"), number__gt=OuterRef("number")))
    found = waiting.filter(Q(generation__status=Status.UNKNOWN) | followed).select_related("generation__account", "account")
    return [attempt for attempt in found if spool.place(str(attempt.key)).exists()]


def late(attempt: Attempt) -> None:
    """What is in line a second time need not be sent. What was sent a second time is another request."""
    generation, found = attempt.generation, send.saved(attempt)
    taken_on = found is not None and isinstance(found.reading, Accepted | Finished)
    if found is None or (generation.status == Status.QUEUED and not taken_on):
        return
    with transaction.atomic():
        if generation.status == Status.QUEUED:
            moved(choices.cancel(generation))
        elif generation.status != Status.UNKNOWN:
            generation = apart(attempt)
        answers.conclude(generation, attempt, found.reading, found.answer)


def held_up(now: datetime) -> list[Generation]:
    """In line where nothing may be sent, though others could. By chance, so that those which must wait on are in nobody's way."""
    shut = {account.pk for account in ProviderAccount.objects.select_related("gate") if failover.held_up(account, now)}
    rows = Generation.objects.filter(status=Status.QUEUED, due_at__lte=now, account__in=shut).exclude(spares=[])
    found = rows.select_related("account__gate", "user", "team").order_by("?")[:BATCH]
    return [one for one in found if any(spare["account"] not in shut for spare in one.spares)]
