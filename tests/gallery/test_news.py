"""What a page of the gallery hears of pictures that it does not show yet."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from generations import reviewing, search
from generations.gallery import quiet
from generations.gallery.news import MOST
from generations.models import Decision, Image, Membership, Team, User, Verdict
from tests.cast import client_of
from tests.gallery.stock import hung

pytestmark = pytest.mark.django_db


def tag(client: Client, query: str = "", told: int = 0) -> str:
    """What static/js/news.js says that the page shows."""
    page = client.get(f"/gallery/?{query}").content.decode()
    shown = re.findall(r'data-number="(\d+)"', page)
    return f'"{told};{shown[-1] if "next" in page and shown else 0};{" ".join(shown)}"'


def news(client: Client, seen: str, query: str = ""):
    return client.get(f"/gallery/news/?{query}", headers={"HX-Request": "true", "If-None-Match": seen})


def said(client: Client, seen: str, query: str = "") -> str:
    answer = news(client, seen, query)
    words = re.search(r"</svg>([^<]+)</a>", answer.content.decode())
    return words[1] if words else str(answer.status_code)


@pytest.fixture
def seen(designer: User, team: Team) -> str:
    hung(designer, team, count=3)
    return tag(client_of(designer))


def test_the_short_way_knows_the_address():
    assert reverse("gallery_news") == quiet.StillMiddleware.address


def test_where_nothing_is_newer_three_questions_say_so(seen: str, designer: User, django_assert_num_queries):
    client = client_of(designer)
    with django_assert_num_queries(3):
        assert news(client, seen).status_code == 304


def test_the_long_way_says_the_same(seen: str, designer: User, team: Team, settings):
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "quiet" not in one]
    assert said(client_of(designer), seen) == "304"
    hung(designer, team, count=2)
    assert said(client_of(designer), seen) == "2 new images"


def test_only_what_the_filter_shows_is_new(seen: str, designer: User, reviewer: User, team: Team):
    hung(reviewer, team)
    client = client_of(designer)
    assert [said(client, seen, query) for query in ("", "whose=mine", f"person={reviewer.pk}")] == ["1 new image", "304", "1 new image"]


def test_a_page_is_told_once(seen: str, designer: User, team: Team):
    hung(designer, team, count=2)
    client = client_of(designer)
    assert said(client, seen) == "2 new images"
    assert said(client, seen.replace('"0;', '"2;')) == "304"


def test_what_was_told_and_has_gone_is_taken_back(seen: str, designer: User):
    answer = news(client_of(designer), seen.replace('"0;', '"2;'))
    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_a_picture_that_was_announced_before_those_shown_is_new_as_well(designer: User, team: Team):
    late, shown = hung(designer, team)[0], hung(designer, team)[0]
    search.keep.remove([late.pk])
    client = client_of(designer)
    seen = f'"0;0;{shown.pk}"'
    assert said(client, seen) == "304"
    search.renew([late.pk])
    assert said(client, seen) == "1 new image"


def test_many_are_not_counted(seen: str, designer: User, team: Team):
    hung(designer, team, count=MOST + 5)
    assert said(client_of(designer), seen) == "20+ new images"


def test_older_pictures_of_a_page_that_goes_on_are_not_new(designer: User, team: Team):
    hung(designer, team, count=65)
    client = client_of(designer)
    assert said(client, tag(client)) == "304"


def test_what_is_private_is_news_for_nobody_else(designer: User, viewer: User, admin: User, team: Team):
    hung(designer, team)
    seen = tag(client_of(viewer))
    private = hung(designer, team, private=True)[0]
    assert [said(client_of(user), seen) for user in (viewer, admin)] == ["304", "1 new image"]
    Image.objects.filter(pk=private.pk).update(private=False)
    search.renew([private.pk])
    Image.objects.filter(pk=private.pk).update(private=True)  # and nobody told the index
    assert said(client_of(viewer), seen) == "304"


def test_whoever_is_out_learns_nothing(seen: str, designer: User):
    client = client_of(designer)
    Membership.objects.filter(user=designer).delete()
    assert news(client, seen).status_code == 403
    client.logout()
    assert news(client, seen).status_code == 401


@pytest.mark.parametrize("wrong", ["", "x", '"1"', '";;"', '"0;0;1 2 é"', '"0;' + "9" * 40 + ';1"'])
def test_a_list_that_is_none_shows_nothing(wrong: str, seen: str, designer: User):
    assert said(client_of(designer), wrong) == "3 new images"


def test_without_htmx_it_is_the_gallery(designer: User, team: Team):
    assert client_of(designer).get("/gallery/news/?whose=mine")["Location"] == "/gallery/?whose=mine"


# --- deciding from among the pictures ---


def test_a_tile_knows_its_last_decision(designer: User, reviewer: User, team: Team):
    image = hung(designer, team)[0]
    reviewing.ask(Image.objects.all(), designer, team)
    client = client_of(reviewer)
    assert "data-decision" not in client.get("/gallery/").content.decode()
    for number in (1, 2):
        reviewing.decide(image, Verdict.REJECTED, f"No {number}", reviewer, number - 1)
        assert f'class="badge rejected" data-decision="{number}"' in client.get("/gallery/").content.decode()


def test_the_toast_takes_it_back_and_the_badges_follow(designer: User, reviewer: User, team: Team):
    image, client, htmx = hung(designer, team)[0], client_of(reviewer), {"HX-Request": "true"}
    reviewing.ask(Image.objects.all(), designer, team)
    form = {"image": f"{image.uid}:0", "approve": "1", "next": "/gallery/", "undo": "on"}
    answer = client.post("/review/decide/", form, headers=htmx)
    assert answer["HX-Trigger"] == "decided"
    assert f'name="image" value="{image.uid}:1"><input type="hidden" name="next" value="/gallery/">' in answer.content.decode()
    badges = client.post("/gallery/badges/", {"image": str(image.uid)}, headers=htmx).content.decode()
    assert f'innerHTML:#i-{image.uid} .badges"><span class="badge approved" data-decision="1"' in badges
    client.post("/review/take-back/", {"image": f"{image.uid}:1", "next": "/gallery/"}, headers=htmx)
    assert Decision.objects.latest("number").verdict == Verdict.UNDONE
