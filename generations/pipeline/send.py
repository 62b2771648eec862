"""The paid call: built from rows, made by a thread, and its answer kept before anybody reads it."""

import logging
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from time import monotonic, sleep
from typing import Any, BinaryIO

from django.db import Error, transaction
from django.utils import timezone

from generations.catalogue import get_engine
from generations.catalogue.check import check
from generations.dialects import get_dialect
from generations.dialects.outcome import Next, Reading, Sent, Trouble
from generations.dialects.wire import Answer, Call, Picture
from generations.media import names, spool
from generations.media.store import store
from generations.models import Attempt, Generation, Outcome, Status
from generations.offers import Offer, decide
from generations.pipeline import answers, gate, inline
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.claim import DEADLINE
from generations.pipeline.fence import moved
from generations.pipeline.hand import Hand
from generations.pipeline.trouble import GONE, REFERENCE_GONE, STALE, UNREADABLE, UNWRITABLE, own
from generations.providers.client import Client
from generations.providers.preview import preview

FRESH = 10.0  # seconds: what was held up longer than this is not sent, for somebody may have taken us for dead
FULL, PAUSE = 600.0, 2.0  # so long the only copy of a picture waits for room on the disk
HELD_BACK = timedelta(seconds=20)  # while nothing may be sent

log = logging.getLogger("studio.pipeline")


@dataclass(frozen=True)
class Submission:
    key: str
    client: Client
    call: Call
    pictures: list[Picture] = field(repr=False)
    shown: dict[str, Any]  # of the call, to people
    wire_id: str
    born: float


@dataclass(frozen=True)
class Submitted:
    reading: Reading
    answer: Answer | None = None


# --- in the main thread ---


def send(hand: Hand, generation: Generation) -> None:
    """The row says “sending” already."""
    attempt, born = generation.attempts.latest("number"), monotonic()
    submission = prepare(hand, generation, attempt, born)
    if isinstance(submission, Trouble):
        answers.conclude(generation, attempt, submission)
        return
    with transaction.atomic():
        Attempt.objects.filter(pk=attempt.pk).update(sent=submission.shown, wire_id=submission.wire_id)
        moved(generation.write(due_at=timezone.now() + DEADLINE))  # it is still ours, and was a moment ago
    hand.crew.give(hand.crew.calls, generation, partial(submit, submission), partial(hear, generation, attempt))


def prepare(hand: Hand, generation: Generation, attempt: Attempt, born: float) -> Submission | Trouble:
    try:
        offer = plan(generation)
        if isinstance(offer, Trouble):
            return offer
        client, sources = hand.client(offer.account), list(pictures(generation))
        call = client.write(generation.asked(), offer.engine, sources, str(attempt.key))
        return Submission(str(attempt.key), client, call, sources, preview(call, offer.account.base), offer.engine.wire_id, born)
    except Error:
        raise  # the database's; the same is tried again
    except Exception:
        log.exception("The call for %s could not be written.", generation.pk)
        return own(Next.REPORT, Sent.NO, UNWRITABLE)


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


def hear(generation: Generation, attempt: Attempt, result: Submitted | Exception) -> None:
    if isinstance(result, Exception):
        log.error("Sending %s ended with an error of our own.", attempt, exc_info=result)
        result = Submitted(own(Next.ASK, Sent.UNKNOWN, UNREADABLE))
    answers.conclude(generation, attempt, result.reading, result.answer)


# --- in a thread ---


def submit(submission: Submission) -> Submitted:
    """Sent once: whatever happens here, nothing tries again."""
    if lacking := missing(submission.pictures):
        return Submitted(lacking)
    if monotonic() - submission.born > FRESH:
        return Submitted(own(Next.WAIT, Sent.NO, STALE))
    checkpoint("before the socket opens")
    answer = submission.client.send(submission.call)
    checkpoint("answered, nothing saved")
    if isinstance(answer, Trouble):
        return Submitted(answer)
    save(submission, answer)
    checkpoint("the raw answer is saved")
    return Submitted(read(submission.client.read, answer), answer)


def missing(sources: list[Picture]) -> Trouble | None:
    """A call that breaks off because a picture is gone would look as if the provider were."""
    try:
        for picture in sources:
            with picture.open() as file:
                if file.seek(0, 2) != picture.bytes:
                    return own(Next.EDIT_REFERENCE, Sent.NO, REFERENCE_GONE)
    except FileNotFoundError:
        return own(Next.EDIT_REFERENCE, Sent.NO, REFERENCE_GONE)
    except OSError:
        return own(Next.WAIT, Sent.NO, STALE)
    return None


def save(submission: Submission, answer: Answer) -> None:
    """Before anybody reads it. On a full disk a picture that is only in here waits for room; all else is told by the row as well."""
    until = monotonic() + FULL
    while not written(submission.key, answer) and monotonic() < until and precious(submission.client, answer):
        sleep(PAUSE)


def written(key: str, answer: Answer) -> bool:
    try:
        spool.write(key, answer)
    except OSError:
        log.exception("An answer could not be saved.")
        return False
    return True


def precious(client: Client, answer: Answer) -> bool:
    try:
        return len(answer.body) > answers.SMALL or inline.carries(client.read(answer))
    except Exception:
        return True


def read(reader: Callable[[Answer], Reading], answer: Answer) -> Reading:
    """A reader that stumbles must not cost what was paid for: the answer is saved, and can be read again."""
    try:
        return inline.light(reader(answer))
    except Exception:
        log.exception("An answer could not be read; it is kept in the spool.")
        return own(Next.ASK, Sent.UNKNOWN, UNREADABLE)


# --- what nobody knows the end of ---


def look_again(hand: Hand, generation: Generation) -> None:
    """What was saved is read; else the same attempt is sent once more, with the key by which its provider knows it: it is one request."""
    attempt, now = generation.attempts.latest("number"), timezone.now()
    if any(adopt(generation, one) for one in answers.open_attempts(generation).filter(answer_status=None)):
        return
    if attempt.outcome != Outcome.UNKNOWN or not answers.repeatable(attempt, now):
        generation.write(driver=None, due_at=None)
    elif repeat(generation):
        send(hand, generation)
    else:
        generation.write(driver=None, due_at=now + HELD_BACK)


def repeat(generation: Generation) -> bool:
    """If anything may go out now. While a gate tries whether all is well again, this is not the request to try it with."""
    if generation.status == Status.SENDING:  # the database took this already, but not what came after it
        return True
    now, account = timezone.now(), generation.account
    with transaction.atomic():
        if gate.reason(account, now) or not gate.admit(account, 1, now) or not copy(generation).move(Status.SENDING, now + DEADLINE):
            return False
    generation.status = Status.SENDING
    return True


def adopt(generation: Generation, attempt: Attempt) -> bool:
    found = saved(attempt)
    if found:
        answers.conclude(generation, attempt, found.reading, found.answer)
    return found is not None


def saved(attempt: Attempt) -> Submitted | None:
    """An answer that was saved by somebody who did not live to read it."""
    answer = spool.read(str(attempt.key))
    return Submitted(read(get_dialect(attempt.account.dialect).read_answer, answer), answer) if answer else None
