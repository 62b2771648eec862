"""Drivers whose process is gone. Their lease would say so in half a minute; here it can be seen at once."""

import os

from django.utils import timezone

from generations import jobs
from generations.models import Driver
from generations.models.drivers import CLOSED


def bury(group: int) -> None:
    """What they had in hand is free for others."""
    mine = Driver.objects.alive().filter(host=jobs.cluster(group)).exclude(process=CLOSED)
    dead = [driver.pk for driver in mine if not runs(driver.process, group)]
    if dead:
        Driver.objects.filter(pk__in=dead).update(lease_until=timezone.now())


def runs(process: int, group: int) -> bool:
    """A number is given again some day, but not in the same process group while that lives."""
    try:
        return os.getpgid(process) == group
    except ProcessLookupError:
        return False
