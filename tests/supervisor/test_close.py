"""The order to finish, as rows alone."""

import os
import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from generations import jobs
from generations.models import Driver
from generations.models.drivers import CLOSING, LEASE
from generations.supervisor import drain
from generations.supervisor.departed import bury
from generations.supervisor.drain import CALM, Drain

pytestmark = pytest.mark.django_db
GROUP = os.getpgrp()  # ours: its drivers have to live
Clock = Callable[[float], None]


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    times = [0.0]
    monkeypatch.setattr(drain, "monotonic", lambda: times[0])

    def more(seconds: float) -> None:
        times[0] += seconds

    return more


def driver(group: int = GROUP, process: int = 0) -> Driver:
    return Driver.objects.create(host=jobs.cluster(group), process=process or os.getpid(), lease_until=timezone.now() + LEASE)


def claims(one: Driver) -> bool:
    assert one.renew()
    return one.claiming


def test_drivers_of_this_cluster_take_nothing_new_and_others_do():
    mine, other = driver(), driver(GROUP + 1)
    Drain(GROUP)
    assert (claims(mine), claims(other)) == (False, True)


def test_nor_does_one_that_begins_later():
    Drain(GROUP)
    assert not claims(driver())


def test_the_order_does_not_outlive_who_gave_it():
    Drain(GROUP)
    Driver.objects.update(lease_until=timezone.now() + CLOSING - timedelta(seconds=CLOSING.seconds + 1))
    assert claims(driver())


def test_it_holds_as_long_as_it_takes(pass_time: Clock):
    mine, drain = driver(), Drain(GROUP)
    Driver.objects.update(lease_until=timezone.now())
    mine.renew()
    pass_time(2)
    drain.done()
    assert not claims(mine)


def test_as_long_as_a_driver_lives_it_is_not_done(pass_time: Clock):
    mine, drain = driver(), Drain(GROUP)
    pass_time(CALM + 5)
    assert not drain.done()
    mine.delete()
    pass_time(2)
    assert not drain.done()
    pass_time(CALM + 5)
    assert drain.done()


def test_a_database_that_does_not_answer_is_no_reason_to_cut_anything_off(pass_time: Clock, monkeypatch: pytest.MonkeyPatch, capfd):
    mine, drain = driver(), Drain(GROUP)
    mine.delete()

    def away(host: str) -> None:
        raise OperationalError("it is gone")

    monkeypatch.setattr(Driver, "close", away)
    pass_time(CALM + 5)
    assert not drain.done()
    assert capfd.readouterr().out == "The workers could not be told to finish: it is gone.\n"


def test_a_driver_whose_process_is_gone_holds_nothing_any_more():
    gone = subprocess.Popen(["true"])
    gone.wait()
    for process in (gone.pid, 1, os.getpid()):
        driver(process=process)
    bury(GROUP)
    assert [one.process for one in Driver.objects.alive()] == [os.getpid()]


def test_other_clusters_bury_their_own_dead():
    driver(GROUP + 1)
    bury(GROUP)
    assert Driver.objects.alive().count() == 1
