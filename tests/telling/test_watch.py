from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import commenting, jobs, reviewing, tasks
from generations.models import Bookmark, Budget, Delivery, Event, Gate, Notice, Purse, Status, Team, User, Verdict
from generations.models.money import this_month
from generations.pipeline import approval
from generations.telling import News, purge, tell, watch
from generations.telling.news import publish
from generations.telling.watch import LOOKS
from tests.made import made, pictured, sandbox
from tests.telling.conftest import hooked, told

pytestmark = pytest.mark.django_db

QUIET = 1 + len(LOOKS) + 4  # bookmarks, each look, two kinds of budgets, bookmarks of paused accounts; letters and calls that are due


def happen(designer: User, reviewer: User, admin: User, team: Team) -> None:
    """Everything that can be told of."""
    first, second = pictured(made(designer, team), 2)
    made(designer, team, Status.FAILED)
    made(designer, team, Status.UNKNOWN)
    made(designer, team, Status.ASKING, finished_at=None)
    approval.allow(made(designer, team, Status.ASKING, finished_at=None), admin)
    reviewing.ask(team.images.filter(pk=first.pk), designer, team)
    reviewing.decide(second, Verdict.APPROVED, "", reviewer, 0)
    commenting.say(first, "Look, @Rui", by=designer)
    commenting.say(first, "I see", by=reviewer)
    Budget.objects.create(team=team, hard=10)
    Purse.objects.update_or_create(team=team, user=None, month=this_month(), defaults={"spent": 9})
    Gate.objects.update_or_create(account=sandbox(), defaults={"paused": "{account} is away."})


def test_a_studio_with_a_history_tells_nobody_of_it(designer: User, reviewer: User, admin: User, team: Team):
    happen(designer, reviewer, admin, team)
    watch()
    watch()
    assert set(Notice.objects.values_list("event", flat=True)) <= {Event.BUDGET}  # that is so now


def test_everything_is_told(designer: User, reviewer: User, admin: User, owner: User, team: Team):
    watch()
    happen(designer, reviewer, admin, team)
    watch()
    assert set(Notice.objects.values_list("event", flat=True)) == set(Event) - {Event.OFF}


def test_programs_hear_everything_that_concerns_their_team(designer: User, reviewer: User, admin: User, team: Team):
    hook = hooked(team)
    watch()
    happen(designer, reviewer, admin, team)
    watch()
    assert set(hook.deliveries.values_list("event", flat=True)) == set(Event) - {Event.OFF, Event.PAUSED}


@pytest.mark.django_db(transaction=True)
def test_two_nodes_that_look_at_once_tell_everything_once(
    designer: User, reviewer: User, admin: User, owner: User, team: Team, caplog: pytest.LogCaptureFixture
):
    hooked(team)
    watch()
    happen(designer, reviewer, admin, team)
    start = Barrier(4)

    def look() -> None:
        try:
            start.wait()
            watch()
        finally:
            connection.close()

    nodes = [Thread(target=look) for _node in range(4)]
    [node.start() for node in nodes]
    [node.join() for node in nodes]
    assert caplog.messages == []
    counts = Notice.objects.count(), Delivery.objects.count()
    assert set(Notice.objects.values_list("event", flat=True)) == set(Event) - {Event.OFF}
    watch()
    assert (Notice.objects.count(), Delivery.objects.count()) == counts
    assert Notice.objects.filter(event=Event.PAUSED).count() == Notice.objects.filter(event=Event.PAUSED).values("user").distinct().count()
    assert Notice.objects.filter(event=Event.BUDGET).values("user").distinct().count() == 2


def test_looking_when_nothing_happened_is_cheap_however_much_there_is(designer: User, team: Team):
    for _number in range(3):
        pictured(made(designer, team, finished_at=timezone.now() - timedelta(days=1), changed_at=timezone.now() - timedelta(days=1)))
    watch()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        watch()
    assert len(queries) <= QUIET
    assert all(query["sql"].startswith("SELECT") for query in queries)


@pytest.mark.parametrize("name", [look.name for look in LOOKS if look.name not in ("telling/budgets", "telling/paused")])
def test_bookmarks_move_a_little_at_a_time(name: str, designer: User, team: Team):
    watch()
    long_ago = timezone.now() - timedelta(hours=1)
    Bookmark.objects.filter(pk=name).update(at=long_ago)
    watch()
    moved = Bookmark.objects.get(pk=name).at
    assert moved > long_ago or name in ("telling/decisions", "telling/comments", "telling/spoken")  # these move by what was added
    watch()
    assert Bookmark.objects.get(pk=name).at == moved


