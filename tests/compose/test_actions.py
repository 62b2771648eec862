import re
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import (
    Attempt,
    Charge,
    Collection,
    EngineChoice,
    Generation,
    JournalLine,
    Outcome,
    Reference,
    Role,
    Status,
    Team,
    Upload,
    User,
)
from generations.people import add_member
from tests.cast import client_of
from tests.compose.looking import html, look, words
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db

ACTIONS = ["rerun", "missing", "stop", "check-again", "resend", "came", "not-came"]
BOUND = ("resend", "came", "not-came")  # to the attempt that the card showed
HTMX = {"HX-Request": "true"}


def press(user: User | Client, generation: Generation, action: str, htmx: bool = True, **fields: Any) -> Any:
    client = user if isinstance(user, Client) else client_of(user)
    shown = f"?attempt={generation.attempts.latest('number').number}" if action in BOUND else ""
    path = f"/generations/{generation.uid}/{action}/{shown}"
    return client.post(path, fields or {"key": str(uuid4())}, headers=HTMX if htmx else {})


def status(generation: Generation) -> str:
    return Generation.objects.get(pk=generation.pk).status


def newest() -> Generation:
    return Generation.objects.latest("pk")


def doubtful(user: User, team: Team, **fields: Any) -> Generation:
    one = made(user, team, Status.UNKNOWN, **fields)
    Attempt.objects.filter(generation=one).update(outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN, sent_at=timezone.now())
    return one


# --- who may ---


@pytest.mark.parametrize("action", ACTIONS)
def test_other_teams_requests_are_not_there(action: str, stranger: User, designer: User, team: Team):
    stranger.is_superuser = True
    stranger.save()
    assert press(stranger, made(designer, team), action).status_code == 404


@pytest.mark.parametrize("action", ACTIONS[:5])
def test_private_requests_are_not_there(action: str, reviewer: User, designer: User, team: Team):
    assert press(reviewer, made(designer, team, private=True), action).status_code == 404


@pytest.mark.parametrize("action", ACTIONS)
def test_a_viewer_does_nothing(action: str, viewer: User, designer: User, team: Team):
    assert press(viewer, made(designer, team), action).status_code == 403
    assert Generation.objects.count() == 1


@pytest.mark.parametrize("action", ["came", "not-came"])
def test_the_bill_is_for_site_administrators(action: str, admin: User, team: Team):
    assert press(admin, doubtful(admin, team), action).status_code == 403


@pytest.mark.parametrize("action", ["stop", "resend"])
def test_over_others_only_administrators_decide(action: str, reviewer: User, admin: User, designer: User, team: Team):
    one = made(designer, team, Status.QUEUED) if action == "stop" else doubtful(designer, team)
    assert press(reviewer, one, action, accept="on").status_code == 403
    assert press(admin, one, action, accept="on").status_code == 200


@pytest.mark.parametrize("action", ACTIONS)
def test_looking_changes_nothing(action: str, owner: User, team: Team):
    one = made(owner, team, Status.QUEUED)
    assert client_of(owner).get(f"/generations/{one.uid}/{action}/").status_code == 405
    assert status(one) == Status.QUEUED


# --- what was sent already ---


def test_what_waits_is_cancelled(designer: User, team: Team):
    one = made(designer, team, Status.QUEUED)
    answer = press(designer, one, "stop")
    assert status(one) == Status.CANCELLED
    assert "Cancelled. Nothing was sent, nothing is charged." in words(html(answer))
    assert answer["HX-Trigger"] == "feed:changed"


def test_what_was_sent_is_only_not_waited_for(designer: User, team: Team):
    one = made(designer, team, Status.WAITING)
    assert "What still comes is kept." in words(html(press(designer, one, "stop")))
    one.refresh_from_db()
    assert (one.status, one.stopped_at is not None) == (Status.WAITING, True)


def test_whoever_comes_second_is_told(designer: User, team: Team):
    one = made(designer, team, Status.QUEUED)
    press(designer, one, "stop")
    answer = press(designer, one, "stop")
    assert answer.status_code == 409
    assert "Too late" in words(html(answer))
    assert answer["HX-Trigger"] == "feed:changed"


