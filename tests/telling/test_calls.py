import json
from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from generations.models import Delivery, Event, JournalLine, Notice, Team, User, Webhook
from generations.providers.meter import Limits
from generations.telling import calls
from generations.telling.news import delivery
from tests.providers.server import Server, say
from tests.telling.conftest import SECRET, hooked, told
from tests.telling.test_docs import genuine

pytestmark = pytest.mark.django_db

Serve = Callable[..., Server]


def told_of(hook: Webhook, key: str = "1", **fields: Any) -> Delivery:
    one = delivery(hook, Event.DONE, key, {"kind": "generation", "prompt": "一只风筝"}, hook.team)
    for name, value in fields.items():
        setattr(one, name, value)
    one.save()
    return one


def at(server: Server, team: Team, **fields: Any) -> Webhook:
    return hooked(team, f"{server.address}/hook?token=a%20b&x=", **fields)


def test_a_call_is_signed_and_heard(serve: Serve, team: Team):
    server = serve()
    one = told_of(at(server, team))
    calls.make_calls()
    (seen,) = server.requests
    assert seen.line == "POST /hook?token=a%20b&x= HTTP/1.1"
    assert (seen.headers["Seedbed-Event"], seen.headers["Seedbed-Delivery"]) == ("generation.done", str(one.uid))
    assert genuine(SECRET, seen.headers["Seedbed-Signature"], seen.body)
    assert json.loads(seen.body) == {
        "id": str(one.uid),
        "event": "generation.done",
        "at": one.created_at.isoformat(),
        "team": {"slug": "north", "name": "Studio North"},
        "subject": {"kind": "generation", "prompt": "一只风筝"},
    }
    one.refresh_from_db()
    assert (one.said, one.due_at, one.tries, bool(one.heard_at)) == ("200 thanks", None, 1, True)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (say(500, b"<h1>\x00\xff sorry</h1>"), "500 <h1> � sorry</h1>"),
        (say(404), "404"),
        (say(302, location="https://elsewhere.example/"), "302"),
        (b"nonsense\r\n\r\n", "The answer is not proper HTTP."),
        (b"", "The connection was closed without an answer."),
    ],
)
def test_what_is_not_heard_is_called_again(answer: bytes, said: str, serve: Serve, team: Team):
    server = serve(lambda plug, seen: plug.sendall(answer) or True)
    one = told_of(at(server, team))
    calls.make_calls()
    one.refresh_from_db()
    assert one.said == said
    assert one.due_at
    assert timedelta(seconds=5) < one.due_at - timezone.now() <= timedelta(seconds=10)
    assert Webhook.objects.get().failing_since
    assert len(server.requests) == 1


def test_it_is_repeated_after_longer_and_longer_times_with_the_same_id(serve: Serve, team: Team):
    server = serve(lambda plug, seen: plug.sendall(say(503)))
    one, waits = told_of(at(server, team)), []
    while one.due_at:
        Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        calls.make_calls()
        one.refresh_from_db()
        waits.append(round((one.due_at - timezone.now()).total_seconds()) if one.due_at else None)
    assert waits == [10, 60, 300, 1800, 7200, 21600, 86400, None]
    assert {seen.headers["Seedbed-Delivery"] for seen in server.requests} == {str(one.uid)}


def test_an_answer_that_is_too_long_is_heard_all_the_same(serve: Serve, team: Team):
    one = told_of(at(serve(lambda plug, seen: plug.sendall(say(200, b"x" * 70_000))), team))
    calls.make_calls()
    one.refresh_from_db()
    assert one.heard_at


