from uuid import uuid4

import pytest
from django.http import HttpResponse

from generations.models import Generation, Status, Team, Upload, User
from generations.pipeline.start import start, start_all
from generations.team import spending
from tests.cast import client_of, person
from tests.made import made
from tests.pipeline.studio import order
from tests.team.pages import text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _limited(team: Team) -> None:
    Team.objects.filter(pk=team.pk).update(ask_above=50_000)


@pytest.fixture
def dear(designer: User, team: Team) -> Generation:
    return start(order(designer, team, "ark", "a harbour at night", images=3))


def look(user: User, **query: object) -> str:
    return text(client_of(user).get("/team/spending/", query))


def press(user: User, generation: Generation, act: str, **fields: object) -> HttpResponse:
    headers = fields.pop("headers", {})
    return client_of(user).post(f"/team/spending/{generation.uid}/{act}/", fields, headers=headers)


def status(generation: Generation) -> str:
    return Generation.objects.get(pk=generation.pk).status


def test_it_shows_what_is_asked_for_and_what_it_may_cost(admin: User, team: Team, designer: User, dear: Generation):
    team.budgets.create(hard=1_000_000)
    shown = look(admin)
    for words in ("Dana Designer", "a harbour at night", "Seedream 4.0 · Sandbox ark", "3 images at $0.035 each", "1:1 · 1K"):
        assert words in shown, words
    assert "Allow · $0.105" in shown
    assert "$0.895 left for the team" in shown


def test_it_shows_the_references(admin: User, designer: User, team: Team, dear: Generation):
    sizes = {"format": "jpeg", "width": 800, "height": 600, "bytes": 9}
    upload = Upload.objects.create(team=team, user=designer, sha256="a" * 64, name="plan.jpg", **sizes)
    dear.references.create(position=1, upload=upload)
    assert f"/uploads/{'a' * 64}.webp" in client_of(admin).get("/team/spending/").content.decode()


def test_allowed_it_is_in_line(admin: User, dear: Generation):
    assert press(admin, dear, "allow")["Location"] == "/team/spending/"
    assert status(dear) == Status.QUEUED
    assert "Nothing waits for you" in look(admin)


def test_declined_its_author_reads_why(admin: User, designer: User, dear: Generation):
    assert press(admin, dear, "decline", reason="Take  the small\nsize.").status_code == 302
    assert status(dear) == Status.CANCELLED
    card = text(client_of(designer).get("/feed/", headers=HTMX))
    assert "It was not approved Nothing was sent and nothing was charged. Ada Admin gave this reason: Take the small size." in card


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_without_a_reason_nothing_is_declined(reason: str, admin: User, dear: Generation):
    answer = press(admin, dear, "decline", reason=reason)
    assert (answer.status_code, status(dear)) == (422, Status.ASKING)
    assert ("Say why" in text(answer)) == (not reason.strip())
    assert reason.strip() in answer.content.decode()


def test_the_second_administrator_is_told_who_was_first(admin: User, owner: User, dear: Generation):
    press(owner, dear, "allow")
    for act in ("allow", "decline"):
        answer = press(admin, dear, act, reason="no", headers=HTMX)
        assert answer.status_code == 409
        assert "Olga Owner has allowed it already, at" in text(answer)
    assert status(dear) == Status.QUEUED


def test_what_was_declined_or_withdrawn_meanwhile_is_told(admin: User, designer: User, team: Team, dear: Generation):
    press(admin, dear, "decline", reason="no")
    assert "Ada Admin has declined it already" in text(press(admin, dear, "allow"))
    other = start(order(designer, team, "ark", images=3))
    client_of(designer).post(f"/generations/{other.uid}/stop/")
    assert "Dana Designer has withdrawn it" in text(press(admin, other, "allow"))


def test_what_was_sent_together_can_be_allowed_together(admin: User, designer: User, team: Team):
    batch = uuid4()
    some = [order(designer, team, "ark", f"line {n}", key=uuid4()) for n in range(3)]
    many = start_all([type(one)(**{**vars(one), "batch": batch}) for one in some])
    assert "Allow all 3 that were sent together" in look(admin)
    answer = press(admin, many[0], "allow", together="on", headers=HTMX)
    assert "3 requests are in line, $0.105 held." in text(answer)
    assert {status(one) for one in many} == {Status.QUEUED}


def test_one_of_several_can_be_allowed_alone(admin: User, designer: User, team: Team):
    many = start_all([order(designer, team, "ark", key=uuid4()) for _line in range(2)])
    press(admin, many[0], "allow")
    assert [status(one) for one in many] == [Status.QUEUED, Status.ASKING]


def test_in_a_closed_team_nothing_is_allowed(admin: User, team: Team, dear: Generation):
    Team.objects.update(closed_at=dear.created_at)
    answer = press(admin, dear, "allow")
    assert (answer.status_code, status(dear)) == (422, Status.ASKING)
    assert "Studio North is closed." in text(answer)


# --- who may ---


@pytest.mark.parametrize("act", ["allow", "decline"])
def test_nobody_else_decides(act: str, designer: User, reviewer: User, stranger: User, dear: Generation):
    found = [press(user, dear, act, reason="no").status_code for user in (designer, reviewer, stranger)]
    assert (found, status(dear)) == ([403, 403, 404], Status.ASKING)


def test_another_teams_requests_are_not_shown(stranger: User, dear: Generation):
    assert "a harbour" not in look(stranger)


def test_nothing_is_decided_by_a_link(admin: User, dear: Generation):
    assert {client_of(admin).get(f"/team/spending/{dear.uid}/{act}/").status_code for act in ("allow", "decline")} == {405}


# --- the rail ---


def test_the_rail_counts_what_waits_for_administrators_alone(admin: User, designer: User, dear: Generation):
    assert 'id="asking-rail" class="count">1' in client_of(admin).get("/gallery/").content.decode()
    assert 'id="asking-rail" hidden' in client_of(designer).get("/gallery/").content.decode()


def test_a_decision_brings_the_counts_up_to_date(admin: User, dear: Generation):
    page = press(admin, dear, "allow", headers=HTMX).content.decode()
    assert '<span id="asking-rail" hx-swap-oob="true" hidden>' in page


# --- many of them ---


def test_a_long_list_has_pages_and_the_first_to_ask_comes_first(admin: User, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spending, "PAGE", 2)
    rows = [made(designer, team, Status.ASKING, held=60_000, prompt=f"wish {n}.") for n in range(5)]
    first = look(admin)
    assert ["wish 0." in first, "wish 1." in first, "wish 2." in first] == [True, True, False]
    second = look(admin, after=rows[1].pk)
    assert ["wish 1." in second, "wish 2." in second, "wish 4." in second] == [False, True, False]


def test_twice_the_requests_cost_no_more_queries(admin: User, designer: User, team: Team, django_assert_max_num_queries):
    client = client_of(admin)
    for _wish in range(3):
        made(designer, team, Status.ASKING, held=60_000, batch=uuid4())
    client.get("/team/spending/")
    with django_assert_max_num_queries(20) as first:
        client.get("/team/spending/")
    for n in range(5):
        made(person(f"P{n} P", team, designer.memberships.get().role), team, Status.ASKING, held=60_000, batch=uuid4())
    with django_assert_max_num_queries(len(first)):
        client.get("/team/spending/")
