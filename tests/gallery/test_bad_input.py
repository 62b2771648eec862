"""Rows 65 to 75 of the catalogue of bad inputs, where a designer works: composer, feed, references, gallery, lightbox, collections."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from generations.models import Generation, Mark, Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, PROMPT, filled, prompt, text
from tests.filed import kept
from tests.gallery.routes import ALSO_PAGES, DEEDS, FORMS, LOOKS, PAGES, Things, nothing, same, things

pytestmark = pytest.mark.django_db

KEPT = ["generation", "image", "upload", "reference", "mark", "collection", "placement", "prompttemplate", "entry", "attempt"]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path) -> Iterator[None]:
    """What is drawn once for all tests is in none of these folders."""
    kept.cache_clear()
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    yield
    kept.cache_clear()


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


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"65 {odd[:12]}")
def test_what_is_no_number_is_not_there(odd: str, client: Client):
    for path in LOOKS[:1] + LOOKS[1:6] + LOOKS[7:]:
        answer = client.get(path.format_map(dict.fromkeys(nothing(), odd)))
        assert (path, answer.status_code) == (path, 404)
        assert "There is nothing here" in text(answer)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: f"65 {odd[:12]}")
def test_nothing_is_done_to_what_is_no_number(odd: str, client: Client):
    for path in DEEDS:
        assert (path, client.post(path.format_map(dict.fromkeys(nothing(), odd))).status_code) == (path, 404)


@pytest.mark.parametrize("side", ["0", "-1", "abc", "321", "9" * 20], ids=lambda side: f"65 {side}")
def test_a_picture_has_three_sides_and_no_other(side: str, client: Client, mine: Things):
    assert client.get(f"/images/{mine['image']}/{side}.webp").status_code == 404


# --- 66: what is a stranger's ---


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["66", "66 htmx"])
def test_what_is_a_strangers_looks_like_nothing(headers: dict[str, str], client: Client, theirs: Things):
    for path in LOOKS:
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


@pytest.mark.parametrize(("path", "fields"), FIELDS, ids=lambda found: f"66 {found}")
def test_a_strangers_in_a_field_is_nothing_either(path: str, fields: dict[str, str], client: Client, theirs: Things):
    before = everything()
    asked = [{name: value.format_map(those) for name, value in fields.items()} for those in (theirs, nothing())]
    found = [same(client.post(path, one), those) for one, those in zip(asked, (theirs, nothing()), strict=True)]
    assert found[0] == found[1]
    assert everything() == before


# --- 67 and 68: what is asked of a list ---

PLACES = ["page=0", "page=9e9", "page=abc", "per_page=100000", "before=0", "before=-1", "before=abc", f"before={'9' * 40}", "after=9e9"]
PLACES += ["since=never", "until=0000-00-00", "size=0", "size=abc", "month=2026-13", "before=%00", "before=%F0%28%8C%28", "whose=everybody"]


@pytest.mark.parametrize("query", PLACES, ids=lambda query: f"67 {query[:20]}")
def test_a_list_begins_somewhere_whatever_is_asked(query: str, client: Client, mine: Things):
    for path in [*PAGES, f"/collections/{mine['collection']}/", f"/images/{mine['image']}/"]:
        for headers in ({}, HTMX):
            assert (path, client.get(f"{path}?{query}", headers=headers).status_code) == (path, 200)


def test_nobody_is_given_more_than_a_page(client: Client, designer: User, team: Team):
    """67"""
    for _ in range(3):
        things(designer, team)
    pages = [client.get(f"/gallery/?{query}") for query in ("", "per_page=100000&limit=9&page_size=1")]
    assert same(pages[0], {}) == same(pages[1], {})


FOREIGN = ["ordering=user__password", "owner__email__startswith=a", "user__password__startswith=a", "_connector=OR", "_negated=1"]
FOREIGN += ["team=2", "private=0", "generation__prompt__regex=.*", "prompt__contains=kite", "order_by=-bytes"]


@pytest.mark.parametrize("query", FOREIGN, ids=lambda query: f"68 {query}")
def test_fields_of_ours_are_no_filter(query: str, client: Client, mine: Things):
    for path in ["/gallery/", "/gallery/trash/", "/collections/", "/references/", "/prompts/", f"/collections/{mine['collection']}/"]:
        plain, asked = (same(client.get(address), mine) for address in (path, f"{path}?{query}"))
        assert plain == asked


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


@pytest.mark.parametrize("words", SEARCHES, ids=lambda words: f"69 {words[:12]!r}")
def test_whatever_is_searched_for_is_only_words(words: str, client: Client, mine: Things):
    client.get("/gallery/?q=kite")
    for path, field in [("/gallery/", "q"), ("/prompts/", "q"), ("/references/", "search")]:
        began = time.process_time()
        assert (path, client.get(path, {field: words}).status_code) == (path, 200)
        assert time.process_time() - began < 0.3


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "*"], ids=lambda words: f"69 {words}")
def test_no_sign_stands_for_others(words: str, client: Client, mine: Things):
    assert mine["image"] in text(client.get("/gallery/", {"q": "kite"}))
    assert mine["image"] not in text(client.get("/gallery/", {"q": words}))


# --- 70: where it goes next ---

AWAY = ["//evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil.example", "\thttps://evil.example"]
WAYS = ["/images/{image}/mark/", "/generations/{generation}/share/", "/generations/{generation}/rerun/", "/gallery/star/"]


@pytest.mark.parametrize("away", AWAY, ids=lambda away: f"70 {away.strip()}")
def test_one_stays_in_the_studio(away: str, client: Client, mine: Things):
    for path in WAYS:
        answer = client.post(path.format_map(mine), {"next": away, "image": mine["image"], "starred": "on", "private": "on"})
        assert (path, answer.status_code) == (path, 302)
        assert answer["Location"].startswith(("/gallery/", "/"))
        assert "evil" not in answer["Location"]
        assert not answer["Location"].startswith(("//", "/\\"))


# --- 71: under another name ---


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "testserver.evil.example", "a b", "[::1"], ids=lambda host: f"71 {host}"
)
def test_the_studio_has_no_other_name(host: str, client: Client, mine: Things):
    before = everything()
    for path in [*PAGES, *LOOKS]:
        assert client.get(path.format_map(mine), headers={"host": host}).status_code == 400
    for path in [*FORMS, *DEEDS]:
        assert client.post(path.format_map(mine), filled(), headers={"host": host}).status_code == 400
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


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "STAR"], ids=lambda method: f"74 {method}")
def test_other_methods_are_not_offered(method: str, client: Client, mine: Things):
    before = everything()
    for path in [*PAGES, *LOOKS, *FORMS, *DEEDS]:
        assert (path, client.generic(method, path.format_map(mine)).status_code) == (path, 405)
    assert everything() == before


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"], ids=lambda header: f"74 {header}")
def test_no_header_makes_another_method_of_it(header: str, client: Client, mine: Things):
    before = everything()
    for path in DEEDS:
        assert client.get(path.format_map(mine), headers={header: "POST"}).status_code in (405, 200, 302)
    client.post(f"/images/{mine['image']}/mark/?_method=DELETE", {"starred": "on"}, headers={header: "DELETE"})
    assert Mark.objects.get().starred
    Mark.objects.all().delete()
    assert everything() == before


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