def test_a_program_that_never_answers_holds_nobody_up(serve: Serve, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(calls, "LIMITS", Limits(seconds=2, bytes=1000))
    enough = Signal()
    slow, quick = serve(lambda plug, seen: enough.wait(60)), serve()
    told_of(at(slow, team))
    heard = told_of(at(quick, team))
    calls.make_calls()  # it comes back though one of them still says nothing
    enough.set()
    assert Delivery.objects.get(pk=heard.pk).heard_at
    assert Delivery.objects.exclude(pk=heard.pk).get().said == "No complete answer within 2 seconds."


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.2:8000/", "Only https links are accepted."),
        ("https://127.0.0.2/", "This address is inside the server's network."),
        ("https://169.254.169.254/latest/meta-data/", "This address is inside the server's network."),
        ("https://[::1]/", "This address is inside the server's network."),
        ("https://0177.0.0.1/", "This address is inside the server's network."),
        ("file:///etc/passwd", "Only https links are accepted."),
        ("https://user:password@hooks.example.com/", "The link contains parts that are not allowed."),
    ],
)
def test_nobody_is_sent_into_our_own_network(url: str, said: str, team: Team, settings: Any):
    settings.WEBHOOK_HOSTS = ["127.0.0.1"]
    one = told_of(hooked(team, url))
    calls.make_calls()
    one.refresh_from_db()
    assert one.said == said


def test_one_is_asked_no_more_than_it_can_take(serve: Serve, team: Team):
    """One that does not listen is tried with one call at a time."""
    hook = at(serve(), team, failing_since=timezone.now())
    for number in range(10):
        told_of(hook, str(number))
    assert len(calls.claim(timezone.now())) == 1
    Webhook.objects.update(failing_since=None)
    assert len(calls.claim(timezone.now())) == 4


@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_call(serve: Serve, team: Team):
    server = serve()
    hook = at(server, team)
    for number in range(8):
        told_of(hook, str(number))

    def work() -> None:
        try:
            calls.make_calls()
        finally:
            connection.close()

    workers = [Thread(target=work) for _worker in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len(server.requests) == 8
    assert not Delivery.objects.filter(heard_at=None).exists()


def test_a_worker_that_dies_in_between_is_followed_by_another(serve: Serve, team: Team):
    server = serve()
    told_of(at(server, team))
    now = timezone.now()
    assert calls.claim(now)
    assert calls.claim(now) == []
    assert len(calls.claim(now + calls.LEASE)) == 1


def test_the_late_word_of_a_worker_that_was_overtaken_changes_nothing(serve: Serve, team: Team):
    told_of(at(serve(), team))
    (slow,) = calls.claim(timezone.now())
    (quick,) = calls.claim(timezone.now() + calls.LEASE + timedelta(seconds=1))
    calls.note(quick, calls.Echo(True, "200"))
    calls.note(slow, calls.Echo(False, "500"))
    assert Delivery.objects.get().heard_at
    assert Delivery.objects.get().due_at is None


def test_who_is_heard_again_is_well_again(serve: Serve, team: Team):
    told_of(at(serve(), team, failing_since=timezone.now() - timedelta(days=2)))
    calls.make_calls()
    assert Webhook.objects.get().failing_since is None


def test_after_three_days_of_failures_it_is_switched_off_and_its_team_is_told(serve: Serve, team: Team, admin: User, designer: User):
    server = serve(lambda plug, seen: plug.sendall(say(500)))
    hook = at(server, team, failing_since=timezone.now() - timedelta(days=3, minutes=1))
    told_of(hook, "1")
    told_of(hook, "2")
    calls.make_calls()
    hook.refresh_from_db()
    assert not hook.active
    assert not hook.deliveries.exclude(due_at=None).exists()
    assert (told(admin), told(designer)) == ([Event.OFF], [])
    assert Notice.objects.get().details == {"host": "127.0.0.1"}
    assert JournalLine.objects.get(deed="webhook.change").details == {"changed": ["active"], "active": False}


def test_one_that_is_switched_off_is_not_called(serve: Serve, team: Team):
    server = serve()
    told_of(at(server, team, active=False))
    assert not calls.due(timezone.now())
    calls.make_calls()
    assert server.requests == []
