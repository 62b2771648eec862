"""The paid call: built from rows, made by a thread, and its answer kept before anybody reads it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from generations.catalogue import get_engine
from generations.catalogue.check import check
from generations.dialects.outcome import Finished, Next, Reading, Sent, Trouble
from generations.dialects.wire import Answer, Call, Picture
from generations.media import names, spool
from generations.media.store import store
from generations.models import Attempt, Generation, Status
from generations.offers import Offer, decide
from generations.pipeline import answers, gate
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.claim import DEADLINE
from generations.pipeline.hand import Hand
from generations.pipeline.trouble import GONE, STALE, UNREADABLE, own
from generations.providers.client import Client
from generations.providers.preview import preview

PATIENCE = timedelta(seconds=15)
FRESH = 10.0  # seconds: what was held up longer than this is not sent, for somebody may have taken us for dead

log = logging.getLogger("studio.pipeline")


@dataclass(frozen=True)
class Submission:
    key: str
    client: Client
    call: Call
    born: float


@dataclass(frozen=True)
class Submitted:
    reading: Reading
    answer: Answer | None = None


def send(hand: Hand, generation: Generation) -> None:
    """In the main thread: the row says “sending” already."""
    attempt = generation.attempts.latest("number")
    offer = plan(generation)
    if isinstance(offer, Trouble):
        answers.conclude(generation, attempt, offer)
        return
    client = hand.client(offer.account)
    call = client.write(generation.asked(), offer.engine, list(pictures(generation)), str(attempt.key))
    Attempt.objects.filter(pk=attempt.pk).update(sent=preview(call, offer.account.base), wire_id=offer.engine.wire_id)
    submission = Submission(str(attempt.key), client, call, monotonic())
    hand.crew.give(hand.crew.calls, partial(submit, submission), partial(hear, generation, attempt))


def resend(hand: Hand, generation: Generation) -> None:
    """The same attempt once more, with the key by which its provider knows it: it is still one request."""
    now = timezone.now()
    with transaction.atomic():
        admitted = gate.admit(generation.account, 1, now) > 0
        if not admitted:
            generation.write(driver=None, due_at=now + PATIENCE)
        elif not generation.move(Status.SENDING, now + DEADLINE):
            return
    if admitted:
        send(hand, generation)


def plan(generation: Generation) -> Offer | Trouble:
    """Checked once more: the catalogue, or the administrator's mind, may have changed since."""
    engine = get_engine(generation.engine)
    offer = decide(engine, generation.account) if engine else None
    if offer is None:
        return own(Next.REPLACE_ENGINE, Sent.NO, GONE)
    problems = check(generation.asked(), offer.engine)
    return own(Next.EDIT_REQUEST, Sent.NO, str(problems[0])) if problems else offer


def pictures(generation: Generation) -> Iterator[Picture]:
    for reference in generation.references.select_related("upload"):
        upload = reference.upload
        name = names.reference(upload.sha256, upload.format)
        yield Picture(upload.sha256, upload.format, upload.bytes, partial(opened, name))


def opened(name: names.Name) -> BinaryIO:
    return store().open(name)


def submit(submission: Submission) -> Submitted:
    """In a thread. Sent once: whatever happens here, nothing tries again."""
    if monotonic() - submission.born > FRESH:
        return Submitted(own(Next.WAIT, Sent.NO, STALE))
    checkpoint("before the socket opens")
    answer = submission.client.send(submission.call)
    checkpoint("answered, nothing saved")
    if isinstance(answer, Trouble):
        return Submitted(answer)
    spool.write(submission.key, answer)
    checkpoint("the raw answer is saved")
    return Submitted(read(submission.client, answer), answer)


def read(client: Client, answer: Answer) -> Reading:
    """A reader that stumbles must not cost what was paid for: the answer is saved, and can be read again."""
    try:
        return light(client.read(answer))
    except Exception:
        log.exception("An answer could not be read; it is kept in the spool.")
        return own(Next.ASK, Sent.UNKNOWN, UNREADABLE)


def light(reading: Reading) -> Reading:
    """Without the pictures themselves: they are taken from the spool, one answer at a time."""
    if isinstance(reading, Finished):
        return replace(reading, items=tuple(replace(item, content=b"") for item in reading.items))
    return reading


def hear(generation: Generation, attempt: Attempt, result: Submitted | Exception) -> None:
    """In the main thread again."""
    if isinstance(result, Exception):
        log.error("Sending %s ended with an error of our own.", attempt, exc_info=result)
        result = Submitted(own(Next.ASK, Sent.UNKNOWN, UNREADABLE))
    answers.conclude(generation, attempt, result.reading, result.answer)


def adopt(generation: Generation, attempt: Attempt, client: Client) -> bool:
    """An answer that was saved by somebody who did not live to read it."""
    answer = spool.read(str(attempt.key))
    if answer is None:
        return False
    answers.conclude(generation, attempt, read(client, answer), answer)
    return True
