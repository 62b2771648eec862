"""Drivers that share the rows, lose them, sleep, hand over and stop. One moves at a time here; `test_together.py` has real threads."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import InterfaceError, OperationalError
from django.db.transaction import Atomic
from django.utils import timezone

from generations import jobs
from generations.models import AT_PROVIDER, Driver, Generation, Image, ImageStatus, ProviderAccount, Role, Status, Team, User
from generations.pipeline import claim, collect, drive, money
from generations.pipeline.collect import Gathering
from generations.pipeline.drive import Shift
from generations.pipeline.start import start, start_all
from tests.cast import person
from tests.made import made, pictured
from tests.pipeline.provider import Provider, pending
from tests.pipeline.steps import Steps, again, die, forward, rescue
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(driver: Steps) -> Iterator[Steps]:
    found = Steps("node/2/")
    yield found
    found.hand.close()


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(jobs, "ring", found.append)
    return found


def wanted(user: User, team: Team, count: int, dialect: str = "gateway", **limits: int) -> list[Generation]:
    orders = [order(user, team, dialect) for _click in range(count)]
    ProviderAccount.objects.update(**limits)
    return start_all(orders)


# --- sharing ---


def test_two_drivers_never_take_the_same_row(designer: User, team: Team, driver: Steps, other: Steps, provider: Provider):
    wanted(designer, team, 9)
    for one in (driver, other, driver, other):
        one.look()
    for one in (driver, other):
        one.settle()
    assert (len(provider.sent), Generation.objects.filter(status=Status.DONE).count()) == (9, 9)


def test_an_accounts_limit_holds_for_all_drivers(designer: User, team: Team, driver: Steps, other: Steps):
    wanted(designer, team, 9, in_flight=4)
    for _turn in range(3):
        driver.look()
        other.look()
    assert len(driver.crew.given) + len(other.crew.given) == Generation.objects.filter(status__in=AT_PROVIDER).count() == 4


def test_so_many_a_minute_go_out_of_all_drivers(designer: User, team: Team, driver: Steps, other: Steps, provider: Provider):
    wanted(designer, team, 9, per_minute=4)
    driver.settle()
    other.settle()
    assert len(provider.sent) == 4
    forward(seconds=61)
    other.settle()
    assert len(provider.sent) == 8


def test_whoever_has_one_row_does_not_wait_behind_a_hundred(designer: User, team: Team, driver: Steps, provider: Provider):
    wanted(designer, team, 100, in_flight=4)
    quiet = person("Quinn Quiet", team, Role.DESIGNER)
    [late] = wanted(quiet, team, 1, in_flight=4)
    driver.look()
    assert again(late).status == Status.SENDING


def test_a_task_that_is_waited_for_lies_in_nobodys_hands(begin, driver: Steps, other: Steps, provider: Provider):
    provider.questions.append(pending)
    generation = begin("tensorslab")
    assert (generation.status, generation.driver) == (Status.WAITING, None)
    forward(seconds=3)
    driver.settle()
    assert (again(generation).status, again(generation).driver) == (Status.WAITING, None)
    forward(seconds=3)
    other.settle()
    assert again(generation).status == Status.DONE


def test_a_provider_that_is_slow_to_answer_questions_keeps_no_picture_waiting(designer: User, team: Team, driver: Steps):
    tasks = wanted(designer, team, driver.hand.crew.questions.threads + 4, "tensorslab")
    driver.look()
    while driver.crew.given:
        driver.work()
        driver.hear()
    forward(seconds=5)
    driver.look()  # all whom there is room for are asked about, and nobody answers
    [other] = wanted(designer, team, 1)
    driver.look()
    driver.work(len(driver.crew.given) - 1)
    driver.hear()
    driver.look()
    assert (len(tasks) > driver.crew.questions.threads, driver.crew.questions.room, driver.crew.files.busy) == (True, 0, 1)
    assert again(other).status == Status.COLLECTING


# --- losing them ---


@pytest.fixture
def sent(designer: User, team: Team, driver: Steps) -> Generation:
    """The provider has it, and its answer lies in the driver's hands."""
    [generation] = wanted(designer, team, 1)
    driver.look()
    driver.work()
    return generation


def test_what_a_dead_driver_was_sending_is_found_at_once_and_not_sent_again(
    sent: Generation, driver: Steps, other: Steps, provider: Provider
):
    die(driver)
    other.turn()
    other.settle()
    assert (again(sent).status, len(provider.sent)) == (Status.DONE, 1)


