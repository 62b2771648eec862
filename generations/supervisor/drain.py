"""Stopping the workers without leaving a call that somebody pays for.

Drivers cannot hear a signal to the cluster. They are told in their rows to finish what they have sent; as long as one of them lives,
the cluster is given time.
"""

from time import monotonic

from django.db import Error

from generations import jobs
from generations.models import Driver
from generations.supervisor.terminal import first_line, say

CALM = 20.0  # seconds for a cluster without a driver to end by itself
LOOK = 1.0


class Drain:
    def __init__(self, group: int) -> None:
        self.drivers = Driver.objects.filter(host=jobs.cluster(group))
        self.busy = self.looked = monotonic()
        self.told = False
        self.hush()

    def hush(self) -> None:
        try:
            self.drivers.update(claiming=False)
        except Error as error:
            say(f"The workers could not be told to finish: {first_line(error)}.")

    def done(self) -> bool:
        """Nothing that was paid for is under way any more, and what still runs may be killed."""
        now = monotonic()
        if now - self.looked > LOOK:
            self.looked = now
            if self.under_way():
                self.busy = now
                self.tell()
        return now - self.busy > CALM

    def under_way(self) -> bool:
        try:
            return self.drivers.alive().exists()
        except Error:
            return False

    def tell(self) -> None:
        if not self.told:
            self.told = True
            say("Requests are under way at a provider and may have been paid for; waiting for them.")