def test_anybody_in_the_team_may_ask_again(designer: User, reviewer: User, team: Team):
    one = doubtful(designer, team)
    Attempt.objects.filter(generation=one).update(task="task_1")
    assert press(reviewer, one, "check-again").status_code == 200
    assert status(one) == Status.WAITING


def test_what_nobody_can_answer_is_not_asked(designer: User, team: Team):
    one = doubtful(designer, team, request=asked(engine="gateway/seedream-4.0"))
    assert press(designer, one, "check-again").status_code == 409


def test_sending_again_takes_a_tick(designer: User, team: Team):
    one = doubtful(designer, team)
    assert press(designer, one, "resend").status_code == 422
    assert status(one) == Status.UNKNOWN
    assert press(designer, one, "resend", accept="on").status_code == 200
    assert status(one) == Status.QUEUED


def test_what_the_team_turned_against_is_not_sent_again(designer: User, team: Team):
    one = doubtful(designer, team)
    Team.objects.update(engines=["ark/seedream-4.0"])
    assert press(designer, one, "resend", accept="on").status_code == 422
    assert status(one) == Status.UNKNOWN


@pytest.mark.parametrize(("action", "end"), [("came", Status.FAILED), ("not-came", Status.REFUSED)])
def test_the_bill_ends_the_doubt(action: str, end: Status, owner: User, team: Team):
    one = doubtful(owner, team)
    assert press(owner, one, action).status_code == 200
    assert status(one) == end
    assert JournalLine.objects.filter(actor=owner.pk, subject=f"generation/{one.pk}").exists()


@pytest.mark.parametrize(("first", "second"), [("came", "not-came"), ("not-came", "came"), ("came", "came")])
def test_whoever_decides_a_moment_later_does_not_decide_the_next_attempt(first: str, second: str, owner: User, team: Team):
    one = doubtful(owner, team)
    other = Attempt.objects.create(generation=one, number=2, account=one.account, outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN)
    urls = [re.search(rf'action="([^"]*/{action}/[^"]*)"', look(client_of(owner)))[1] for action in (first, second)]
    assert [client_of(owner).post(url, headers=HTMX).status_code for url in urls] == [200, 409]
    other.refresh_from_db()
    assert (other.charge, status(one)) == (Charge.UNKNOWN, Status.UNKNOWN)


def test_who_names_no_attempt_decides_none(owner: User, team: Team):
    client, one = client_of(owner), doubtful(owner, team)
    for action, shown in product(["resend", "came", "not-came"], ["", "?attempt=", "?attempt=9", "?attempt=-1", "?attempt=%C2%B2"]):
        answer = client.post(f"/generations/{one.uid}/{action}/{shown}", {"accept": "on"}, headers=HTMX)
        assert (answer.status_code, status(one)) == (409, Status.UNKNOWN), (action, shown)


def test_who_accepted_to_pay_twice_has_not_accepted_to_pay_three_times(owner: User, team: Team):
    one = doubtful(owner, team)
    Attempt.objects.create(generation=one, number=2, account=one.account, outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN)
    answer = client_of(owner).post(f"/generations/{one.uid}/resend/?attempt=1", {"accept": "on"}, headers=HTMX)
    assert (answer.status_code, status(one), one.attempts.count()) == (409, Status.UNKNOWN, 2)


# --- as a new request ---


def test_a_rerun_is_the_same_request_anew(designer: User, team: Team):
    one = made(designer, team, request=asked("A kite", images=3, ratio="16:9"))
    answer = press(designer, one, "rerun")
    assert (newest().request, newest().parent, newest().status) == (one.request, one, Status.QUEUED)
    assert "in line as a new request" in words(html(answer))


def test_a_rerun_takes_its_references_along(designer: User, team: Team):
    upload = Upload.objects.create(team=team, user=designer, sha256="a" * 64, format="png", width=900, height=900, bytes=1000)
    one = made(designer, team, request=asked(references=(upload.asked(),)))
    press(designer, one, "rerun")
    assert list(Reference.objects.filter(generation=newest()).values_list("upload", flat=True)) == [upload.pk]


