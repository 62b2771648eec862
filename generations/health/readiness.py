"""Can this process do its work? Load balancers ask every few seconds, and anybody may.

So one examination runs at a time, its answer is kept for a moment, and nobody waits longer than LIMIT:
a dead network disk or database server would hold a thread for minutes.
"""

from threading import Lock, Thread
from time import monotonic

from django.db import connection
from django.utils import translation

from generations.health import database, storage, workers
from generations.health.checks import Steps, examine
from generations.health.finding import Finding, bad

LIMIT = 5.0
KEPT = 2.0
# A nearly full disk is not among them: it still shows pictures, and a studio out of rotation would not.
NEEDED: Steps = [
    ("storage", storage.folders),
    ("database", database.answer),
    ("migrations", database.migrations),
    ("workers", workers.heartbeat),
]


class Examination:
    def __init__(self) -> None:
        self.began = monotonic()
        self.findings: list[Finding] = []
        self.thread = Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self) -> None:
        try:
            with translation.override("en"):  # machines read this
                for finding in examine(NEEDED):
                    self.findings.append(finding)
        finally:
            connection.close()

    def wait(self) -> list[Finding]:
        self.thread.join(max(0.0, self.began + LIMIT - monotonic()))
        if not self.thread.is_alive():
            return self.findings
        done = list(self.findings)  # every check here makes one finding, so the next one is the one that hangs
        return [*done, *(bad(subject, "This did not answer in time.", "") for subject, _check in NEEDED[len(done) : len(done) + 1])]

    def serves(self) -> bool:
        return self.thread.is_alive() or monotonic() - self.began < KEPT


lock = Lock()
latest: Examination | None = None


def findings() -> list[Finding]:
    global latest
    with lock:
        if latest is None or not latest.serves():
            latest = Examination()
        current = latest
    return current.wait()
