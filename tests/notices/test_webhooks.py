import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from generations import vault
from generations.models import Delivery, Event, JournalLine, Team, User, Webhook
from generations.telling.news import delivery
from tests.cast import client_of
from tests.providers.server import Server, say
from tests.telling.conftest import hooked, serve  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

Serve = Callable[..., Server]
FORM = {"url": "https://hooks.example.com/seedbed?token=x", "events": [Event.DONE, Event.FAILED]}


def add(user: User, **changes: Any) -> HttpResponse:
    return client_of(user).post("/team/webhooks/", {**FORM, **changes})


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_team_administrator_adds_one_and_sees_its_secret_once(admin: User, team: Team):
    page = add(admin).content.decode()
    hook = Webhook.objects.get()
    (secret,) = re.findall(r'id="secret" value="(whsec_[\w-]+)"', page)
    assert (vault.open(hook.secret), hook.team, hook.events) == (secret, team, FORM["events"])
    assert secret not in hook.secret
    assert secret not in client_of(admin).get(f"/team/webhooks/{hook.uid}/").content.decode()
    line = JournalLine.objects.get(deed="webhook.add")
    assert (line.actor, line.subject) == (admin.pk, f"webhook/{hook.pk}")
    assert "hooks.example.com" not in str(line.details)


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer"])
def test_nobody_else_may(who: str, request: pytest.FixtureRequest):
    assert add(request.getfixturevalue(who)).status_code == 403
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("path", ["", "test/", "switch/", "delete/", "deliveries/{delivery}/resend/"])
def test_one_of_another_team_is_not_there(path: str, admin: User, stranger: User, team: Team):
    hook = hooked(team)
    one = sent(hook)
    assert client_of(stranger).post(f"/team/webhooks/{hook.uid}/{path.format(delivery=one.uid)}").status_code == 404
    assert Webhook.objects.get().active


def sent(hook: Webhook, **fields: Any) -> Delivery:
    one = delivery(hook, Event.DONE, f"key/{Delivery.objects.count()}", {}, hook.team)
    for name, value in fields.items():
        setattr(one, name, value)
    one.save()
    return one


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"url": "http://hooks.example.com/"}, "Only https links are accepted."),
    ({"url": "https://hooks.example.com:8443/"}, "The link contains parts that are not allowed."),
    ({"url": "https://user:secret@hooks.example.com/"}, "The link contains parts that are not allowed."),
    ({"url": "ftp://hooks.example.com/"}, "Only https links are accepted."),
    ({"url": "hooks"}, "Only https links are accepted."),
    ({"url": ""}, "This field is required."),
    ({"url": "https://x.example/" + "a" * 500}, "at most 500 characters"),
    ({"events": []}, "Choose at least one event."),
    ({"events": ["account.paused"]}, "not one of the available choices"),
]


def test_a_bad_one_says_why_keeps_what_was_typed_and_writes_nothing(admin: User):
    for given, sentence in WRONG:
        answer = add(admin, **given)
        page = answer.content.decode()
        assert (answer.status_code, sentence in page) == (422, True), given
        assert given.get("url", FORM["url"]) in page, given
    assert not Webhook.objects.exists()


def test_a_team_has_ten_at_most(admin: User, team: Team, other_team: Team):
    for hooks_of in (team, other_team):
        for _number in range(10):
            hooked(hooks_of)
    answer = add(admin)
    assert answer.status_code == 422
    assert "A team has at most 10 webhooks, and this one has 10." in answer.content.decode()


def test_an_operator_may_name_a_host_in_the_own_network(admin: User, settings: Any):
    settings.WEBHOOK_HOSTS = ["chat.internal"]
    assert add(admin, url="http://chat.internal:8065/hooks/1").status_code == 200


def test_address_and_events_can_be_changed(admin: User, team: Team):
    hook = hooked(team)
    client_of(admin).post(f"/team/webhooks/{hook.uid}/", {"url": "https://new.example.com/", "events": [Event.DONE]})
    hook.refresh_from_db()
    assert (hook.url, hook.events) == ("https://new.example.com/", [Event.DONE])
    assert JournalLine.objects.get(deed="webhook.change").details == {"changed": ["url", "events"]}