def test_a_lost_reference_is_said_and_nothing_is_written(designer: User, team: Team):
    upload = Upload(team=team, user=designer, sha256="b" * 64, format="png", width=900, height=900, bytes=1000)
    one = made(designer, team, request=asked(references=(upload.asked(),)))
    answer = press(designer, one, "rerun")
    assert answer.status_code == 422
    assert "Reference 1 cannot be read; add it again." in words(html(answer))
    assert newest() == one


def test_a_double_click_is_one_request(designer: User, team: Team):
    one, key = made(designer, team), str(uuid4())
    for _click in range(2):
        assert press(designer, one, "rerun", key=key).status_code == 200
    assert Generation.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "../1"])
def test_without_a_key_nothing_is_sent(key: str, designer: User, team: Team):
    assert press(designer, made(designer, team), "rerun", key=key).status_code == 422
    assert Generation.objects.count() == 1


def test_a_used_key_starts_nothing_else(designer: User, team: Team):
    one, other, key = made(designer, team), made(designer, team, request=asked("Another")), str(uuid4())
    press(designer, one, "rerun", key=key)
    assert press(designer, other, "rerun", key=key).status_code == 409


def test_somebody_elses_request_becomes_ones_own(reviewer: User, designer: User, team: Team):
    one = made(designer, team)
    press(reviewer, one, "rerun")
    assert (newest().user, newest().parent) == (reviewer, one)


def test_a_private_request_stays_private(designer: User, team: Team):
    press(designer, made(designer, team, private=True), "rerun")
    assert newest().private


def test_a_rerun_lies_where_the_first_one_does(designer: User, reviewer: User, team: Team):
    own = Collection.objects.create(team=team, user=designer, name="Mine", private=True)
    one = made(designer, team, collection=own)
    press(designer, one, "rerun")
    assert newest().collection == own
    press(reviewer, one, "rerun")
    assert newest().collection is None


def test_only_what_is_missing_is_made(designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, request=asked(images=4))
    pictured(one, 3)
    press(designer, one, "missing")
    assert (newest().images_asked, newest().prompt, newest().parent) == (1, one.prompt, one)


def test_nothing_missing_is_not_made(designer: User, team: Team):
    one = made(designer, team, request=asked(images=2))
    pictured(one, 2)
    assert press(designer, one, "missing").status_code == 409


def test_an_engine_that_is_gone_leads_to_the_composer(designer: User, team: Team):
    one = made(designer, team)
    EngineChoice.objects.create(account=one.account, engine=one.engine, enabled=False)
    answer = press(designer, one, "rerun")
    assert answer["HX-Redirect"] == f"/?from={one.uid}&what=all"
    assert press(designer, one, "rerun", htmx=False)["Location"] == f"/?from={one.uid}&what=all"
    assert Generation.objects.count() == 1


def test_why_it_leads_to_the_composer_is_said_there(designer: User, team: Team):
    one, client = made(designer, team), client_of(designer)
    one.account.enabled = False
    one.account.save()
    press(client, one, "rerun")
    page = html(client.get(f"/?from={one.uid}&what=all"))
    assert "Seedream 5.0 Lite at Sandbox apimart is not available now. Nothing was sent; pick another engine." in words(page)


def test_without_htmx_one_comes_back_to_where_one_was(designer: User, team: Team):
    client = client_of(designer)
    answer = press(client, made(designer, team), "rerun", htmx=False, key=str(uuid4()), next="/gallery/")
    assert answer["Location"] == "/gallery/"
    assert "in line as a new request" in words(html(client.get("/")))


def test_without_htmx_a_refusal_is_said_on_the_page(designer: User, team: Team):
    client = client_of(designer)
    press(client, made(designer, team), "rerun", htmx=False, key="no")
    assert "Your page is old." in words(html(client.get("/")))


def test_a_member_of_two_teams_acts_in_the_one_that_is_open(designer: User, team: Team, other_team: Team):
    add_member(designer, other_team, Role.DESIGNER)
    one = made(designer, other_team, Status.QUEUED)
    assert press(designer, one, "stop").status_code == 404