def test_whoever_was_taken_for_dead_writes_nothing(sent: Generation, driver: Steps, provider: Provider):
    die(driver)
    rescue()
    before = again(sent)
    driver.hear()
    assert (again(sent).version, again(sent).fence, again(sent).status) == (before.version, before.fence, Status.COLLECTING)


def test_whoever_fetched_for_a_row_that_was_taken_writes_nothing_of_it(sent: Generation, driver: Steps, other: Steps):
    driver.hear()
    driver.look()
    die(driver)
    other.settle()
    done = again(sent)
    assert done.status == Status.DONE
    driver.settle()
    assert (again(sent).version, sent.images.count()) == (done.version, 1)


def test_whoever_only_slept_goes_on_where_nobody_took_anything(sent: Generation, driver: Steps):
    """Or a clock that jumps would put everything in doubt that is under way."""
    die(driver)
    driver.turn()
    assert (again(sent).status, driver.dead) == (Status.COLLECTING, False)


def test_whoever_slept_between_claim_and_call_does_not_send_what_others_gave_up(
    designer: User, team: Team, driver: Steps, provider: Provider
):
    [generation] = wanted(designer, team, 1)
    taken = list(claim.take_queued(driver.row, 9, timezone.now()))
    die(driver)
    rescue()
    for one in taken:
        driver.begin(drive.send.send, one)
    driver.settle()
    assert (provider.sent, again(generation).status) == ([], Status.UNKNOWN)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
def test_a_clock_that_jumps_loses_nothing_and_doubts_nothing(jump: timedelta, sent, driver: Steps, other: Steps, provider: Provider):
    """To set the clock on is to set all that is written back."""
    forward(seconds=jump.total_seconds())
    driver.turn()
    other.turn()
    for one in (driver, other):
        one.settle()
    assert (again(sent).status, len(provider.sent)) == (Status.DONE, 1)


def test_a_clock_that_was_set_back_wakes_no_dead_and_freezes_nothing(sent: Generation, driver: Steps, other: Steps, designer, team):
    [queued] = wanted(designer, team, 1)
    forward(hours=-1)
    Driver.objects.filter(pk=other.row.pk).update(lease_until=timezone.now() + timedelta(seconds=30))
    other.turn()
    other.settle()
    assert {again(sent).status, again(queued).status} == {Status.DONE}


# --- the bell ---


def test_a_lost_bell_is_rung_by_the_sweep(designer: User, team: Team, driver: Steps, rung: list[str]):
    wanted(designer, team, 1)
    rung.clear()
    rescue()
    assert rung == ["drive"]


def test_where_nothing_is_due_no_bell_rings(designer: User, team: Team, driver: Steps, rung: list[str]):
    [_generation] = wanted(designer, team, 1)
    Generation.objects.update(due_at=timezone.now() + timedelta(minutes=5))
    rung.clear()
    rescue()
    assert rung == []


# --- making room, stopping ---


def test_a_driver_makes_room_for_a_younger_one_and_keeps_what_was_paid_for(sent: Generation, driver: Steps, other: Steps, rung: list[str]):
    driver.born -= drive.YOUNG + 1
    Driver.objects.filter(pk=other.row.pk).update(host=driver.row.host)
    driver.next_renewal = 0
    driver.turn()
    assert (rung.count("drive"), driver.row.claiming, again(sent).status) == (1, False, Status.COLLECTING)
    assert driver.over()
    assert not again(sent).driver
    other.settle()
    assert again(sent).status == Status.DONE


def test_an_old_driver_stays_until_somebody_has_come(sent: Generation, driver: Steps, rung: list[str]):
    driver.hear()
    driver.look()
    driver.born -= drive.YOUNG + 1
    driver.renew()
    assert (driver.row.claiming, rung.count("drive")) == (True, 1)


def test_a_driver_that_is_stopped_takes_nothing_and_hears_what_it_sent(sent: Generation, designer, team, driver: Steps, provider: Provider):
    [late] = wanted(designer, team, 1)
    Driver.objects.update(claiming=False)
    driver.next_renewal = 0
    assert not driver.over()
    driver.turn()
    assert (again(late).status, again(sent).status, len(provider.sent)) == (Status.QUEUED, Status.COLLECTING, 1)
    assert driver.over()


def test_a_node_has_one_driver_less_than_workers(driver: Steps, settings, monkeypatch: pytest.MonkeyPatch):
    begun: list[str] = []
    monkeypatch.setattr(Shift, "run", lambda shift: begun.append(shift.row.host))
    monkeypatch.setattr(jobs, "cluster", lambda group: "node/3/")
    for settings.WORKERS in (2, 2, 4, 4, 4):
        drive.drive()
    assert len(begun) == 3


