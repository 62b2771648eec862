"""A driver that moves only when the test tells it to: its threads' work waits in a list, so that a test decides what comes first."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db.models import F
from django.utils import timezone

from generations.models import Attempt, Driver, Gate, Generation, Image
from generations.pipeline import claim, sweep
from generations.pipeline.crew import Crew, Lane, Task
from generations.pipeline.drive import AWAY, Shift

TIMES: dict[Any, tuple[str, ...]] = {
    Generation: ("due_at", "sent_at", "finished_at", "stopped_at", "created_at"),
    Attempt: ("sent_at", "answered_at", "expires_at", "planned_at"),
    Gate: ("wait_until", "closed_until", "counted_from"),
    Driver: ("lease_until", "started_at"),
    Image: ("stored_at",),
}


class Patient(Crew):
    """Nothing is done until `work` is called, in the thread that calls it."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[tuple[Lane, Generation, Callable[[], Any], Callable[[Any], None]]] = []

    def give(self, lane: Lane, generation: Generation, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        lane.busy += 1
        self.given.append((lane, generation, work, then))

    def work(self, place: int = 0) -> None:
        self.run(*self.given.pop(place))

    def next(self, patience: float) -> Task | None:
        return super().next(0.001)


class Steps(Shift):
    """One driver, step by step."""

    def __init__(self, host: str = "node/1/") -> None:
        super().__init__(host)
        self.ear.close()  # it looks when it is told to, and threads that nobody ends would add up
        self.hand.crew = self.crew = Patient()

    def look(self) -> None:
        """For what may be sent, asked or fetched."""
        with suppress(*AWAY):  # as a turn does
            if claim.waits(timezone.now()):
                self.take()
            self.write_late()

    def work(self, place: int = 0) -> None:
        """What a thread would do."""
        self.crew.work(place)

    def hear(self) -> None:
        """What came of it is written down."""
        if task := self.crew.next(0):
            self.write(monotonic(), task)

    def reconnect(self) -> None:
        """The connection stays: a test's transaction lies in it."""

    def settle(self, most: int = 200) -> None:
        """Until there is nothing left to do now."""
        for _step in range(most):
            before = self.active
            self.look()
            if self.active == before and not self.crew.given and not self.unwritten:
                return
            while self.crew.given:
                self.work()
                self.hear()
        raise AssertionError("It never comes to an end.")


def forward(**much: float) -> None:
    """So much time goes by: all that is written down lies so much further back."""
    for model, names in TIMES.items():
        model.objects.update(**{name: F(name) - timedelta(**much) for name in names})


def die(driver: Shift) -> None:
    """Its lease runs out; whether it knows or not."""
    Driver.objects.filter(pk=driver.row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def rescue() -> None:
    sweep.sweep()


# --- how it is now ---


def again(generation: Generation) -> Generation:
    return Generation.objects.select_related("account").get(pk=generation.pk)


def newest(generation: Generation) -> Attempt:
    return generation.attempts.latest("number")


def sentence(generation: Generation) -> str:
    return str((generation.trouble or {}).get("sentence", ""))
