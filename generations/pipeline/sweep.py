"""What nobody is at work on any more: after a crash, a lost bell, a worker that slept too long."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from generations import jobs
from generations.connecting import client_of
from generations.dialects.outcome import Next, Sent
from generations.media import spool
from generations.models import Attempt, Charge, Driver, Generation, Outcome, Status
from generations.pipeline import answers, send
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import Fenced
from generations.pipeline.trouble import STOPPED_SHORT, own

FORGET = timedelta(hours=1)  # drivers that died
BATCH = 200

log = logging.getLogger("studio.pipeline")


def sweep() -> None:
    now = timezone.now()
    for generation in orphans():
        rescue(generation)
    for key in spool.keys():  # noqa: SIM118  # it is no dictionary
        late(key)
    Driver.objects.filter(lease_until__lt=now - FORGET).delete()
    if Generation.objects.filter(due_at__lte=now + timedelta(seconds=20)).filter(untaken()).exists():
        jobs.ring("drive")


def untaken() -> Q:
    return Q(driver=None) | ~Q(driver__in=Driver.objects.alive().values("pk"))


def orphans() -> list[Generation]:
    """Found in the middle of sending, and whoever sent them is gone."""
    return list(Generation.objects.filter(untaken(), status=Status.SENDING).select_related("account")[:BATCH])


def rescue(generation: Generation) -> None:
    """Read what was saved. Where nothing was, nobody can know whether it was accepted: it is never sent again by itself."""
    attempt = generation.attempts.latest("number")
    try:
        with transaction.atomic():
            if not generation.write(fence=generation.fence + 1, driver=None):
                return
            checkpoint("an orphan is taken")
            if not adopted(generation, attempt):
                answers.conclude(generation, attempt, own(Next.ASK, Sent.UNKNOWN, STOPPED_SHORT))
    except Fenced:
        log.warning("%s was taken over while it was rescued.", generation.pk)


def late(key: str) -> None:
    """An answer in the spool that its generation does not know: it was saved by somebody who was taken for dead meanwhile."""
    unread = Attempt.objects.filter(key=key, outcome=Outcome.UNKNOWN, answer_status=None, charge=Charge.UNKNOWN)
    attempt = unread.select_related("generation__account", "account").first()
    if attempt is None or attempt.generation.status != Status.UNKNOWN:
        return
    try:
        adopted(attempt.generation, attempt)
    except Fenced:
        log.warning("%s was decided while its answer was found.", attempt.generation_id)


def adopted(generation: Generation, attempt: Attempt) -> bool:
    client = client_of(attempt.account)
    with client.way:
        return send.adopt(generation, attempt, client)
