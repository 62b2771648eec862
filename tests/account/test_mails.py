from typing import Any

import pytest
from django.test import Client

from generations.models import Event, Team, User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.MAIL = True


def offered(user: User) -> set[str]:
    return {value for value, _label, _on in client_of(user).get("/account/").context["mails"].choices}


def test_people_choose_which_messages_come_by_mail(designer: User):
    assert client_of(designer).post("/account/mails/", {"mails": [Event.DONE, Event.DECIDED]})["Location"] == "/account/"
    designer.refresh_from_db()
    assert {Event.DONE, Event.DECIDED} <= set(designer.mails)
    assert Event.UNKNOWN not in designer.mails


def test_choosing_none_is_a_choice(designer: User):
    client_of(designer).post("/account/mails/", {})
    designer.refresh_from_db()
    assert Event.MENTIONED not in designer.mails


def test_only_what_can_reach_them_is_offered(viewer: User, reviewer: User, admin: User, owner: User):
    assert not offered(viewer) & {Event.ASKED, Event.SPENDING, Event.OFF, Event.PAUSED}
    assert offered(reviewer) - offered(viewer) == {Event.ASKED}
    assert offered(admin) - offered(reviewer) == {Event.SPENDING, Event.OFF}
    assert offered(owner) - offered(admin) == {Event.PAUSED}


def test_what_is_not_offered_stays_as_it_was(designer: User):
    client_of(designer).post("/account/mails/", {"mails": [Event.DONE]})
    designer.refresh_from_db()
    assert Event.SPENDING in designer.mails  # they may become an administrator


def test_made_up_events_change_nothing(designer: User):
    before = designer.mails
    assert client_of(designer).post("/account/mails/", {"mails": ["x"]}).status_code == 400
    designer.refresh_from_db()
    assert designer.mails == before


def test_where_no_mail_is_sent_the_page_says_so(designer: User, settings: Any):
    settings.MAIL = False
    page = client_of(designer).get("/account/").content.decode()
    assert "This studio sends no e-mail." in page
    assert 'name="mails"' not in page


def test_a_visitor_chooses_nothing(team: Team):
    assert Client().post("/account/mails/").status_code == 401
