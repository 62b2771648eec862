"""Rows 70 to 75 of the catalogue of bad inputs, where a designer works: forms that are not ours, or not sent as forms are."""

import re
from itertools import product

import pytest
from django.test import Client

from generations.models import Generation, Mark, Team, User
from tests.cast import client_of
from tests.compose.form import PROMPT, filled, prompt, text
from tests.gallery.routes import ALSO_PAGES, DEEDS, FORMS, LOOKS, PAGES, Things, everything, things

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


@pytest.fixture
def mine(designer: User, team: Team) -> Things:
    return things(designer, team)


# --- 70: where it goes next ---

AWAY = ["//evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example", "\thttps://evil.example"]
WAYS = ["/images/{image}/mark/", "/generations/{generation}/share/", "/generations/{generation}/rerun/", "/gallery/star/"]


def test_one_stays_in_the_studio(client: Client, mine: Things):
    """70"""
    for away, path in product(AWAY, WAYS):
        answer = client.post(path.format_map(mine), {"next": away, "image": mine["image"], "starred": "on", "private": "on"})
        assert answer.status_code == 302, (path, away)
        assert answer["Location"].startswith(("/gallery/", "/")), (path, away)
        assert "evil" not in answer["Location"], (path, away)
        assert not answer["Location"].startswith(("//", "/\\")), (path, away)


# --- 71: under another name ---


HOSTS = ["evil.example", "evil.example:80", "testserver.evil.example", "a b", "[::1"]


def test_the_studio_has_no_other_name(client: Client, mine: Things):
    """71"""
    before, form = everything(), filled()
    for host in HOSTS:
        for path in [*PAGES, *LOOKS]:
            assert client.get(path.format_map(mine), headers={"host": host}).status_code == 400, (path, host)
        for path in [*FORMS, *DEEDS]:
            assert client.post(path.format_map(mine), form, headers={"host": host}).status_code == 400, (path, host)
    assert everything() == before


def test_what_stands_before_it_gives_it_no_other_name(client: Client):
    """71"""
    for path in PAGES:
        assert "evil.example" not in text(client.get(path, headers={"x-forwarded-host": "evil.example"}))


# --- 72: a form that is not ours ---


def guarded(user: User) -> tuple[Client, str]:
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client, re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', text(client.get("/")))[0]


NOT_OURS: dict[str, dict[str, str]] = {
    "72 no token": {},
    "72 another token": {"X-CSRFToken": "x" * 32},
    "72 an old token": {"X-CSRFToken": "a" * 64},
}


@pytest.mark.parametrize("headers", NOT_OURS.values(), ids=NOT_OURS)
def test_a_form_without_its_token_changes_nothing(headers: dict[str, str], designer: User, mine: Things):
    client, _token = guarded(designer)
    before = everything()
    for path in [*FORMS, *DEEDS]:
        answer = client.post(path.format_map(mine), filled(), headers=headers)
        assert (path, answer.status_code) == (path, 403)
        assert "so it was not sent" in text(answer)
    answer = text(client.post("/generate/", filled(), headers=headers))
    assert PROMPT in answer
    assert "Your text is kept here" in answer
    assert everything() == before


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://testserver.evil.example"], ids=lambda origin: f"72 {origin}")
def test_a_form_from_elsewhere_changes_nothing(origin: str, designer: User, mine: Things):
    client, token = guarded(designer)
    before = everything()
    for path in [*FORMS, *DEEDS]:
        answer = client.post(
            path.format_map(mine), filled(), headers={"X-CSRFToken": token, "origin": origin, "sec-fetch-site": "cross-site"}
        )
        assert (path, answer.status_code) == (path, 403)
    assert everything() == before


def test_a_form_with_its_token_is_ours(designer: User):
    """72"""
    client, token = guarded(designer)
    assert client.post("/generate/", filled(), headers={"X-CSRFToken": token, "origin": "http://testserver"}).status_code == 302


# --- 73 and 74: in another way than a form is sent ---


def test_looking_changes_nothing(client: Client, mine: Things):
    """73"""
    before = everything()
    for path in [*FORMS, *DEEDS]:
        expected = {200, 302, 404} if path in ALSO_PAGES else {405}
        query = "?starred=on&private=on&image={image}&offer=x&agreed=1&name=x&prompt=x"
        assert (path, client.get((path + query).format_map(mine)).status_code in expected) == (path, True)
    assert everything() == before


METHODS = ["DELETE", "CONNECT", "STAR"]  # the others: isolation/test_matrix.py
OVERRIDES = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]


def test_other_methods_are_not_offered(client: Client, mine: Things):
    """74"""
    before = everything()
    for method, path in product(METHODS, [*PAGES, *LOOKS, *FORMS, *DEEDS]):
        assert client.generic(method, path.format_map(mine)).status_code == 405, (method, path)
    assert everything() == before


def test_no_header_makes_another_method_of_it(client: Client, mine: Things):
    """74"""
    before = everything()
    for header in OVERRIDES:
        for path in DEEDS:
            assert client.get(path.format_map(mine), headers={header: "POST"}).status_code in (405, 200, 302), (path, header)
        client.post(f"/images/{mine['image']}/mark/?_method=DELETE", {"starred": "on"}, headers={header: "DELETE"})
        assert Mark.objects.get().starred, header
        Mark.objects.all().delete()
        assert everything() == before, header


# --- 75: what is no form ---

BODIES: dict[str, tuple[bytes, str]] = {
    "75 json": (b'{"prompt": "a kite", "engine": "x"}', "application/json"),
    "75 broken json": (b'{"prompt": ', "application/json"),
    "75 text": (b"prompt=a kite", "text/plain"),
    "75 xml": (b"<?xml version='1.0'?><prompt/>", "application/xml"),
    "75 bytes": (b"\0\xff" * 1000, "application/octet-stream"),
    "75 no kind": (b"prompt=a+kite", "x"),
}


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
def test_what_is_no_form_is_not_taken_for_one(body: bytes, kind: str, client: Client, mine: Things):
    before = everything()
    for path in [*FORMS, *DEEDS]:
        answer = client.generic("POST", path.format_map(mine), body, kind)
        assert (path, answer.status_code) == (path, 415)
    assert everything() == before


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded"], ids=["75 nothing", "75 an empty form"])
def test_a_form_of_nothing_starts_nothing(kind: str, client: Client, team: Team):
    for path in FORMS:
        assert client.generic("POST", path, b"", kind).status_code < 500
    answer = client.generic("POST", "/generate/", b"", kind)
    assert answer.status_code == 422
    assert prompt(answer) == ""
    assert not Generation.objects.exists()
