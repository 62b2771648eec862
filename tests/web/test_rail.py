import re

import pytest
from django.test import Client

from generations.models import Role, Team, User
from generations.people import add_member
from generations.web import rail
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rail, "kept", {})


def read(client: Client, path: str = "/gallery/") -> str:
    return client.get(path).content.decode()


def test_it_is_drawn_once_for_each_way_it_looks(designer: User, monkeypatch: pytest.MonkeyPatch):
    client = client_of(designer)
    read(client)
    monkeypatch.setattr(rail, "render_to_string", lambda *_words: pytest.fail("It was drawn again."))
    assert "Dana Designer" in read(client)


def test_what_belongs_to_one_request_is_never_kept(designer: User):
    client = client_of(designer)
    first, second = read(client, "/gallery/?q=kite"), read(client, "/gallery/?q=%3Cb%3E")
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)) for page in (first, second)]
    assert tokens[0].isdisjoint(tokens[1])
    assert "\ue000" not in first + second
    assert 'name="next" value="/gallery/?q=kite"' in first
    assert 'name="next" value="/gallery/?q=%3Cb%3E"' in second


def test_everybody_has_their_own(designer: User, owner: User):
    assert "/administration/" not in read(client_of(designer))
    assert "/administration/" in read(client_of(owner))


def test_a_change_shows_at_once(designer: User, other_team: Team):
    client = client_of(designer)
    assert "Studio South" not in read(client)
    add_member(designer, other_team, Role.VIEWER)
    assert "Studio South" in read(client)


def test_what_is_kept_is_bounded(designer: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rail, "MOST", 2)
    client = client_of(designer)
    for path in ("/gallery/", "/", "/collections/", "/usage/"):
        read(client, path)
    assert len(rail.kept) <= 2
