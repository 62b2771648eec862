"""Images: found, looked at, marked, put away."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations import search
from generations.models import Decision, Image, Mark, Review, Reviewing, Role, Team, User, Verdict
from generations.web import trash
from tests.api.caller import called
from tests.api.library import shown
from tests.cast import person
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture
def api(designer: User) -> Client:
    return called(designer)


def found(api: Client, query: str = "") -> list[str]:
    answer = api.get(f"/api/images?{query}")
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in answer.json()["items"]]


def patch(api: Client, image: Image, **body: Any):
    return api.patch(f"/api/images/{image.uid}", body, content_type=JSON)


# --- find ---


def test_words_are_found_in_english_and_chinese(api: Client, designer: User, team: Team):
    kite, ink = shown(designer, team, "A red kite"), shown(designer, team, "水墨山水，远处一只风筝")
    assert found(api, "q=Kites") == []
    assert found(api, "q=KIT") == [str(kite.uid)]
    assert found(api, "q=风筝") == [str(ink.uid)]


@pytest.mark.parametrize("engine", ['x") OR ("a', "x')) | (('a", "x'", 'x"', "x\\", "a\0b"])
def test_an_engine_is_a_name_and_nothing_else(api: Client, engine: str):
    assert api.get("/api/images", {"engine": engine}).status_code == 422


def test_they_are_found_by_what_they_are(api: Client, designer: User, viewer: User, team: Team):
    best = shown(designer, team, review=Review.APPROVED, width=2848, height=1600)
    Mark.objects.create(user=designer, image=best, starred=True, rating=4)
    search.renew([best.pk])
    other = shown(viewer, team, broken=[{"name": "size", "promised": "1", "delivered": "2"}], flagged=True)
    for query in ("mine=true", f"person={designer.pk}", "review=approved", "starred=true", "rating=4", "ratio=16:9", "promise=kept"):
        assert found(api, query) == [str(best.uid)], query
    for query in (f"person={viewer.pk}", "promise=broken", "flagged=true"):
        assert found(api, query) == [str(other.uid)], query
    assert found(api, "rating=5") == found(api, "engine=nobody/knows") == found(api, "references=true") == []
    assert len(found(api, "provider=apimart&tier=2K&engine=apimart/seedream-5.0-lite")) == 2


def test_they_are_found_by_day(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    day = image.created_at.date().isoformat()
    assert found(api, f"since={day}&until={day}") == [str(image.uid)]
    assert found(api, "until=2001-01-01") == found(api, "since=2999-01-01") == []


def test_pages_follow_one_another(api: Client, designer: User, team: Team):
    newest = [str(shown(designer, team).uid) for _each in range(5)][::-1]
    walked, address = [], "/api/images?q=kite&limit=2"
    while address:
        page = api.get(address).json()
        walked += [one["id"] for one in page["items"]]
        address = page["next"]
    assert walked == newest


def test_twice_the_images_are_the_same_queries(api: Client, designer: User, team: Team):
    for image in pictured(made(designer, team), 2):
        shown(designer, team, sha256=image.sha256[::-1])
    api.get("/api/images")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert found(api)
        return len(caught)

    before = queries()
    for _each in range(6):
        shown(designer, team)
    assert queries() == before


def test_what_is_private_to_others_or_another_teams_is_not_found(api: Client, admin: User, team: Team, stranger: User, other_team: Team):
    hidden, foreign = shown(admin, team, private=True), shown(stranger, other_team)
    assert found(api) == []
    for image in (hidden, foreign):
        answer = api.get(f"/api/images/{image.uid}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


SENSELESS = (
    *("limit=0", "limit=101", "limit=1e3", "rating=6", "rating=x", "since=yesterday", "since=0001-01-01", "until=9999-12-31"),
    *("ratio=2:1", "tier=9K", "review=fine", "provider=nobody", "promise=both", "person=0", f"person={10**30}", "q=%00"),
    *("cursor=x", "cursor=WzQyXQ:1vM3xk:3mJ0w", f"q={'a' * 201}", "starred=perhaps"),
)


def test_a_question_that_makes_no_sense_is_told_where(api: Client):
    for query in SENSELESS:
        answer = api.get(f"/api/images?{query}")
        assert (answer.status_code, answer.json()["error"]["param"]) == (422, query.partition("=")[0]), query


def test_any_words_may_be_asked_for(api: Client, designer: User, team: Team):
    shown(designer, team)
    for words in ("'; DROP TABLE", '"', "*", "NEAR(", "=alive/1/", "🪁", "%25%5B"):
        assert found(api, f"q={words}") == [], words


# --- look ---


def test_an_image_says_what_was_asked_for_and_what_came(api: Client, designer: User, team: Team):
    image = shown(designer, team, broken=[{"name": "size", "promised": "2048x2048", "delivered": "1024x1024"}], width=1024, height=1024)
    told = api.get(f"/api/images/{image.uid}").json()
    size = next(row for row in told["delivered"] if row["name"] == "size")
    assert (size["verdict"], told["broken"]) == ("broken", ["size"])
    assert (told["prompt"], told["person"]["name"]) == ("A red kite", "Dana Designer")
    assert "/pictures/" in told["url"]


def test_it_says_where_it_comes_from_and_what_came_of_it(api: Client, designer: User, team: Team):
    first = shown(designer, team)
    again = made(designer, team, parent=first.generation)
    (image,) = pictured(again)
    assert api.get(f"/api/images/{first.uid}").json()["lineage"]["reruns"] == [str(again.uid)]
    assert api.get(f"/api/images/{image.uid}").json()["lineage"]["ancestors"] == [str(first.generation.uid)]


def test_it_says_how_it_was_decided(api: Client, designer: User, reviewer: User, team: Team):
    image = shown(designer, team)
    for number, verdict in enumerate((Verdict.CHANGE, Verdict.APPROVED), start=1):
        Decision.objects.create(image=image, number=number, sha256=image.sha256, verdict=verdict, note="Logo", user=reviewer)
    assert [one["verdict"] for one in api.get(f"/api/images/{image.uid}").json()["decisions"]] == ["approved", "change"]


# --- mark ---


def test_stars_and_ratings_are_ones_own(api: Client, designer: User, viewer: User, team: Team):
    image = shown(designer, team)
    assert patch(api, image, starred=True).json()["starred"]
    told = patch(api, image, rating=4, starred=None).json()
    assert (told["starred"], told["rating"]) == (True, 4)
    assert found(api, "starred=true&rating=4") == [str(image.uid)]
    assert called(viewer).get(f"/api/images/{image.uid}").json()["rating"] == 0


def test_a_mark_that_makes_no_sense_changes_nothing(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    for body in ({}, {"rating": 6}, {"rating": "5"}, {"rating": 10**30}, {"starred": "yes"}, {"rating": -1}, {"rating": None}):
        assert patch(api, image, **body).status_code == 422, body
    assert not Mark.objects.exists()


# --- trash ---


def test_into_the_trash_and_out_again(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    for _each in range(2):
        assert api.post(f"/api/images/{image.uid}/trash").status_code == 204
    assert (found(api), found(api, "trash=true")) == ([], [str(image.uid)])
    told = api.get(f"/api/images/{image.uid}").json()
    assert told["url"] is None
    assert told["trashed_at"]
    assert api.post(f"/api/images/{image.uid}/restore").status_code == 204
    assert (found(api), found(api, "trash=true")) == ([str(image.uid)], [])


def test_a_viewer_throws_nothing_away(viewer: User, designer: User, team: Team):
    image, client = shown(designer, team), called(viewer)
    assert client.post(f"/api/images/{image.uid}/trash").status_code == 403
    trash.trash(Image.objects.filter(pk=shown(viewer, team).pk), viewer, team)  # they were a designer then
    assert found(client, "trash=true") == []


def test_what_others_made_is_thrown_away_by_administrators_alone(designer: User, admin: User, team: Team):
    image, other = shown(designer, team), called(person("Dora Designer", team, Role.DESIGNER))
    assert other.post(f"/api/images/{image.uid}/trash").status_code == 403
    assert Image.objects.get().trashed_at is None
    assert called(admin).post(f"/api/images/{image.uid}/trash").status_code == 204


def test_what_others_threw_away_is_for_administrators(api: Client, designer: User, admin: User, team: Team):
    image = shown(designer, team)
    api.post(f"/api/images/{image.uid}/trash")
    assert called(person("Dora Designer", team, Role.DESIGNER)).post(f"/api/images/{image.uid}/restore").status_code == 404
    assert called(admin).post(f"/api/images/{image.uid}/restore").status_code == 204


# --- ask ---


def test_a_review_is_asked_for_once(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    for _each in range(2):
        assert api.post(f"/api/images/{image.uid}/ask").status_code == 204
    assert found(api, "review=waiting") == [str(image.uid)]


def test_where_nothing_is_reviewed_nobody_is_asked(api: Client, designer: User, team: Team):
    Team.objects.update(review=Reviewing.OFF)
    assert api.post(f"/api/images/{shown(designer, team).uid}/ask").json()["error"]["code"] == "no_reviews"


def test_an_image_that_never_was(api: Client):
    for call in (api.get, api.delete):
        assert call(f"/api/images/{uuid4()}").status_code in (404, 405)
    assert api.get("/api/images/not-an-id").status_code == 404
