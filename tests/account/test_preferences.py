import pytest
from django.test import Client

from generations.models import User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_a_theme_is_remembered_with_the_person(designer: User):
    client_of(designer).post("/account/preferences/", {"theme": "dark"})
    assert 'data-theme="dark"' in client_of(designer).get("/").content.decode()


def test_a_language_is_remembered_with_the_person(designer: User):
    client_of(designer).post("/account/preferences/", {"language": "zh-hans"})
    page = client_of(designer).get("/gallery/").content.decode()
    assert 'lang="zh-hans"' in page
    assert "图库" in page


def test_a_visitor_keeps_theirs_in_the_browser():
    client = Client()
    client.post("/account/preferences/", {"theme": "light", "language": "zh-hans"})
    page = client.get("/account/login/").content.decode()
    assert 'data-theme="light"' in page
    assert 'lang="zh-hans"' in page


@pytest.mark.parametrize("given", [{"theme": "neon"}, {"language": "xx"}, {}, {"team": "north"}])
def test_what_is_not_offered_changes_nothing(given: dict[str, str], designer: User):
    client_of(designer).post("/account/preferences/", given)
    designer.refresh_from_db()
    assert (designer.theme, designer.language) == ("system", "")


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", ""])
def test_the_way_back_stays_in_the_studio(elsewhere: str, designer: User):
    answer = client_of(designer).post("/account/preferences/", {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


def test_the_way_back_is_the_page_one_came_from(designer: User):
    answer = client_of(designer).post("/account/preferences/", {"theme": "dark", "next": "/gallery/?x=1"})
    assert answer["Location"] == "/gallery/?x=1"


def test_a_name_can_be_changed_and_not_emptied(designer: User):
    assert client_of(designer).post("/account/", {"name": "Dana D."}).status_code == 302
    assert client_of(designer).post("/account/", {"name": " "}).status_code == 422
    designer.refresh_from_db()
    assert designer.name == "Dana D."


def test_nobody_makes_themselves_an_administrator(designer: User):
    client_of(designer).post("/account/", {"name": "Dana", "is_superuser": "on", "is_staff": "on", "email": "x@example.com"})
    designer.refresh_from_db()
    assert not designer.is_superuser
    assert designer.email == "dana@example.com"
