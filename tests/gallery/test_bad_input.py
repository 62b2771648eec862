"""Rows 65 to 69 of the catalogue of bad inputs, where a designer works: composer, feed, references, gallery, lightbox, collections."""

import time
from itertools import product

import pytest
from django.test import Client

from generations.models import Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, text
from tests.gallery.routes import DEEDS, LOOKS, PAGES, Things, everything, nothing, same, things

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


@pytest.fixture
def mine(designer: User, team: Team) -> Things:
    return things(designer, team)


@pytest.fixture
def theirs(stranger: User, other_team: Team) -> Things:
    return things(stranger, other_team)


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

PLACES = ["before=0", "before=-1", "before=abc", f"before={'9' * 40}", "before=%00", "before=%F0%28%8C%28"]
PLACES += ["page=9e9&per_page=100000&month=2026-13&since=never&size=0", "after=9e9&until=0000-00-00&size=abc&whose=everybody&page=0"]


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
        assert same(client.get(f"{path}?{'&'.join(FOREIGN)}"), mine) == same(client.get(path), mine), path


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
