"""Changes are found, all of them, and each time the same comes out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import tasks
from generations.accounting import behind, catch, catch_up, count, differs, rebuild
from generations.accounting.days import kept
from generations.accounting.turn import bookmark
from generations.models import Bookmark, Generation, Tally, Team, User
from tests.accounting.ledger import FOUR, day_of, ended, tally

pytestmark = pytest.mark.django_db


def long_ago(**how: float) -> None:
    """All changes lie so much further back, and so does whoever has read them."""
    for model, name in ((Generation, "changed_at"), (Bookmark, "at")):
        for row in model.objects.all():
            model.objects.filter(pk=row.pk).update(**{name: getattr(row, name) - timedelta(**how)})


def all_right() -> bool:
    return all(count(day) == kept(day) for day in {day_of(one) for one in Generation.objects.all()})


def test_nothing_to_count_is_no_work():
    assert not catch_up()
    assert not Tally.objects.exists()


def test_a_look_at_nothing_new_is_two_questions(designer: User, team: Team):
    ended(designer, team, charged=0)
    catch_up()
    long_ago(hours=1)
    catch_up()
    with CaptureQueriesContext(connection) as asked:
        assert not catch_up()
    assert len(asked) == 2


def test_what_was_counted_and_then_changes_is_counted_again(designer: User, team: Team):
    generation = ended(designer, team, stored=1, charged=FOUR)
    catch_up()
    long_ago(hours=1)
    catch_up()
    generation.refresh_from_db()
    generation.show(charged=1)
    catch_up()
    assert tally(generation).spent == 1


def test_what_is_committed_late_is_found(designer: User, team: Team):
    """Written down before the last look, but visible only after it."""
    ended(designer, team, charged=0)
    late = ended(designer, team, charged=0)
    Generation.objects.filter(pk=late.pk).update(team=Team.objects.create(name="Elsewhere", slug="elsewhere"))
    catch_up()
    Generation.objects.filter(pk=late.pk).update(team=team)
    Tally.objects.exclude(team=team).delete()
    catch_up()
    assert Tally.objects.get().requests == 2


def test_a_call_does_so_many_days_and_the_next_goes_on(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(catch, "DAYS", 2)
    for days in range(5):
        ended(
            designer,
            team,
            charged=0,
            created_at=timezone.now() - timedelta(days=days),
            changed_at=timezone.now() - timedelta(hours=9 - days),
        )
    assert [catch_up() for _time in range(3)] == [True, True, False]
    assert Tally.objects.count() == 5


def test_many_changes_at_one_moment_are_read_one_after_the_other(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    """A thousand images thrown away at once bear the same time."""
    monkeypatch.setattr(catch, "ROWS", 2)
    for days in range(5):
        ended(designer, team, charged=0, created_at=timezone.now() - timedelta(days=days))
    Generation.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    assert [catch_up() for _time in range(3)] == [True, True, False]
    assert Tally.objects.count() == 5


def test_to_look_twice_counts_once(designer: User, team: Team):
    generation = ended(designer, team, stored=4, charged=FOUR)
    for _time in range(3):
        catch_up()
    assert (tally(generation).requests, tally(generation).spent) == (1, FOUR)


def test_in_another_time_zone_all_is_counted_anew(designer: User, team: Team, settings):
    made = datetime.fromisoformat("2026-11-10T20:00:00+00:00")
    ended(designer, team, charged=0, created_at=made)
    catch_up()
    settings.TIME_ZONE = "Asia/Shanghai"
    catch_up()
    assert [one.day.day for one in Tally.objects.all()] == [11]
    assert bookmark().name == "usage Asia/Shanghai"


def test_all_of_it_can_be_built_anew(designer: User, stranger: User, team: Team, other_team: Team, monkeypatch: pytest.MonkeyPatch):
    """Also where more has changed just now than a look takes in."""
    monkeypatch.setattr(catch, "DAYS", 2)
    for user, where in ((designer, team), (stranger, other_team)):
        for days in range(3):
            ended(user, where, stored=2, charged=FOUR, created_at=timezone.now() - timedelta(days=days))
    Tally.objects.all().delete()
    rebuild()
    assert Tally.objects.count() == 6
    assert all_right()


# --- how far it is ---


def test_it_is_said_how_far_the_counting_is(designer: User, team: Team, other_team: Team):
    generation = ended(designer, team, charged=0)
    assert behind(team) == catch.NEVER
    catch_up()
    assert behind(team) is None
    counted = timezone.now()
    generation.refresh_from_db()
    generation.show(charged=1)
    assert counted - timedelta(seconds=5) < behind(team) <= counted
    assert behind(other_team) is None


def test_a_day_that_is_kept_wrong_differs(designer: User, team: Team):
    day = day_of(ended(designer, team, charged=0))
    assert not differs(day)  # nobody has counted it yet
    catch_up()
    Tally.objects.update(spent=7)
    assert not differs(day)  # it has just changed
    long_ago(hours=1)
    Bookmark.objects.update(at=timezone.now())
    assert differs(day)


# --- many at once ---


@pytest.fixture
def together(transactional_db: None) -> Callable[[list[Callable[[], object]]], None]:
    """Runs each in a thread of its own, all from the same moment on. What one raises is raised."""

    def run(works: list[Callable[[], object]]) -> None:
        start, failed = Barrier(len(works)), []

        def one(work: Callable[[], object]) -> None:
            try:
                start.wait()
                work()
            except Exception as error:
                failed.append(error)
            finally:
                connection.close()

        threads = [Thread(target=one, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failed

    return run


@pytest.mark.django_db(transaction=True)
def test_several_workers_count_nothing_twice(designer: User, team: Team, together):
    for days in range(4):
        ended(designer, team, stored=2, charged=FOUR, created_at=timezone.now() - timedelta(days=days))
    together([catch_up] * 5)
    assert list(Tally.objects.values_list("requests", "delivered", "spent")) == [(1, 2, FOUR)] * 4


@pytest.mark.django_db(transaction=True)
def test_an_older_count_never_ends_up_over_a_newer_one(designer: User, team: Team, together):
    generations = [ended(designer, team, stored=1, charged=FOUR) for _number in range(3)]

    def work(generation: Generation) -> Callable[[], None]:
        def spend() -> None:
            for amount in range(8):
                Generation.objects.get(pk=generation.pk).show(charged=amount)
                catch_up()

        return spend

    together([work(generation) for generation in generations])
    catch_up()
    assert all_right()
    assert Tally.objects.get().spent == 3 * 7


@pytest.mark.django_db(transaction=True)
def test_workers_count_by_themselves(designer: User, team: Team):
    ended(designer, team, charged=0)
    tasks.beat()
    assert Tally.objects.get().requests == 1
