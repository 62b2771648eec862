"""Ending the workers without leaving a call that somebody pays for.

Drivers cannot hear a signal to the cluster. A row tells them to finish what they have sent; as long as one of them lives, the cluster
is given time.
"""

from time import monotonic

from django.db import Error

from generations import jobs
from generations.models import Driver, Generation, Status
from generations.models.drivers import CLOSED
from generations.supervisor.departed import bury
from generations.supervisor.terminal import first_line, say

CALM = 20.0  # seconds for a cluster without a driver to end by itself
LOOK = 1.0


class Drain:
    def __init__(self, group: int) -> None:
        self.group, self.host = group, jobs.cluster(group)
        self.busy = self.looked = monotonic()
        self.under_way = True  # until somebody can say that nothing is
        self.said = ""
        self.look()

    def done(self) -> bool:
        """Nothing that was paid for is under way any more, and what still runs may be killed."""
        now = monotonic()
        if now - self.looked > LOOK:
            self.looked = now
            self.look()
        if self.under_way:
            self.busy = now
        return now - self.busy > CALM

    def look(self) -> None:
        """A database that does not answer changes nothing: what was under way still is."""
        try:
            Driver.close(self.host)
            bury(self.group)
            drivers = Driver.objects.alive().filter(host=self.host).exclude(process=CLOSED)
            self.under_way = drivers.exists()
            calls = Generation.objects.filter(driver__in=drivers.values("pk"), status=Status.SENDING).exists()
        except Error as error:
            self.tell(f"The workers could not be told to finish: {first_line(error)}.")
        else:
            self.tell("Requests are under way at a provider and may have been paid for; waiting for them." if calls else "")

    def tell(self, sentence: str) -> None:
        if sentence not in ("", self.said):
            self.said = sentence
            say(sentence)
