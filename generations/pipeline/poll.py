"""Asking how a task is. It costs nothing, so it may be repeated as long as its pictures can be fetched."""

import logging
from copy import copy
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from generations.dialects.outcome import Finished, Next, Reading, Sent, Trouble
from generations.models import Attempt, Generation, Outcome
from generations.pipeline import answers, inline
from generations.pipeline.announce import announce
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import moved
from generations.pipeline.hand import Hand
from generations.pipeline.trouble import NEVER_DONE, own
from generations.providers.client import Client

# How old a task is, and how long to wait until the next question.
PAUSES = ((120, 2.0), (600, 5.0), (1800, 30.0))
SLOW = 600.0
LIFE = timedelta(hours=72)  # then no provider knows the task any more
EMPTY = 3  # times that a task may be finished without a picture before we believe it

log = logging.getLogger("studio.pipeline")


def ask(hand: Hand, generation: Generation) -> None:
    attempt = generation.attempts.filter(outcome=Outcome.ACCEPTED).latest("number")
    client = hand.client(generation.account)
    asking = partial(question, client, str(attempt.key), attempt.task)
    hand.crew.give(hand.crew.questions, generation, asking, partial(hear, generation, attempt))


def question(client: Client, key: str, task: str) -> Reading:
    """In a thread."""
    answer = client.ask(task)
    checkpoint("the task was asked about")
    reading = answer if isinstance(answer, Trouble) else client.read_status(answer, task)
    if isinstance(reading, Finished):
        inline.hold(key, reading)
    return inline.light(reading)


def hear(generation: Generation, attempt: Attempt, result: Reading | Exception) -> None:
    now, generation = timezone.now(), copy(generation)
    if isinstance(result, Exception):
        log.error("Asking about %s ended with an error of our own.", attempt, exc_info=result)
    with transaction.atomic():
        if isinstance(result, Finished):
            announce(generation, attempt, result, now)
        elif isinstance(result, Trouble) and result.next is not Next.WAIT:
            end(generation, attempt, result, now)
        else:
            later(generation, attempt, now, result.wait if isinstance(result, Trouble) else None)
    checkpoint("news of the task are written down")


def end(generation: Generation, attempt: Attempt, trouble: Trouble, now: datetime) -> None:
    if trouble.next is Next.REPORT and attempt.empty < EMPTY:
        Attempt.objects.filter(pk=attempt.pk).update(empty=F("empty") + 1)
        later(generation, attempt, now, 5.0)
    else:
        answers.fail(generation, attempt, trouble)


def later(generation: Generation, attempt: Attempt, now: datetime, told: float | None) -> None:
    age = now - (attempt.answered_at or now)
    if age > LIFE:
        answers.doubt(generation, attempt, own(Next.ASK, Sent.UNKNOWN, NEVER_DONE), now)
    else:
        moved(generation.write(driver=None, due_at=now + timedelta(seconds=pause(age.total_seconds(), told))))


def pause(age: float, told: float | None) -> float:
    if told is not None:
        return min(max(told, 1.0), SLOW)
    return next((seconds for limit, seconds in PAUSES if age < limit), SLOW)
