"""How long a request took is counted from the call that made it: not from one that was turned away before."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from generations.dialects import faults
from generations.models import Gate, Generation, Status, Team, User
from generations.pipeline.start import start
from generations.web import speeds
from tests.pipeline.provider import Provider, refuse
from tests.pipeline.steps import Steps, again, forward, newest
from tests.pipeline.studio import order
from tests.pipeline.test_failover import FIRST, SECOND, spare

pytestmark = pytest.mark.django_db


def elsewhere(user: User, team: Team, driver: Steps, provider: Provider) -> Generation:
    """Turned away after five minutes, and made by somebody else at once."""
    provider.plans.append(refuse(faults.KEY))
    generation = start(replace(order(user, team, "gateway", engine=FIRST), spares=(spare(SECOND),)))
    driver.look()
    driver.work()
    forward(seconds=300)
    driver.hear()
    driver.settle()
    Gate.objects.all().delete()
    return again(generation)


def test_what_another_account_kept_somebody_waiting_is_not_the_spares_time(designer: User, team: Team, driver: Steps, provider: Provider):
    made = [elsewhere(designer, team, driver, provider) for _time in range(speeds.ENOUGH)]
    assert {(one.engine, one.status) for one in made} == {(SECOND, Status.DONE)}
    assert list(speeds.measure().values()) == [1]


def test_nor_is_the_time_in_line_after_a_busy_answer(begin: Callable[..., Generation], driver: Steps):
    for _time in range(speeds.ENOUGH):
        generation = begin("gateway", refuse(faults.BUSY, 20))
        forward(seconds=600)
        driver.settle()
        assert again(generation).sent_at == newest(generation).sent_at
    assert list(speeds.measure().values()) == [1]
