"""Pulls the plug at every checkpoint: a program, for only a process can die.

    python -m tests.pipeline.crashes PORT

For each line that it reads, [DIALECT, STRIDE, FOLDER], it forks a studio for each case and lets it die at checkpoint N for N = 1, 2, …
until one lives to its end. What the dead left is recovered right here, by a process that has nothing of them in memory; and before that
by another one that dies as well, at every STRIDE-th place that the recovery passed, other ones for each N (0: none). Then it prints
what the rows and the provider's ledger say of all these cases.
"""

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.pipeline.outside"
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from generations import jobs  # noqa: E402
from generations.media import derive  # noqa: E402
from generations.models import Attempt, Gate, Generation, Team, User  # noqa: E402
from generations.pipeline import checkpoint, drive  # noqa: E402
from generations.pipeline.start import Order, start  # noqa: E402
from tests.pipeline.studio import hurry, offer_of, order, paid, work  # noqa: E402

FAILOVER, HANDING_OVER = "failover", range(6, 15)  # instead of a dialect; from the saved refusal until somebody else has taken it on
WORKING, CRASHED, FAILED = 0, checkpoint.CRASH, 3
MORE = 1_000_000  # checkpoints than anybody passes
AT_ONCE, TASK = "a harbour at night [drill:takes=1]", "a harbour at night [drill:takes=1,odd-word=1]"  # which has to be asked about twice
IMAGES = {"ark": 3}  # so that one is the last, and one is neither first nor last; elsewhere there is one


def live(key: UUID, dialect: str, dies_at: int) -> int:
    """One life of a studio: the click, or its repetition by a person who saw no answer, and a driver."""
    connections.close_all()
    child = os.fork()
    if not child:
        signal.alarm(120)
        gc.disable()  # what is in memory now is to be read, never tidied up
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        checkpoint.left = dies_at
        os._exit(attempt(lambda: run(key, dialect)))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def attempt(work: Callable[[], None]) -> int:
    try:
        work()
    except BaseException:
        traceback.print_exc()
        return FAILED
    return WORKING


def run(key: UUID, dialect: str) -> None:
    user, team = User.objects.earliest("pk"), Team.objects.earliest("pk")
    start(refused_first(user, team, key) if dialect == FAILOVER else usual(user, team, dialect, key))
    work()


def usual(user: User, team: Team, dialect: str, key: UUID) -> Order:
    prompt = TASK if dialect in ("tensorslab", "apimart") else AT_ONCE
    return order(user, team, dialect, prompt, key=key, images=IMAGES.get(dialect, 1))


def refused_first(user: User, team: Team, key: UUID) -> Order:
    """Somebody who does not know our key, and somebody else who does."""
    last, asked = offer_of("ark/seedream-4.0"), order(user, team, "gateway", engine="gateway/seedream-4.0", key=key)
    shut = asked.offer.account
    shut.keep_key("sandbox-bad-key")
    shut.save()
    elsewhere = {"engine": last.engine.id, "account": last.account.pk, "price": 35_000}
    return replace(asked, spares=({**elsewhere, "request": asked.request.with_(engine=last.engine.id).store()},))


def case(dialect: str, port: int, *deaths: int) -> dict[str, Any]:
    """How the lives ended, at how many places whoever recovered could have died, and what is left."""
    Gate.objects.all().delete()  # what went wrong in the case before would close it
    key = uuid4()
    ends = [live(key, dialect, dies_at) for dies_at in deaths]
    places = recover(key, dialect) if ends[-1] == CRASHED else 0
    return {"deaths": deaths, "ends": ends, "places": places, **state(key), "paid": newly_paid(port)}


def recover(key: UUID, dialect: str) -> int:
    checkpoint.left = MORE
    run(key, dialect)
    passed, checkpoint.left = MORE - checkpoint.left, 0
    return passed


def newly_paid(port: int) -> int:
    global known
    before, known = known, paid(port)
    return known - before


def state(key: UUID) -> dict[str, Any]:
    generations = list(Generation.objects.filter(request_key=key))
    newest = Attempt.objects.filter(generation__in=generations).order_by("-number").first()
    return {
        "rows": len(generations),
        "asked": sum(generation.images_asked for generation in generations),
        "status": [str(generation.status) for generation in generations],
        "held": sum(generation.held for generation in generations),
        "charged": sum(generation.charged for generation in generations),
        "sent": str(newest.outcome) if newest else "",
        "pictures": sum(generation.images.filter(status="stored").count() for generation in generations),
    }


def all_cases(dialect: str, port: int, stride: int) -> Iterator[dict[str, Any]]:
    for first in HANDING_OVER if dialect == FAILOVER else count(1):
        once = case(dialect, port, first)
        yield once
        if once["ends"] != [CRASHED]:
            return
        for second in range(1 + first % stride, once["places"] + 1, stride) if stride else ():
            yield case(dialect, port, first, second)


def only_what_matters() -> None:
    """Neither pictures nor power cuts nor the queue: it is a process that dies, and each driver that begins looks for what it left.

    A driver ends with the last thing there is to do.
    """
    derive.SIDES, derive.LARGEST, drive.SWEEP = (320,), 320, 60.0
    jobs.call = lambda *_any, **_more: None
    drive.Shift.over = at_rest
    os.fsync = lambda _file: None
    if connection.vendor == "sqlite":
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


def at_rest(shift: drive.Shift) -> bool:
    return not shift.hand.crew.busy and not shift.unwritten and not Generation.objects.filter(due_at__isnull=False).exists()


def answer(port: int, dialect: str, stride: int, folder: str) -> list[dict[str, Any]]:
    global known
    signal.alarm(900)  # nobody waits for ever
    settings.DATA = Path(folder)
    settings.STORAGE = settings.DATA / "media"
    known = paid(port)
    try:
        return list(all_cases(dialect, port, stride))
    finally:
        connections.close_all()
        signal.alarm(0)


if __name__ == "__main__":
    settings.SANDBOX_PORT = port = int(sys.argv[1])
    hurry()
    only_what_matters()
    for line in sys.stdin:
        print(json.dumps(answer(port, *json.loads(line))), flush=True)  # noqa: T201  # the test reads it
