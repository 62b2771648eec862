import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from generations.models import User
from tests.cast import client_of

pytestmark = pytest.mark.django_db

HOUR = 3600
GALLERY = "http://testserver/gallery/?q=kite"


def test_what_a_stranger_typed_is_shown_to_them():
    answer = Client().post("/generate/", {"prompt": "a red kite", "key": "not-theirs"}, headers={"referer": GALLERY})
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "a red kite" in page
    assert "not-theirs" not in page


def test_after_signing_in_comes_the_page_where_it_was_typed():
    answer = Client().post("/generate/", {"prompt": "a red kite"}, headers={"referer": GALLERY})
    assert "/account/login/?next=http%3A%2F%2Ftestserver%2Fgallery%2F%3Fq%3Dkite" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "https://evil.example/", "http://testserver.evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_else_says_where_to_go_after_signing_in(page: str):
    answer = Client().post("/generate/", {"prompt": "a red kite"}, headers={"referer": page})
    assert 'href="/account/login/?next=%2F"' in answer.content.decode()


def test_a_page_that_asks_is_left_as_it_is():
    answer = Client().post("/gallery/star/", headers={"hx-request": "true", "hx-current-url": GALLERY})
    assert (answer.status_code, answer["HX-Reswap"]) == (401, "none")
    assert "You are signed out." in answer.content.decode()
    assert 'target="_blank"' in answer.content.decode()


def test_a_page_is_got_by_signing_in():
    assert Client().get("/gallery/?q=kite")["Location"] == "/account/login/?next=/gallery/%3Fq%3Dkite"


def stale(user: User, drawn_for: object) -> dict[str, str]:
    """Of a page that was drawn before the last sign-in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    headers = {"hx-request": "true", "x-person": str(drawn_for)}
    answer = client.post("/gallery/star/", {"csrfmiddlewaretoken": "old"}, headers=headers)
    return {"status": str(answer.status_code), "token": answer.get("X-CSRFToken", ""), "page": answer.content.decode()}


def test_an_old_page_of_the_same_person_gets_the_new_token(designer: User):
    assert len(stale(designer, designer.pk)["token"]) == 64


def test_an_old_page_of_somebody_else_does_not(designer: User):
    found = stale(designer, designer.pk + 1)
    assert (found["status"], found["token"]) == ("403", "")
    assert "somebody else" in found["page"]


def visited(user: User, ago: float) -> tuple[Client, bool]:
    """Whether a visit by somebody who signed in so long ago makes their session last longer."""
    client = client_of(user, ago)
    client.cookies["session"]["max-age"] = ""
    before = Session.objects.get().expire_date
    assert client.get("/gallery/").status_code == 200
    return client, Session.objects.get().expire_date > before


def test_a_session_in_use_lasts(designer: User):
    client, longer = visited(designer, 25 * HOUR)
    assert longer
    assert client.cookies["session"]["max-age"] == 7 * 24 * HOUR


def test_a_session_is_not_written_at_every_visit(designer: User):
    client, longer = visited(designer, 23 * HOUR)
    assert not longer
    assert client.cookies["session"]["max-age"] == ""


def test_it_is_written_once_a_day(designer: User):
    client, _longer = visited(designer, 25 * HOUR)
    after = Session.objects.get().expire_date
    client.get("/gallery/")
    assert Session.objects.get().expire_date == after
