"""What a team has decided, as it is met in the composer, on cards and wherever a request begins."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from generations.models import EngineChoice, Entry, Generation, Role, Status, Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, filled, reasons, text, value
from tests.compose.looking import buttons, look, note, only, words
from tests.made import ENGINE, asked, made, sandbox

pytestmark = pytest.mark.django_db

OTHER = "gateway/seedream-4.0"
UNUSED = "Your team does not use Seedream 5.0 Lite; pick another."


def home(user: User) -> HttpResponse:
    return client_of(user).get("/")


def send(user: User, form: dict[str, object]) -> HttpResponse:
    return client_of(user).post("/generate/", form)


def priced(*engines: str) -> None:
    for engine in engines or (ENGINE,):
        EngineChoice.objects.create(account=sandbox(engine), engine=engine, price=35_000)


# --- what a request begins with ---


@pytest.mark.parametrize(("private", "chosen"), [(True, True), (False, False)])
def test_a_new_request_is_seen_by_whom_the_team_says(private: bool, chosen: bool, designer: User, team: Team):
    sandbox()
    Team.objects.update(private=private)
    assert ('<option value="on" selected>Only me' in home(designer).content.decode()) is chosen


def test_a_new_request_carries_the_watermark_that_the_team_wants(designer: User, team: Team):
    sandbox(OTHER)
    Team.objects.update(watermark=True)
    assert "checked" in home(designer).content.decode().partition('name="watermark"')[2].partition(">")[0]


def test_whoever_begins_with_a_template_begins_as_the_team_says(designer: User, team: Team):
    sandbox()
    Team.objects.update(private=True)
    client_of(designer).post("/templates/pattern/use/", {"place-0": "swifts"})
    assert '<option value="on" selected>Only me' in home(designer).content.decode()


@pytest.mark.parametrize(("private", "first"), [(True, False), (False, True)])
def test_a_rerun_is_never_seen_by_more_than_the_team_says(private: bool, first: bool, designer: User, team: Team):
    one = made(designer, team, private=first)
    Team.objects.update(private=private)
    client_of(designer).post(f"/generations/{one.uid}/rerun/", {"key": str(uuid4())}, headers=HTMX)
    assert Generation.objects.latest("pk").private


# --- engines ---


@pytest.fixture
def _others(team: Team) -> None:
    sandbox(), sandbox(OTHER)
    Team.objects.filter(pk=team.pk).update(engines=[OTHER])


@pytest.mark.usefixtures("_others")
def test_an_engine_that_the_team_does_not_use_says_so_in_the_menu(designer: User):
    page = home(designer)
    assert value(page, "engine").startswith(OTHER)
    row = text(page).partition("Your team does not use this engine")[0].rpartition("<button")[2]
    assert 'aria-disabled="true"' in row


@pytest.mark.usefixtures("_others")
def test_it_is_refused_however_it_is_sent(designer: User):
    answer = send(designer, filled())
    assert (answer.status_code, reasons(answer), Generation.objects.count()) == (422, [UNUSED], 0)


@pytest.mark.usefixtures("_others")
def test_a_draft_with_it_moves_on_and_says_so(designer: User):
    client = client_of(designer)
    client.post("/composer/", filled(), headers=HTMX)
    page = client.get("/")
    assert value(page, "engine").startswith(OTHER)
    assert "Seedream 5.0 Lite is not offered there any more." in text(page)


@pytest.mark.usefixtures("_others")
@pytest.mark.parametrize("act", ["rerun", "missing"])
def test_what_was_made_with_it_is_not_made_again(act: str, designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, request=asked(images=2))
    assert not [label for label in buttons(only(look(client_of(designer)))) if "Generate the missing" in label]
    answer = client_of(designer).post(f"/generations/{one.uid}/{act}/", {"key": str(uuid4())}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/?from=")
    assert "Your team does not use Seedream 5.0 Lite. Nothing was sent" in text(answer)
    assert Generation.objects.count() == 1


@pytest.mark.usefixtures("_others")
def test_it_is_no_variation(designer: User, team: Team):
    one = made(designer, team, request=asked(engine=OTHER))
    assert "Seedream 5.0 Lite" not in text(client_of(designer).get(f"/generations/{one.uid}/variations/"))


def test_a_team_that_uses_nothing_that_is_there_is_told_so(designer: User, team: Team):
    sandbox()
    Team.objects.update(engines=["ark/seedream-4.0"])
    assert UNUSED in reasons(home(designer))


# --- a closed team ---


def test_a_closed_team_says_so_instead_of_generating(designer: User, team: Team):
    sandbox()
    Team.objects.update(closed_at="2026-01-01T00:00:00Z")
    sentence = "Studio North is closed. What there is can be looked at; nothing new is made."
    assert sentence in reasons(home(designer))
    assert (send(designer, filled()).status_code, Generation.objects.count()) == (422, 0)


@pytest.mark.parametrize("act", ["rerun", "missing", "resend"])
def test_in_a_closed_team_nothing_is_sent_once_more(act: str, designer: User, team: Team):
    one = made(designer, team, Status.UNKNOWN)
    Team.objects.update(closed_at="2026-01-01T00:00:00Z")
    given = {"key": str(uuid4()), "accept": "on"}
    answer = client_of(designer).post(f"/generations/{one.uid}/{act}/?attempt=1", given, headers=HTMX)
    assert answer.status_code in (403, 422)
    one.refresh_from_db()
    assert (Generation.objects.count(), one.status) == (1, Status.UNKNOWN)


# --- what is dear ---


@pytest.fixture
def _dear(team: Team) -> None:
    priced()
    Team.objects.filter(pk=team.pk).update(ask_above=50_000)


@pytest.mark.usefixtures("_dear")
def test_the_composer_says_that_somebody_is_asked_first(designer: User, admin: User):
    form = filled(images="2")
    page = text(client_of(designer).post("/composer/", form, headers=HTMX))
    assert "Above $0.05 a team administrator is asked first. Nothing is sent before." in page
    assert "Ask for approval" in page
    for user, sheet in ((designer, filled(images="1")), (admin, form)):
        assert "asked first" not in text(client_of(user).post("/composer/", sheet, headers=HTMX))


@pytest.mark.usefixtures("_dear")
def test_what_is_dear_waits_and_its_card_says_so(designer: User):
    assert send(designer, filled(images="2")).status_code == 302
    assert (Generation.objects.get().status, Entry.objects.get().amount) == (Status.ASKING, 70_000)
    card = only(look(client_of(designer)))
    assert "Waits for approval Up to $0.07 is held; nothing has been sent." in note(card)
    assert (buttons(card), "$0.07 held" in words(card)) == (["Withdraw"], True)


@pytest.mark.usefixtures("_dear")
def test_others_see_that_it_waits_and_administrators_where_to_decide(designer: User, reviewer: User, admin: User):
    send(designer, filled(images="2"))
    found = [buttons(only(look(client_of(user), "/feed/?whose=team"))) for user in (reviewer, admin)]
    assert found == [[], ["Allow or decline"]]


@pytest.mark.usefixtures("_dear")
def test_withdrawn_it_ends_and_costs_nothing(designer: User):
    send(designer, filled(images="2"))
    answer = client_of(designer).post(f"/generations/{Generation.objects.get().uid}/stop/", headers=HTMX)
    assert "Cancelled. Nothing was sent, nothing is charged." in text(answer)
    assert (Generation.objects.get().status, Generation.objects.get().held) == (Status.CANCELLED, 0)


@pytest.mark.usefixtures("_dear")
@pytest.mark.parametrize("act", ["rerun", "missing"])
def test_what_is_dear_waits_also_as_a_rerun(act: str, designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, request=asked(images=2))
    client_of(designer).post(f"/generations/{one.uid}/{act}/", {"key": str(uuid4())}, headers=HTMX)
    assert Generation.objects.latest("pk").status == Status.ASKING


@pytest.mark.usefixtures("_dear")
def test_a_batch_of_small_ones_is_dear_together(designer: User):
    form = filled(prompt="one\ntwo", batch="on")
    page = text(send(designer, form))
    assert "a team administrator is asked first" in page
    send(designer, {**form, "agreed": page.partition('name="agreed" value="')[2].partition('"')[0]})
    assert list(Generation.objects.values_list("status", flat=True)) == [Status.ASKING] * 2


@pytest.mark.usefixtures("_dear")
@pytest.mark.parametrize(("role", "code"), [(Role.DESIGNER, 403), (Role.ADMIN, 200)])
def test_what_is_dear_is_sent_a_second_time_by_administrators_only(role: Role, code: int, designer: User, team: Team):
    one = made(designer, team, Status.UNKNOWN, request=asked(images=2), price=35_000)
    designer.memberships.update(role=role)
    offered = [label for label in buttons(only(look(client_of(designer)))) if "Send again" in label]
    answer = client_of(designer).post(f"/generations/{one.uid}/resend/?attempt=1", {"accept": "on"}, headers=HTMX)
    assert (answer.status_code, bool(offered)) == (code, code == 200)
