"""The kill loop: a real studio, two people who click, and somebody who kills its processes.

    python -m tests.soak [--minutes 30] [--seed 1] [--speed 8]

Prints one JSON object: kills, requests, how they ended, the longest recovery, and what is wrong, if anything is. Then it ends with 1.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.soak.killer import Blow, Killer, told
from tests.soak.people import PEOPLE, Person
from tests.soak.wishes import wishes
from tests.supervisor.studio import ROOT, Studio, a_database

RECOVERY = 60.0  # seconds after the last kill, and what the provider itself needs
AT_ONCE = "8"
SLOWEST = 60.0  # seconds that the provider takes at speed 1
PAUSES = 0.6, 1.6  # of a person, between two requests
RUNNING = "status IN ('queued', 'sending', 'waiting', 'collecting') OR (status = 'unknown' AND due_at IS NOT NULL)"


def soak(minutes: float, seed: int, speed: float) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="seedbed-soak-") as folder, a_database() as database, sandbox(folder, speed) as port:
        studio = Studio(Path(folder), database, STUDIO_LOG="ERROR")
        inside(studio, "tests.soak.founding", port, AT_ONCE)
        studio.up()
        try:
            people, killer = lived(studio, minutes, seed)
            settled = settle(studio, RECOVERY + SLOWEST / speed)
            family = studio.tree()
            began = time.monotonic()
            code = studio.stop()
            stopped = time.monotonic() - began
            survivors = [str(process) for process in psutil.wait_procs(family, 2)[1]]
        finally:
            studio.end()
        ledger = httpx.get(f"http://127.0.0.1:{port}/ledger", trust_env=False).json()
        return report(studio, people, killer, ledger) | {"settled": settled, "stopped": round(stopped, 1), "code": code, "survivors": survivors}


@contextmanager
def sandbox(folder: str, speed: float) -> Iterator[str]:
    """Apart from the studio, so that its ledger outlives whatever happens there."""
    command = [sys.executable, "manage.py", "sandbox", "--port", "0", "--speed", str(speed)]
    environment = {**os.environ, "STUDIO_DATA": folder, "STUDIO_DOTENV": os.devnull}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().rsplit(":", 1)[1].strip()
        finally:
            process.terminate()


def inside(studio: Studio, module: str, *words: str, told: str = "") -> str:
    """A program of ours that sees the studio's own settings."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=ROOT, env=studio.environment, input=told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lived(studio: Studio, minutes: float, seed: int) -> tuple[list[Person], Killer]:
    people = [Person(f"http://127.0.0.1:{studio.port}", email).sign_in() for email in PEOPLE]
    killer, over = Killer(studio, seed), threading.Event()
    threads = [threading.Thread(target=busy, args=(person, over)) for person in people]
    for thread in threads:
        thread.start()
    try:
        killer.work(minutes * 60)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    return people, killer


def busy(person: Person, over: threading.Event) -> None:
    chance = __import__("random").Random(person.email)
    for wish in wishes(person.email.partition("@")[0]):
        person.ask(wish, lambda: not over.is_set())
        if over.wait(chance.uniform(*PAUSES)):
            return


def settle(studio: Studio, limit: float) -> float:
    """Seconds from the last kill until everything has ended; the limit and more if it has not."""
    began = time.monotonic()
    while studio.query(f"SELECT count(*) FROM generations_generation WHERE {RUNNING}") and time.monotonic() - began < limit:  # noqa: S608
        time.sleep(0.5)
    return round(time.monotonic() - began, 1)


def report(studio: Studio, people: list[Person], killer: Killer, ledger: list[dict[str, Any]]) -> dict[str, Any]:
    clicks = [click for person in people for click in person.clicks]
    asked = {"clicks": [asdict(click) for click in clicks], "ledger": ledger}
    found = json.loads(inside(studio, "tests.soak.books", told=json.dumps(asked)))
    checked = studio.command("fsck", "--json")
    ended = found.pop("ended")
    return {
        "kills": len([blow for blow in killer.blows if blow.how == "kill"]),
        "blows": told(killer.blows),
        "requests": len(clicks),
        "arrived": sum(click.arrived for click in clicks),
        "repeated": sum(click.times > 1 for click in clicks),
        "refusals": [said for person in people for said in person.refusals],
        "recovery": recovery(killer.blows, ended),
        **found,
        "fsck": [checked.returncode, checked.stdout.strip()[:2000], checked.stderr.strip()[:2000]],
        "log": [line.rstrip() for line in studio.lines if "Traceback" in line or "Error" in line][:40],
    }


def recovery(blows: list[Blow], ended: list[float]) -> float:
    """The longest time from a kill until the next request ended, while there were requests."""
    after = [min((end - blow.at for end in ended if end > blow.at), default=0.0) for blow in blows]
    return round(max(after, default=0.0), 1)


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speed", type=float, default=8)
    found = soak(**vars(parser.parse_args()))
    print(json.dumps(found, indent=2, ensure_ascii=False))