# --- a database that is away ---


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Exception | None]]:
    """So many commits fail, as on a full disk or when the server is restarted; some may go well before. Returns those still to come."""

    def fail(error: type[Exception], times: int = 1, after: int = 0) -> list[Exception | None]:
        left: list[Exception | None] = [error("It is away.")] * times + [None] * after

        def end(atomic: Atomic, kind: object, value: object, trace: object) -> None:
            if kind is None and atomic.savepoint and left and (problem := left.pop()):
                leave(atomic, type(problem), problem, None)
                raise problem
            leave(atomic, kind, value, trace)

        leave = Atomic.__exit__
        monkeypatch.setattr(Atomic, "__exit__", end)
        return left

    return fail


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_what_the_database_does_not_take_is_written_later(error, sent: Generation, driver: Steps, failing, provider: Provider):
    failing(error)
    driver.hear()
    assert (again(sent).status, len(driver.unwritten)) == (Status.SENDING, 1)
    assert not driver.over()
    driver.settle()
    assert (again(sent).status, len(provider.sent)) == (Status.DONE, 1)


COMMITS = 15


@pytest.mark.parametrize("after", range(COMMITS + 1))
def test_whichever_commit_fails_it_ends_well_and_is_paid_once(after: int, designer, team, driver: Steps, failing, provider: Provider):
    generation = start(order(designer, team, "tensorslab", images=2))
    left = failing(OperationalError, 1, after)
    for _time in range(3):
        driver.turn()
        driver.settle()
        forward(seconds=3)
    assert bool(left) is (after == COMMITS)  # there are no more
    assert (again(generation).status, again(generation).charged, again(generation).held) == (Status.DONE, 70_000, 0)
    assert (len(provider.sent), set(provider.fetched.values())) == (1, {1})
    assert not list(money.audit())


def test_pictures_that_came_while_the_database_was_away_are_not_fetched_twice(designer, team, driver: Steps, failing, provider: Provider):
    generation = start(order(designer, team, "gateway", engine="gateway/seedream-4.0", images=3))
    driver.look()
    driver.work()
    driver.hear()
    driver.look()
    for _picture in range(3):
        driver.work()
    failing(OperationalError, 2)
    for _picture in range(3):
        driver.hear()
    driver.settle()
    assert (again(generation).status, again(generation).charged) == (Status.DONE, 105_000)
    assert set(provider.fetched.values()) == {1}


def test_a_picture_counts_as_heard_when_that_is_written_and_not_before(designer, team, driver: Steps, provider: Provider, monkeypatch):
    generation = pictured(made(designer, team, Status.COLLECTING))[0].generation
    Image.objects.update(status=ImageStatus.COMING)
    gathering = Gathering(driver.hand, generation)
    (image,) = gathering.images
    away = [OperationalError("disk I/O error")]
    monkeypatch.setattr(collect.finish, "finish", lambda *_words: fail(away))
    with pytest.raises(OperationalError):
        gathering.hear(image, ValueError("It did not come."))
    assert gathering.left == {image.pk}
    gathering.hear(image, ValueError("It did not come."))
    assert gathering.left == set()


def fail(away: list[Exception]) -> None:
    if away:
        raise away.pop()


def test_what_was_claimed_before_the_database_went_away_is_sent_once(designer, team, driver: Steps, provider: Provider, monkeypatch):
    """The claim is written, the next step is not: none of the others is stranded by it."""
    wanted(designer, team, 3)
    with monkeypatch.context() as patch:
        patch.setattr(Generation, "write", once_away(Generation.write))
        driver.look()
    assert Generation.objects.filter(status=Status.SENDING).count() == 3
    driver.settle()
    assert (len(provider.sent), Generation.objects.filter(status=Status.DONE).count()) == (3, 3)


def once_away(write: Callable[..., bool]) -> Callable[..., bool]:
    left = [OperationalError("database is locked")]

    def fail(generation: Generation, **changes: object) -> bool:
        if left:
            raise left.pop()
        return write(generation, **changes)

    return fail


def test_an_unknown_driver_is_no_reason_to_wait(designer: User, team: Team, driver: Steps):
    """Its row is gone, as after a backup was restored."""
    [generation] = wanted(designer, team, 1)
    Generation.objects.update(status=Status.SENDING, driver=uuid4(), due_at=timezone.now() + timedelta(minutes=7))
    rescue()
    assert again(generation).status == Status.UNKNOWN