def test_a_test_says_what_was_answered(admin: User, team: Team, serve: Serve):  # noqa: F811
    server = serve()
    hook = hooked(team, f"{server.address}/", events=[Event.DONE])
    answer = client_of(admin).post(f"/team/webhooks/{hook.uid}/test/", follow=True)
    assert said(answer) == ["It was heard. Answer: 200 thanks"]
    assert server.requests[0].headers["Seedbed-Event"] == "webhook.test"


def test_a_test_that_fails_says_why(admin: User, team: Team, serve: Serve):  # noqa: F811
    server = serve(lambda plug, seen: plug.sendall(say(302, location="/elsewhere")))
    hook = hooked(team, f"{server.address}/")
    assert said(client_of(admin).post(f"/team/webhooks/{hook.uid}/test/", follow=True)) == ["It was not heard: 302"]


def test_a_call_can_be_sent_again(admin: User, team: Team, serve: Serve):  # noqa: F811
    server = serve()
    hook = hooked(team, f"{server.address}/")
    one = sent(hook, due_at=None, tries=8, said="500 sorry")
    answer = client_of(admin).post(f"/team/webhooks/{hook.uid}/deliveries/{one.uid}/resend/", follow=True)
    assert said(answer) == ["It was heard. Answer: 200 thanks"]
    one.refresh_from_db()
    assert (one.tries, bool(one.heard_at)) == (1, True)
    assert server.requests[0].headers["Seedbed-Delivery"] == str(one.uid)


def test_switching_off_ends_what_is_in_line_and_on_begins_anew(admin: User, team: Team):
    hook = hooked(team, failing_since=timezone.now())
    sent(hook)
    for wanted in ("off", "off", "on"):
        client_of(admin).post(f"/team/webhooks/{hook.uid}/switch/", {"active": wanted})
        hook.refresh_from_db()
        assert hook.active is (wanted == "on")
        assert Delivery.objects.get().due_at is None
    assert hook.failing_since is None
    assert JournalLine.objects.filter(deed="webhook.change").count() == 2


def test_deleting_one_deletes_what_was_sent_to_it(admin: User, team: Team):
    hook = hooked(team)
    sent(hook)
    assert client_of(admin).post(f"/team/webhooks/{hook.uid}/delete/")["Location"] == "/team/webhooks/"
    assert not Delivery.objects.exists()
    assert JournalLine.objects.get(deed="webhook.change").details == {"deleted": True}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "on"),
        ({"failing_since": timedelta(hours=1)}, "last call not heard"),
        ({"failing_since": timedelta(days=2)}, "failing since"),
        ({"active": False}, "off"),
    ],
)
def test_the_list_says_how_each_is(fields: dict[str, Any], state: str, admin: User, team: Team):
    if "failing_since" in fields:
        fields = {"failing_since": timezone.now() - fields["failing_since"]}
    hooked(team, **fields)
    found = client_of(admin).get("/team/webhooks/").context["hooks"]
    assert found[0]["state"].startswith(state)


def test_the_page_shows_the_last_calls(admin: User, team: Team):
    hook, now = hooked(team), timezone.now()
    sent(hook, heard_at=now, due_at=None, said="200 <b>fine</b>")
    sent(hook, tries=2, due_at=now, said="500 oh")
    sent(hook, due_at=None, tries=8)
    sent(hook)
    rows = client_of(admin).get(f"/team/webhooks/{hook.uid}/").context["deliveries"]
    assert [row["state"].split(" at ")[0] for row in rows] == ["in line", "not heard", "again", "heard"]
    assert "<b>fine</b>" not in client_of(admin).get(f"/team/webhooks/{hook.uid}/").content.decode()


def test_twice_the_calls_cost_the_same_queries(admin: User, team: Team, django_assert_num_queries, django_assert_max_num_queries):
    hook, client = hooked(team), client_of(admin)
    sent(hook)
    client.get(f"/team/webhooks/{hook.uid}/")
    with django_assert_max_num_queries(10) as first:
        client.get(f"/team/webhooks/{hook.uid}/")
    for _number in range(40):
        sent(hook)
    with django_assert_num_queries(len(first)):
        assert len(client.get(f"/team/webhooks/{hook.uid}/").context["deliveries"]) == 25


def test_secrets_are_sealed_anew_with_the_others(team: Team):
    from django.core.management import call_command

    hook = hooked(team)
    before = hook.secret
    call_command("rotate_keys")
    hook.refresh_from_db()
    assert hook.secret != before
    assert vault.open(hook.secret) == vault.open(before)
