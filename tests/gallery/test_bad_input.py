"""Rows 65 to 75 of the catalogue of bad inputs, where a designer works: composer, feed, references, gallery, lightbox, collections."""

import re
import time
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from generations.models import Generation, Mark, Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, PROMPT, filled, prompt, text
from tests.gallery.routes import ALSO_PAGES, DEEDS, FORMS, LOOKS, PAGES, Things, nothing, same, things

pytestmark = pytest.mark.django_db

KEPT = ["generation", "image", "upload", "reference", "mark", "collection", "placement", "prompttemplate", "entry", "attempt"]


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


@pytest.fixture
def mine(designer: User, team: Team) -> Things:
    return things(designer, team)


@pytest.fixture
def theirs(stranger: User, other_team: Team) -> Things:
    return things(stranger, other_team)


def everything() -> list[Any]:
    """All that these pages could change."""
    return [list(apps.get_model("generations", name).objects.order_by("pk").values()) for name in KEPT]


# --- 65: what is no number of anything ---

ODD = ["0", "-1", "abc", "9" * 20, "%00", "..%2f..%2fetc%2fpasswd", "０", "1" * 5000]


def test_what_is_no_number_is_not_there(client: Client):
    """65"""
    for odd, path in product(ODD, LOOKS[:6] + LOOKS[7:]):
        answer = client.get(path.format_map(dict.fromkeys(nothing(), odd)))
        assert (answer.status_code, "There is nothing here" in text(answer)) == (404, True), (path, odd[:20])


def test_nothing_is_done_to_what_is_no_number(client: Client):
    """65"""
    for odd, path in product(ODD, DEEDS):
        assert client.post(path.format_map(dict.fromkeys(nothing(), odd))).status_code == 404, (path, odd[:20])


def test_a_picture_has_three_sides_and_no_other(client: Client, mine: Things):
    """65"""
    for side in ("0", "-1", "abc", "321", "9" * 20):
        assert client.get(f"/images/{mine['image']}/{side}.webp").status_code == 404, side


# --- 66: what is a stranger's ---


def test_what_is_a_strangers_looks_like_nothing(client: Client, theirs: Things):
    """66"""
    for path, headers in product(LOOKS, ({}, HTMX)):
        there, nowhere = (same(client.get(path.format_map(those), headers=headers), those) for those in (theirs, nothing()))
        assert (path, there) == (path, nowhere)
        assert (path, there[0]) == (path, 404)


def test_nothing_is_done_to_what_is_a_strangers(client: Client, theirs: Things):
    """66"""
    before = everything()
    for path in DEEDS:
        there, nowhere = (same(client.post(path.format_map(those), {"key": theirs["image"]}), those) for those in (theirs, nothing()))
        assert (path, there) == (path, nowhere)
        assert (path, there[0]) == (path, 404)
    assert everything() == before


FIELDS = [
    ("/uploads/", {"image": "{image}"}),
    ("/uploads/", {"reference": "{upload}"}),
    ("/uploads/", {"crop": "{upload}"}),
    ("/gallery/star/", {"image": "{image}"}),
    ("/gallery/zip/", {"image": "{image}"}),
    ("/gallery/discard/", {"image": "{image}"}),
    ("/gallery/restore/", {"image": "{image}"}),
    ("/gallery/collect/", {"image": "{image}", "collection": "{collection}"}),
    ("/collections/collect/", {"image": "{image}", "collection": "{collection}"}),
    ("/collections/collect/", {"image": "{image}", "name": "Autumn"}),
]


def test_a_strangers_in_a_field_is_nothing_either(designer: User, theirs: Things):
    """66"""
    before = everything()
    for path, fields in FIELDS:
        client = client_of(designer)  # to whom nothing is left to be told
        asked = [{name: value.format_map(those) for name, value in fields.items()} for those in (theirs, nothing())]
        found = [same(client.post(path, one), those) for one, those in zip(asked, (theirs, nothing()), strict=True)]
        assert found[0] == found[1], (path, fields)
        assert everything() == before, (path, fields)


# --- 67 and 68: what is asked of a list ---

UNREAD = ["page=0", "page=9e9&per_page=100000&month=2026-13"]
PLACES = [*UNREAD, "before=0", "before=-1", "before=abc", f"before={'9' * 40}", "before=%00", "before=%F0%28%8C%28"]
PLACES += ["after=9e9", "since=never", "until=0000-00-00", "size=0", "size=abc", "whose=everybody"]


def test_a_list_begins_somewhere_whatever_is_asked(client: Client, mine: Things):
    """67"""
    pages = [*PAGES, f"/collections/{mine['collection']}/", f"/images/{mine['image']}/"]
    for query, path, headers in product(PLACES, pages, ({}, HTMX)):
        assert client.get(f"{path}?{query}", headers=headers).status_code == 200, (path, query[:60])


def test_nobody_is_given_more_than_a_page(client: Client, designer: User, team: Team):
    """67"""
    for _ in range(3):
        things(designer, team)
    pages = [client.get(f"/gallery/?{query}") for query in ("", "per_page=100000&limit=9&page_size=1")]
    assert same(pages[0], {}) == same(pages[1], {})


FOREIGN = ["ordering=user__password", "owner__email__startswith=a", "user__password__startswith=a", "_connector=OR", "_negated=1"]
FOREIGN += ["team=2", "private=0", "generation__prompt__regex=.*", "prompt__contains=kite", "order_by=-bytes"]


def test_fields_of_ours_are_no_filter(client: Client, mine: Things):
    """68"""
    for path in ["/gallery/", "/gallery/trash/", "/collections/", "/references/", "/prompts/", f"/collections/{mine['collection']}/"]:
        plain = same(client.get(path), mine)
        for query in FOREIGN:
            assert same(client.get(f"{path}?{query}"), mine) == plain, (path, query)


# --- 69: what is searched for ---

SEARCHES = [
    "x" * 10_000,
    "风筝" * 5_000,
    "%",
    "_",
    "\\",
    "' OR 1=1 --",
    '"',
    "*",
    "a AND NEAR(",
    "(a+)+$" * 200,
    "\0",
    "-",
    "^",
    "{}",
    "\U0001fa81",
]


@pytest.mark.parametrize(
    ("path", "field"), [("/gallery/", "q"), ("/prompts/", "q"), ("/references/", "search")], ids=lambda part: f"69 {part}"
)
def test_whatever_is_searched_for_is_only_words(path: str, field: str, client: Client, mine: Things):
    client.get(path, {field: "kite"})
    for words in SEARCHES:
        began = time.process_time()
        assert client.get(path, {field: words}).status_code == 200, words[:20]
        assert time.process_time() - began < 0.3, words[:20]


def test_no_sign_stands_for_others(client: Client, mine: Things):
    """69"""
    assert mine["image"] in text(client.get("/gallery/", {"q": "kite"}))
    for words in ("%", "_", "' OR 1=1 --", "*"):
        assert mine["image"] not in text(client.get("/gallery/", {"q": words})), words


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


METHODS = ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "STAR"]
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