def test_a_clock_that_was_set_back_does_not_silence_the_studio(designer: User, team: Team):
    watch()
    Bookmark.objects.update(at=timezone.now() + timedelta(days=1))
    watch()
    made(designer, team)
    watch()
    assert told(designer) == [Event.DONE]


def test_what_ended_while_nobody_looked_is_told(designer: User, team: Team):
    watch()
    Bookmark.objects.update(at=timezone.now() - timedelta(days=2))
    yesterday = timezone.now() - timedelta(days=1)
    made(designer, team, finished_at=yesterday, changed_at=yesterday)
    watch()
    assert told(designer) == [Event.DONE]


def test_one_that_cannot_be_told_is_not_in_the_way_of_the_others(designer: User, reviewer: User, team: Team, monkeypatch, caplog):
    watch()
    (image,) = pictured(made(designer, team))
    commenting.say(image, "Lovely", by=reviewer)
    monkeypatch.setattr("generations.telling.looks.requests.Ended.news", lambda ended: 1 / 0)
    watch()
    assert told(designer) == [Event.COMMENTED]
    assert "telling/requests could not be told" in caplog.text


def test_twice_as_much_news_costs_as_many_queries(designer: User, team: Team):
    hooked(team)

    def look(count: int) -> int:
        for _number in range(count):
            pictured(made(designer, team))
        with CaptureQueriesContext(connection) as queries:
            watch()
        return len(queries)

    watch()
    assert look(3) == look(6)


def test_what_cannot_be_seen_in_rows_can_be_told_by_hand(viewer: User, designer: User, team: Team):
    for _time in range(2):
        tell(Event.OFF, [viewer, designer], "a key", team=team, host="example.com")
    assert told(viewer) == told(designer) == [Event.OFF]


@pytest.mark.sqlite
def test_looking_goes_through_no_table_from_end_to_end(designer: User, reviewer: User, admin: User, team: Team):
    """Only small ones: budgets, gates, bookmarks."""
    watch()
    happen(designer, reviewer, admin, team)
    with CaptureQueriesContext(connection) as queries:
        watch()
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                steps = [str(row[3]) for row in cursor.fetchall()]
                assert not [step for step in steps if step.startswith("SCAN") and "USING" not in step and not small(step)], query["sql"]


def small(step: str) -> bool:
    tables = ("budget", "gate", "bookmark", "team", "membership", "user", "webhook", "provideraccount")
    return any(f"generations_{table}" in step for table in tables) or "CONSTANT" in step or "subquery" in step


def test_what_is_due_is_rung_for(viewer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    rung: list[str] = []
    monkeypatch.setattr(jobs, "ring", rung.append)
    watch()
    assert rung == []
    Notice.objects.create(user=viewer, team=team, event=Event.DONE, key="x", mail_at=timezone.now())
    Delivery.objects.create(webhook=hooked(team), event=Event.DONE, key="x", body={})
    watch()
    assert rung == ["letters", "calls"]
    assert all(callable(getattr(tasks, name)) for name in rung)


def test_a_message_grows_and_never_shrinks(viewer: User, team: Team):
    for count in (2, 5, 1):
        publish([News(Event.ASKED, "asked", [viewer], team, details={"by": "Rui", "images": count}, grows="images")])
    assert Notice.objects.get().details["images"] == 5


def test_the_first_of_two_with_one_key_counts(viewer: User, team: Team):
    publish([News(Event.MENTIONED, "comment/1", [viewer], team), News(Event.COMMENTED, "comment/1", [viewer], team)])
    assert told(viewer) == [Event.MENTIONED]


def test_old_messages_go_at_night(viewer: User, team: Team):
    hook, now = hooked(team), timezone.now()
    for days in (1, 89, 91):
        Notice.objects.create(user=viewer, event=Event.DONE, key=str(days), at=now - timedelta(days=days))
        Delivery.objects.create(webhook=hook, event=Event.DONE, key=str(days), body={}, created_at=now - timedelta(days=days))
    purge(now)
    assert set(Notice.objects.values_list("key", flat=True)) == {"1", "89"}
    assert set(Delivery.objects.values_list("key", flat=True)) == {"1"}
