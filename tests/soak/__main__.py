"""The kill loop: a real studio, two people who click, and somebody who kills its processes.

    python -m tests.soak [--minutes 30] [--seed 1] [--speed 5] [--pause 8] [--rest 1.6]

Prints one JSON object: kills, requests, how they ended, the longest recovery, and under `faults` whatever broke a promise. If
anything did, it ends with 1.
"""

import json
import random
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from tests.soak.killer import Blow, Killer, told
from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider, provider
from tests.soak.wishes import LONGEST, wishes
from tests.supervisor.studio import Studio, a_database

RECOVERY = 60.0  # seconds after the last kill, and what the provider itself needs
PATIENCE = 200.0  # how late it was is worth knowing too
AT_ONCE = "8"  # requests at each account
GOING = "status IN ('queued', 'sending', 'waiting', 'collecting') OR (status = 'unknown' AND due_at IS NOT NULL)"
Report = dict[str, Any]


def soak(minutes: float, seed: int, speed: float, pause: float, rest: float) -> Report:
    with TemporaryDirectory() as away, TemporaryDirectory() as home, a_database() as database, provider(away, speed) as shop:
        studio = Studio(Path(home), database, STUDIO_LOG="ERROR")
        studio.fill()
        studio.inside("tests.soak.founding", shop.port, AT_ONCE)
        try:
            return run(studio, shop, minutes * 60, Killer(studio, seed, pause), rest)
        finally:
            studio.end()


def run(studio: Studio, shop: Provider, seconds: float, killer: Killer, rest: float) -> Report:
    studio.up()
    people = live(studio, seconds, killer, rest)
    settled, limit = settle(studio), RECOVERY + LONGEST / shop.speed
    stopped = stop(studio)
    found = {**summed(people, killer), "settled": settled, **stopped, **checked(studio, people, killer, shop)}
    broken = {
        f"It took more than {limit:.0f} s until everything had ended.": settled > limit,
        "It did not stop cleanly.": found["code"] != 0,
        "It left processes behind.": found["left"],
        "Somebody saw a page that nobody should see.": found["refusals"],
        "fsck is not content.": found["fsck"],
    }
    faults = found.pop("faults") + [sentence for sentence, so in broken.items() if so]
    return {**found, "log": studio.lines[-60:] if faults else [], "faults": faults}


def live(studio: Studio, seconds: float, killer: Killer, rest: float) -> list[Person]:
    people = [Person(studio.address, email) for email in PEOPLE]
    over = threading.Event()
    with ThreadPoolExecutor() as threads:
        busy = [threads.submit(keep_busy, person, over, rest) for person in people]
        try:
            killer.await_role("driver", PATIENCE)  # nobody is killed before there is something to lose
            killer.work(seconds)
        finally:
            over.set()
    for one in busy:
        one.result()
    return people


def keep_busy(person: Person, over: threading.Event, rest: float) -> None:
    chance = random.Random(person.email)
    with person:
        for wish in wishes(person.email.partition("@")[0]):
            person.ask(wish, lambda: not over.is_set())
            if over.wait(chance.uniform(rest / 3, rest)):
                return


def settle(studio: Studio) -> float:
    """Seconds from the last kill until everything has ended."""
    began = time.monotonic()
    while studio.query(f"SELECT count(*) FROM generations_generation WHERE {GOING}") and time.monotonic() - began < PATIENCE:  # noqa: S608
        time.sleep(0.5)
    return round(time.monotonic() - began, 1)


def stop(studio: Studio) -> Report:
    began = time.monotonic()
    code = studio.stop()
    took = round(time.monotonic() - began, 1)
    return {"stopped": took, "code": code, "left": [" ".join(process.cmdline()) for process in left(studio)]}


def left(studio: Studio) -> Iterator[psutil.Process]:
    """Also what a supervisor left behind that was killed: every process that works on this folder."""
    for process in psutil.process_iter():
        try:
            if process.environ().get("STUDIO_DATA") == str(studio.folder):
                yield process
        except psutil.Error:
            continue


def summed(people: list[Person], killer: Killer) -> Report:
    clicks = [click for person in people for click in person.clicks]
    return {
        "kills": sum(blow.how == "kill" for blow in killer.blows),
        "blows": told(killer.blows),
        "requests": len(clicks),
        "arrived": sum(click.arrived for click in clicks),
        "repeated": sum(click.times > 1 for click in clicks),
        "refusals": [said for person in people for said in person.refusals],
    }


def checked(studio: Studio, people: list[Person], killer: Killer, shop: Provider) -> Report:
    clicks = [asdict(click) for person in people for click in person.clicks]
    found: Report = json.loads(studio.inside("tests.soak.books", told=json.dumps({"clicks": clicks, "ledger": shop.ledger})))
    fsck = studio.command("fsck", "--json")
    ended = found.pop("ended")
    return {**found, "recovery": recovery(killer.blows, ended), "fsck": "" if fsck.returncode == 0 else fsck.stdout + fsck.stderr}


def recovery(blows: list[Blow], ended: list[float]) -> float:
    """The longest time from a kill until the next request ended."""
    return round(max((min((end - blow.at for end in ended if end > blow.at), default=0.0) for blow in blows), default=0.0), 1)


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=5)
    parser.add_argument("--pause", type=float, default=8, help="seconds between two blows, at most")
    parser.add_argument("--rest", type=float, default=1.6, help="seconds of a person between two requests, at most")
    found = soak(**vars(parser.parse_args()))
    print(json.dumps(found, indent=2, ensure_ascii=False))  # noqa: T201
    sys.exit(bool(found["faults"]))
