"""Two nodes share the rows and the store; what only one of them has in its spool is left to that one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generations.media.store import store
from generations.models import Generation, Image, Status, Team, User
from generations.pipeline.start import start
from tests.pipeline.provider import Provider, dead, deliver, inline
from tests.pipeline.steps import Steps, again, forward
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(settings, tmp_path: Path) -> Iterator[Steps]:
    """Of another node. While it is at work, a folder of its own is the studio's: see `there`."""
    (tmp_path / "other").mkdir()
    found = Steps("node/2/")
    yield found
    found.hand.close()


@contextmanager
def there(settings, tmp_path: Path) -> Iterator[None]:
    here, settings.DATA = settings.DATA, tmp_path / "other"
    try:
        yield
    finally:
        settings.DATA = here


@pytest.fixture
def heard(designer: User, team: Team, driver: Steps, provider: Provider) -> Generation:
    """Its picture lies in the answer, in the spool of the node that heard it, and nobody has taken it in."""
    provider.plans.append(inline(deliver))
    generation = start(order(designer, team, "gateway"))
    driver.look()
    driver.work()
    driver.hear()
    assert again(generation).status == Status.COLLECTING
    return generation


def test_what_lies_on_one_node_is_left_to_it_by_the_other(heard, other: Steps, driver: Steps, settings, tmp_path: Path):
    with there(settings, tmp_path):
        other.settle()
        forward(seconds=5)
        other.settle()
    assert (again(heard).status, Image.objects.get().tries, other.hand.elsewhere) == (Status.COLLECTING, 1, {heard.pk})
    driver.settle()
    assert again(heard).status == Status.DONE


@pytest.mark.parametrize(("hours", "status"), [(24 + 71, Status.COLLECTING), (24 + 73, Status.EXPIRED)])
def test_a_node_that_is_away_is_waited_for_three_days_longer_than_links_last(heard, hours, status, other, settings, tmp_path: Path):
    with there(settings, tmp_path):
        forward(hours=hours)
        other.settle()
    assert again(heard).status == status


def away(*_any: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_waits_for_the_store_on_one_node_outlives_its_link_on_the_other(
    begin, driver: Steps, provider: Provider, other: Steps, settings, tmp_path: Path, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(type(store()), "keep", away)
        generation = begin("gateway")
    provider.usual_file = dead
    with there(settings, tmp_path):
        forward(hours=30)
        other.settle()
    assert again(generation).status == Status.COLLECTING
    forward(minutes=10)
    driver.settle()
    assert again(generation).status == Status.DONE


def test_a_picture_in_the_answer_about_a_task_is_asked_for_again_on_another_node(
    begin, provider: Provider, driver: Steps, other: Steps, settings, tmp_path: Path
):
    generation = begin("tensorslab", inline(deliver))
    forward(seconds=3)
    driver.look()
    driver.work()
    driver.hear()
    assert again(generation).status == Status.COLLECTING
    with there(settings, tmp_path):
        other.settle()
    assert again(generation).status == Status.DONE
