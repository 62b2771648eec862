"""kill -9 of the worker that drives: what it had in hand moves on by itself, and nothing is sent twice."""

import os
import signal
import time
from collections import Counter
from uuid import uuid4

import pytest

from tests.soak.people import Person
from tests.soak.provider import Provider
from tests.soak.wishes import Wish
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack
WITHIN = 60  # seconds


def test_everything_that_a_killed_driver_had_in_hand_moves_on(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    calls = [Wish(dialect, f"{word} {dialect} {shop.takes(600)}") for dialect in ("gateway", "ark", "anyfast")]
    tasks = [Wish(dialect, f"{word} {dialect} {shop.takes(12)}") for dialect in ("tensorslab", "apimart")]
    fetches = [Wish(dialect, f"{word} {dialect} {shop.takes(1)} [drill:load-silence=1]") for dialect in ("tensorslab", "gateway")]
    designer.order(*calls, *fetches, *tasks)
    wait(lambda: states(workshop, word) == {"collecting": 2, "sending": 3, "waiting": 2}, 60, workshop)
    time.sleep(1)  # until the provider is asked for the pictures too
    for process in drivers(workshop, word):
        os.kill(process, signal.SIGKILL)
    assert until(workshop, word, {"unknown": 3, "done": 4}) < WITHIN
    assert shop.paid - before == len(calls + tasks + fetches)
    held = f"SELECT count(*) FROM generations_generation WHERE prompt LIKE '%{word}%' AND status = 'unknown' AND held > 0"  # noqa: S608
    assert workshop.query(held) == len(calls)


def test_a_driver_that_slept_through_its_lease_does_no_harm(workshop: Studio, designer: Person, shop: Provider) -> None:
    before, word = shop.paid, uuid4().hex
    designer.order(Wish("gateway", f"{word} {shop.takes(8)}"))
    wait(lambda: states(workshop, word) == {"sending": 1} and shop.paid > before, 60, workshop)
    [sleeper] = drivers(workshop, word)
    sleep(workshop, sleeper)
    until(workshop, word, {"unknown": 1})
    os.kill(sleeper, signal.SIGCONT)
    # it wakes up to an answer that is not its own to write down any more: the sweeper finds it in the spool
    until(workshop, word, {"done": 1})
    assert shop.paid - before == 1


def states(studio: Studio, word: str) -> Counter[str]:
    return Counter(studio.column(f"SELECT status FROM generations_generation WHERE prompt LIKE '%{word}%'"))  # noqa: S608


def drivers(studio: Studio, word: str) -> set[int]:
    """The processes that have these in hand: on a slow machine more than one."""
    rows = "generations_generation AS mine JOIN generations_driver AS theirs ON mine.driver = theirs.id"
    return set(studio.column(f"SELECT theirs.process FROM {rows} WHERE prompt LIKE '%{word}%'"))  # noqa: S608


def age(studio: Studio, patience: int = 20) -> None:
    """As if half a minute had passed: whoever has not renewed its lease since is taken for dead."""
    studio.query("UPDATE generations_driver SET lease_until = '2026-01-01 00:00:00+00:00'", patience)


def sleep(studio: Studio, process: int) -> None:
    """So long that it is taken for dead; not in the middle of a write, which would hold up everybody."""
    while True:
        os.kill(process, signal.SIGSTOP)
        try:
            age(studio, patience=1)
            return
        except Exception as problem:
            if "lock" not in str(problem):
                raise
            os.kill(process, signal.SIGCONT)


def until(studio: Studio, word: str, wanted: dict[str, int]) -> float:
    """The seconds that took."""
    began = time.monotonic()
    while (found := states(studio, word)) != wanted:
        assert time.monotonic() - began < 3 * WITHIN, found
        time.sleep(0.2)
    return time.monotonic() - began
