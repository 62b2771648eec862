"""What the database says about the studio: whether a sandbox is wanted, and whether the workers work.

In a thread of its own: a database may be slow or gone, and nobody else should wait for it.
"""

import threading
from dataclasses import dataclass
from time import monotonic, sleep

from django.db import connections

from generations.models import ProviderAccount
from generations.supervisor.canary import Canary
from generations.supervisor.child import Child
from generations.supervisor.departed import bury
from generations.supervisor.drain import Drain
from generations.supervisor.terminal import first_line, say

PAUSE = 2
GRACE = 20.0  # seconds for what can still end by itself
DEAF_GRACE = 5


@dataclass(frozen=True)
class Ailment:
    """Why a cluster has to be started again, and how long it may take to end."""

    words: str
    grace: float


class Pulse:
    def __init__(self, workers: Child, patience: float, sandbox: bool) -> None:
        self.workers, self.sandbox = workers, sandbox
        self.canary = Canary(0, patience)
        # clusters, by process group: those that have just lost a worker or, for good, their monitor, and those that must go
        self.suspected: set[int] = set()
        self.crippled: dict[int, Drain | None] = {}
        self.condemned: dict[int, Ailment] = {}
        self.trouble = False

    def start(self) -> None:
        self.workers.heed = self.overhear
        threading.Thread(target=self.listen, name="pulse", daemon=True).start()

    def listen(self) -> None:
        before = monotonic()
        while True:
            if monotonic() - before > 5 * PAUSE:
                self.canary.excuse()  # we were asleep ourselves: a closed laptop, Ctrl+Z
            before = monotonic()
            self.look_calmly()
            sleep(PAUSE)

    def look_calmly(self) -> None:
        try:
            self.look()
        except Exception as error:
            self.canary.excuse()
            if not self.trouble:
                say(f"The database or the queue does not answer: {first_line(error)}. Waiting for it.")
            self.trouble = True
        else:
            if self.trouble:
                say("The database and the queue answer again.")
            self.trouble = False
        finally:
            connections.close_all()

    def look(self) -> None:
        self.sandbox = ProviderAccount.sandbox_wanted()
        if group := self.workers.pid:
            self.examine(group)

    def examine(self, group: int) -> None:
        bury(group)
        if group != self.canary.group:
            bury(self.canary.group)
            self.canary = Canary(group, self.canary.patience, self.canary.unanswered)
        if group in self.suspected:
            self.suspected.discard(group)
            self.canary.suspect()
        self.canary.look()
        if silence := self.canary.silent():
            self.condemned[group] = Ailment(f"have given no sign of life for {silence:.0f} s", DEAF_GRACE)
        if group in self.crippled:
            self.let_go(group)

    def let_go(self, group: int) -> None:
        """It sends nothing new, and may hear the answers to what it has sent."""
        drain = self.crippled[group] = self.crippled[group] or Drain(group)
        drain.done()
        if not drain.under_way:
            self.condemned[group] = Ailment("have lost the process that ticks off their work", GRACE)

    def overhear(self, group: int, line: str) -> None:
        """What q2 says, in every language with these words, when one of its processes has died and was replaced."""
        if "CRITICAL django-q" not in line:
            return
        if "worker Process-" in line:
            self.suspected.add(group)
        if "monitor Process-" in line:
            # The lock of its queue died with it: nothing would be ticked off any more, everything repeated for ever, and the
            # canaries would live.
            self.crippled.setdefault(group, None)
