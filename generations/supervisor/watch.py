"""Keep the programs running until somebody asks us to stop, then stop them in order."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from time import monotonic, sleep
from types import FrameType

from django.conf import settings
from django.db import Error, connections

from generations.models import ProviderAccount
from generations.supervisor import plan, preflight, ready
from generations.supervisor.drain import Drain
from generations.supervisor.plan import Plan
from generations.supervisor.pulse import Pulse
from generations.supervisor.terminal import first_line, say

TICK = 0.1


def up(may_migrate: bool, patience: float, grace: float) -> None:
    on_signals(lambda number, frame: sys.exit(0))  # nothing runs yet that would have to be stopped
    with preflight.locked(settings.DATA) as crashed:
        try:
            plan.prepare(crashed, may_migrate)
            sandbox = ProviderAccount.sandbox_wanted()
        except Error as error:
            raise SystemExit(f"The database refused: {first_line(error)}. `manage.py doctor` may know more.") from None
        finally:
            connections.close_all()
        # The other end is ours alone: when we are gone, however that came, the leash is let go.
        leash, _ours = os.pipe()
        run(plan.draw(leash, grace), patience, sandbox)


def run(programs: Plan, patience: float, sandbox: bool) -> None:
    wishes = Wishes()
    pulse = Pulse(programs.workers, patience, sandbox)
    pulse.start()
    threading.Thread(target=ready.announce, name="ready", daemon=True).start()
    try:
        while not wishes.stop:
            heal(programs, pulse)
            programs.web.tick(wanted=True)
            programs.workers.tick(wanted=True)
            programs.sandbox.tick(wanted=pulse.sandbox)
            sleep(TICK)
    finally:
        stop(programs, wishes)


def heal(programs: Plan, pulse: Pulse) -> None:
    ailment = pulse.condemned.pop(programs.workers.pid, None)
    if ailment and not programs.workers.ending:
        say(f"The workers {ailment.words}. Starting them again.")
        programs.workers.end(ailment.grace)


def stop(programs: Plan, wishes: "Wishes") -> None:
    say("Stopping. Another Ctrl+C stops at once.")
    for child in programs:
        drain = Drain(child.pid) if child is programs.workers else None
        child.end(child.grace)
        while child.process:
            if wishes.hurry or (drain and drain.done()):
                child.hurry()
            child.tick(wanted=False)
            sleep(TICK / 2)


class Wishes:
    """What was asked by signal. It is only noted: a handler that did more could wait for a lock the interrupted code holds."""

    def __init__(self) -> None:
        self.stop: float | None = None
        self.hurry = False
        on_signals(self.note)

    def note(self, number: int, frame: FrameType | None) -> None:
        if self.stop is None:
            self.stop = monotonic()
        elif monotonic() - self.stop > 0.5:  # sooner it is the same key press, passed on by a wrapper
            self.hurry = True


def on_signals(note: Callable[[int, FrameType | None], object]) -> None:
    signal.signal(signal.SIGINT, note)
    signal.signal(signal.SIGTERM, note)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # which is what nohup asks for
        signal.signal(signal.SIGHUP, note)
