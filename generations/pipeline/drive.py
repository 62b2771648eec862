"""A driver: one queue task that keeps many generations going at once.

The main thread owns the database and turns the state machine; threads do the waiting. It stays while there is something to do, makes
room for a younger one after a while, so that a worker's memory is fresh and other tasks get their turn, and never leaves a paid call.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from time import monotonic, sleep

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from generations import bells, jobs
from generations.media import free
from generations.models import Driver, Generation, Heartbeat, Status
from generations.models.drivers import LEASE
from generations.pipeline import claim, collect, poll, send, sweep
from generations.pipeline.crew import Task
from generations.pipeline.fence import Fenced
from generations.pipeline.hand import Hand

YOUNG = 60.0  # seconds; an older one hands over as soon as another has begun
OLD = 600.0  # then it takes nothing new, whoever else is there
IDLE = 10.0  # seconds without anything to do, and it ends: as long as one is here, whoever asks need not wait for the queue
TICK, QUIET, DOZE = 0.1, 3.0, 0.5  # how often rows are looked for; and how often after some seconds without anything to do
RENEWAL, SWEEP = 3.0, 15.0
EXPECTED = 20_000_000  # bytes of a large picture
LOCKED = 600.0  # so long what was heard is kept while the database does not take it
PAUSE = 0.5  # seconds, before it is asked again
AGAIN = timedelta(seconds=30)  # after a step that failed by a fault of ours
AWAY = (OperationalError, InterfaceError)  # locked, full, restarted: the same again may do

log = logging.getLogger("studio.pipeline")


def drive() -> None:
    host = jobs.cluster(os.getpgrp())
    young = Driver.objects.alive().filter(host=host, claiming=True, started_at__gt=timezone.now() - timedelta(seconds=YOUNG))
    if young.count() < max(1, settings.WORKERS - 1):
        Shift(host).run()
    else:
        bells.strike(bells.WORK)  # whoever asked may be on another machine, where our bells are not heard


class Shift:
    def __init__(self, host: str) -> None:
        self.row = Driver.objects.create(host=host, process=os.getpid(), lease_until=timezone.now() + LEASE)
        self.hand = Hand()
        self.ear = bells.Ear(bells.WORK, self.hand.crew.wake)
        self.born = self.active = monotonic()
        self.next_renewal = self.next_sweep = 0.0
        self.told = self.dead = False
        self.unwritten: list[tuple[float, Task]] = []

    def run(self) -> None:
        try:
            while not self.over():
                self.turn()
        finally:
            self.ear.close()
            self.hand.close()
            with suppress(*AWAY):  # then its lease runs out
                Driver.objects.filter(pk=self.row.pk).delete()
        if Generation.objects.filter(status=Status.QUEUED).exists():
            jobs.ring("drive")

    def turn(self) -> None:
        now = monotonic()
        try:
            if now >= self.next_renewal:
                self.next_renewal = now + RENEWAL
                self.renew()
            if now >= self.next_sweep:
                self.next_sweep = now + SWEEP
                sweep.sweep()
            if self.row.claiming and not self.dead and claim.waits(timezone.now()):
                self.take()
            self.write_late()
        except AWAY:
            self.reconnect()
        self.listen()

    def over(self) -> bool:
        if self.hand.crew.busy or self.unwritten:
            self.active = monotonic()
            return False
        return self.dead or not self.row.claiming or monotonic() - self.active > IDLE

    def renew(self) -> None:
        """Forgotten, as after a long sleep: what is under way is heard, and nothing new is taken."""
        self.dead = not self.row.renew()
        Heartbeat.stamp(f"{self.row.host}{os.getpid()}")
        age = monotonic() - self.born
        if age > OLD or (age > YOUNG and self.relieved()):
            self.leave()

    def relieved(self) -> bool:
        if not self.told:
            self.told = True
            jobs.ring("drive")
        others = Driver.objects.alive().filter(host=self.row.host, claiming=True, started_at__gt=self.row.started_at)
        return others.exists() or not self.hand.crew.busy

    def leave(self) -> None:
        self.row.claiming = False
        Driver.objects.filter(pk=self.row.pk).update(claiming=False)

    def take(self) -> None:
        crew, now = self.hand.crew, timezone.now()
        # Nothing new is paid for while there is no room for what would come.
        calls = crew.calls.room if free.room(EXPECTED * (crew.calls.busy + 1)) else 0
        for generation in claim.take_queued(self.row, calls, now):
            self.begin(send.send, generation)
        for generation in claim.take_due(self.row, claim.ASKED, crew.questions.room, now):
            self.begin(STEPS[Status(generation.status)], generation)
        for generation in claim.take_due(self.row, claim.FETCHED, crew.files.room, now, self.hand.elsewhere):
            self.begin(collect.gather, generation)

    def begin(self, step: Callable[[Hand, Generation], None], generation: Generation) -> None:
        self.write(monotonic(), Task(generation, partial(step, self.hand, generation)))

    def listen(self) -> None:
        """Write down what came; wait a moment for the first, or for a bell, and take along what is there already."""
        patience = TICK if monotonic() - self.active < QUIET else max(TICK, DOZE)
        while task := self.hand.crew.next(patience):
            self.write(monotonic(), task)
            patience = 0.0

    def write(self, since: float, task: Task) -> None:
        """Once more later if the database does not take it; whatever is done there can be done twice."""
        try:
            task.do()
        except Fenced:
            log.warning("%s has been taken over; what was to be done about it is void.", task.generation.pk)
        except AWAY:
            if monotonic() - since < LOCKED:
                self.unwritten.append((since, task))
            self.reconnect()
        except Exception:
            log.exception("A step of %s failed.", task.generation.pk)
            self.unwritten.append((monotonic(), Task(task.generation, partial(self.let_go, task.generation))))
        self.active = monotonic()  # it may have taken long

    def write_late(self) -> None:
        waiting, self.unwritten = self.unwritten, []
        while waiting and not self.unwritten:
            self.write(*waiting.pop(0))
        self.unwritten += waiting

    def let_go(self, generation: Generation) -> None:
        """Others, or we ourselves a little later, find it as it is: the sweeper what was being sent, a driver all else."""
        held = Generation.objects.filter(pk=generation.pk, driver=self.row.pk, due_at__isnull=False)
        held.update(driver=None, due_at=timezone.now() + AGAIN)

    def reconnect(self) -> None:
        log.exception("The database did not take it; the studio tries again.")
        connection.close()
        sleep(PAUSE)


STEPS: dict[Status, Callable[[Hand, Generation], None]] = {
    Status.WAITING: poll.ask,
    Status.UNKNOWN: send.look_again,
}
