"""Stopped by its author: before it is sent it costs nothing, afterwards what was paid for is still kept."""

from collections.abc import Callable

import pytest

from generations.dialects import faults
from generations.models import Charge, Generation, Image, ImageStatus, Outcome, Status, Team, User
from generations.pipeline import choices, money
from generations.pipeline.start import start
from tests.pipeline.provider import Provider, away, deliver, lost, pending, refuse
from tests.pipeline.steps import Steps, again, die, forward, newest, rescue
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(designer: User, team: Team, driver: Steps) -> Generation:
    return start(order(designer, team, "gateway"))


def stopped_while_sending(generation: Generation, user: User, driver: Steps) -> Generation:
    driver.look()
    assert choices.stop(again(generation), user)
    driver.work()
    driver.hear()
    return again(generation)


def test_before_it_is_sent_it_is_cancelled_and_free(queued: Generation, designer: User, driver: Steps, provider: Provider):
    assert choices.stop(queued, designer)
    driver.settle()
    found = again(queued)
    assert (found.status, found.held, found.charged, found.due_at) == (Status.CANCELLED, 0, 0, None)
    assert (provider.sent, newest(found).outcome) == ([], Outcome.NOT_SENT)


def test_whoever_saw_it_in_line_cannot_cancel_what_was_sent_meanwhile(queued: Generation, designer: User, driver: Steps):
    driver.look()
    assert not choices.stop(queued, designer)
    assert again(queued).held == 35_000


def test_what_comes_after_it_was_stopped_is_kept_and_marked(queued: Generation, designer: User, driver: Steps):
    found = stopped_while_sending(queued, designer, driver)
    driver.settle()
    assert (again(found).status, again(found).charged) == (Status.DONE, 35_000)
    assert [(image.status, image.late) for image in found.images.all()] == [(ImageStatus.STORED, True)]


def test_a_task_that_was_stopped_is_asked_about_to_its_end(begin, designer: User, driver: Steps, provider: Provider):
    provider.questions.extend([pending] * 3)
    generation = begin("tensorslab")
    assert choices.stop(generation, designer)
    for _time in range(5):
        forward(hours=3)
        driver.settle()
    assert (again(generation).status, Image.objects.get().late) == (Status.DONE, True)


@pytest.mark.parametrize("plan", [refuse(faults.BUSY), refuse(faults.BUSY, wait=3), away])
def test_what_could_not_be_sent_is_not_tried_again_after_it_was_stopped(
    plan: Callable, queued, designer, driver: Steps, provider: Provider
):
    provider.plans.append(plan)
    found = stopped_while_sending(queued, designer, driver)
    forward(minutes=10)
    driver.settle()
    assert (again(found).status, again(found).held, found.attempts.count()) == (Status.CANCELLED, 0, 1)


def test_what_is_in_doubt_stays_so_when_it_was_stopped(queued: Generation, designer: User, driver: Steps, provider: Provider):
    provider.plans.append(lost())
    found = stopped_while_sending(queued, designer, driver)
    assert (found.status, found.held, newest(found).charge) == (Status.UNKNOWN, 35_000, Charge.UNKNOWN)


def test_a_refusal_that_is_found_late_ends_what_was_stopped(queued: Generation, designer: User, driver: Steps, provider: Provider):
    provider.plans.append(refuse(faults.BUSY))
    driver.look()
    assert choices.stop(again(queued), designer)
    die(driver)
    rescue()
    driver.work()
    driver.hear()
    rescue()
    assert (again(queued).status, again(queued).held) == (Status.REFUSED, 0)


def test_it_is_stopped_once(queued: Generation, designer: User, driver: Steps):
    driver.look()
    found = again(queued)
    assert choices.stop(found, designer)
    assert not choices.stop(again(queued), designer)


@pytest.mark.parametrize("end", [deliver, refuse(), lost()])
def test_what_has_ended_cannot_be_stopped(end: Callable, begin, designer: User):
    generation = begin("gateway", end)
    assert not choices.stop(generation, designer)
    assert again(generation).stopped_at is None
    assert not list(money.audit())


def test_it_is_hidden_as_its_author_wished_while_it_was_made(queued: Generation, designer: User, driver: Steps):
    driver.look()
    Generation.objects.update(private=True)
    driver.work()
    driver.hear()
    assert Image.objects.get().private
