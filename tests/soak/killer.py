"""kill -9 of whatever runs: one process of the studio after another, by chance but always the same chance for the same seed."""

import random
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass

import psutil

from tests.supervisor.studio import POSTGRES, Studio, in_order, words

# Each has its turn, in an order that chance decides; the one that drives is where it hurts.
DECK = ("driver",) * 4 + ("web process",) * 2 + ("worker", "monitor", "pusher", "sentinel", "cluster", "web server", "supervisor")
SHY = 5.0  # seconds that a role is waited for: nobody drives while there is nothing to do
LEASE = 30
TRIES = 20
ASLEEP = LEASE + 4  # seconds; then it wakes and believes that no time has passed


@dataclass(frozen=True)
class Blow:
    role: str
    at: float
    how: str = "kill"


class Killer:
    def __init__(self, studio: Studio, seed: int, pause: float) -> None:
        self.studio, self.chance = studio, random.Random(seed)
        self.pauses = pause / 4, pause
        self.blows: list[Blow] = []
        self.deck: list[str] = []
        self.sleeper: tuple[float, psutil.Process] | None = None

    def work(self, seconds: float, naps: float = 120) -> None:
        """Naps: so many seconds lie between two drivers that are stopped for longer than their lease."""
        nap = time.monotonic()
        end = nap + seconds
        while time.monotonic() < end:
            if not self.sleeper and nap <= time.monotonic() < end - ASLEEP:
                nap += naps if self.put_to_sleep() else 0
            time.sleep(self.chance.uniform(*self.pauses))
            self.wake()
            self.strike()
        if self.sleeper:
            time.sleep(max(0, self.sleeper[0] - time.monotonic()))
        self.wake()

    def strike(self) -> None:
        role, found = self.draw()
        found = [one for one in found if not self.sleeper or one != self.sleeper[1]]
        if not found:
            return  # nothing of it stands up yet, or it sleeps and is to wake
        with suppress(psutil.NoSuchProcess):
            self.chance.choice(found).kill()
            self.note(role, "kill")
        if role == "supervisor":
            self.studio.process.wait()
            self.studio.begin()

    def draw(self) -> tuple[str, list[psutil.Process]]:
        """The next role, and who plays it now; another one if nobody does."""
        if not self.deck:
            self.deck = self.chance.sample(DECK, len(DECK))
        role = self.deck.pop()
        found = self.await_role(role)
        others = sorted(found.keys() - {"supervisor"})
        if role not in found and others:
            role = self.chance.choice(others)
        return role, found.get(role, [])

    def await_role(self, role: str, patience: float = SHY) -> dict[str, list[psutil.Process]]:
        last = time.monotonic() + patience
        while role not in (found := self.found()) and time.monotonic() < last:
            time.sleep(0.1)
        return found

    def put_to_sleep(self) -> bool:
        for _time in range(TRIES):
            for driver in self.await_role("driver").get("driver", [])[:1]:
                with suppress(psutil.NoSuchProcess):
                    driver.suspend()
                    if writable(self.studio):
                        self.sleeper = time.monotonic() + ASLEEP, driver
                        self.note("driver", "stop")
                        return True
                    driver.resume()
            time.sleep(0.1)
        return False

    def wake(self) -> None:
        if self.sleeper and time.monotonic() >= self.sleeper[0]:
            with suppress(psutil.NoSuchProcess):
                self.sleeper[1].resume()
                self.note("driver", "continue")
            self.sleeper = None

    def note(self, role: str, how: str) -> None:
        self.blows.append(Blow(role, time.time(), how))

    def found(self) -> dict[str, list[psutil.Process]]:
        """Who is there now, by what they are."""
        found: dict[str, list[psutil.Process]] = {"supervisor": [psutil.Process(self.studio.process.pid)]}
        with suppress(psutil.NoSuchProcess):
            for child in found["supervisor"][0].children():
                self.name(child, found)
        return {role: processes for role, processes in found.items() if processes}

    def name(self, child: psutil.Process, found: dict[str, list[psutil.Process]]) -> None:
        said = words(child)
        if "gunicorn" in said:
            found |= {"web server": [child], "web process": child.children()}
        if "qcluster" in said:
            sentinels = child.children()
            found |= {"cluster": [child], "sentinel": sentinels, **(crew(self.studio, sentinels[0]) if sentinels else {})}


def writable(studio: Studio) -> bool:
    """SQLite has one writer: stopped in the middle of a transaction, a driver would stop everybody. No machine sleeps like that."""
    if POSTGRES:
        return True
    try:
        with closing(sqlite3.connect(studio.folder / "studio.sqlite3", timeout=1)) as database:
            database.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def crew(studio: Studio, sentinel: psutil.Process) -> dict[str, list[psutil.Process]]:
    """q2 starts workers, monitor and pusher in this order. Who takes the place of one that died is called a worker."""
    below = in_order(sentinel)
    if len(below) == 4:
        studio.crews.setdefault(sentinel.pid, below)
    monitor, pusher = studio.crews.get(sentinel.pid, [None] * 4)[2:]
    drivers = set(studio.column("SELECT process FROM generations_driver"))
    rest = [process for process in below if process not in (monitor, pusher)]
    return {
        "monitor": [process for process in below if process == monitor],
        "pusher": [process for process in below if process == pusher],
        "driver": [process for process in rest if process.pid in drivers],
        "worker": [process for process in rest if process.pid not in drivers],
    }


def told(blows: list[Blow]) -> dict[str, int]:
    """How many of each."""
    names = [f"{blow.role}" if blow.how == "kill" else f"{blow.role}: {blow.how}" for blow in blows]
    return {name: names.count(name) for name in sorted(set(names))}
