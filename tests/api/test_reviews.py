"""Reviews and comments."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations.models import Comment, Decision, Image, Review, Scope, Team, User
from tests.api.caller import called
from tests.api.library import shown, waiting

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture
def api(reviewer: User) -> Client:
    return called(reviewer)


def queue(api: Client, query: str = "") -> list[str]:
    answer = api.get(f"/api/reviews?{query}")
    assert answer.status_code == 200, answer.content
    return [one["image"]["id"] for one in answer.json()["items"]]


def decide(api: Client, image: Image, verdict: str = "approved", **body: Any):
    said = {"verdict": verdict, "sha256": image.sha256, **body}
    return api.post(f"/api/images/{image.uid}/decisions", said, content_type=JSON)


def test_first_come_first_shown(api: Client, designer: User, team: Team):
    images = [str(waiting(designer, team).uid) for _each in range(3)]
    shown(designer, team)
    assert queue(api) == images


def test_pages_follow_one_another_while_it_is_decided(api: Client, designer: User, team: Team):
    images = [waiting(designer, team) for _each in range(4)]
    first = api.get("/api/reviews?limit=2").json()
    for image in images[:2]:
        assert decide(api, image).status_code == 201
    assert [one["image"]["id"] for one in api.get(first["next"]).json()["items"]] == [str(one.uid) for one in images[2:]]


def test_twice_as_many_are_the_same_queries(api: Client, designer: User, team: Team):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert queue(api)
        return len(caught)

    waiting(designer, team)
    queue(api)
    before = queries()
    for _each in range(3):
        waiting(designer, team)
    assert queries() == before


def test_by_whose_it_is_and_what(api: Client, designer: User, viewer: User, team: Team):
    mine, theirs = (
        waiting(designer, team),
        waiting(viewer, team, broken=[{"name": "size", "promised": "1", "delivered": "2"}], flagged=True),
    )
    assert queue(api, f"person={designer.pk}") == [str(mine.uid)]
    assert queue(api, "broken=true") == [str(theirs.uid)]
    assert queue(api, "flagged=true") == [str(theirs.uid)]
    assert queue(api, "engine=nobody/knows") == []


def test_what_is_private_waits_for_its_author(api: Client, designer: User, team: Team):
    hidden = waiting(designer, team, private=True)
    assert queue(api) == []
    assert decide(api, hidden).status_code == 404


def test_a_decision_is_bound_to_the_bytes(api: Client, designer: User, reviewer: User, team: Team):
    image = waiting(designer, team)
    told = decide(api, image, note="Fine").json()
    assert (told["number"], told["verdict"], told["sha256"]) == (1, "approved", image.sha256)
    image.refresh_from_db()
    assert (image.review, image.decision.user) == (Review.APPROVED, reviewer)


def test_other_bytes_are_not_decided_about(api: Client, designer: User, team: Team):
    answer = decide(api, waiting(designer, team), sha256="0" * 64)
    assert (answer.status_code, answer.json()["error"]["code"]) == (412, "other_bytes")
    assert not Decision.objects.exists()


def test_whoever_was_first_is_told(api: Client, admin: User, designer: User, team: Team):
    image = waiting(designer, team)
    decide(called(admin), image)
    answer = decide(api, image, "rejected", note="Too dark")
    assert (answer.status_code, answer.json()["error"]["code"]) == (412, "decided")
    assert "Ada Admin" in answer.json()["error"]["message"]
    assert decide(api, image, "rejected", note="Too dark", seen=1).json()["number"] == 2


def test_it_is_taken_back(api: Client, designer: User, team: Team):
    image = waiting(designer, team)
    decide(api, image)
    assert decide(api, image, "undone", seen=1).json()["verdict"] == "undone"
    assert queue(api) == [str(image.uid)]


SENSELESS = [
    {"verdict": "rejected"},
    {"verdict": "rejected", "note": "  "},
    {"verdict": "change"},
    {"verdict": "undone"},
    {"verdict": "fine"},
    {"verdict": 1},
    {"note": "a" * 1001},
    {"seen": -1},
    {"seen": 10**30},
    {"sha256": 7},
]


def test_a_decision_that_makes_no_sense(api: Client, designer: User, team: Team):
    image = waiting(designer, team)
    for body in SENSELESS:
        assert decide(api, image, **{"verdict": "approved", **body}).status_code == 422, body
    assert not Decision.objects.exists()


def test_only_a_token_that_reviews_decides(designer: User, reviewer: User, team: Team):
    image = waiting(designer, team)
    for client in (called(designer), called(reviewer, scopes=(Scope.READ, Scope.GENERATE))):
        assert client.get("/api/reviews").status_code == 403
        assert decide(client, image).status_code == 403
    assert not Decision.objects.exists()


# --- comments ---


def say(api: Client, image: Image, **body: Any):
    return api.post(f"/api/images/{image.uid}/comments", body, content_type=JSON)


def test_a_comment_is_pinned_and_calls_somebody(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    told = say(api, image, text="@Dana the logo is cut off", place={"x": 812, "y": 640}).json()
    assert (told["place"], told["person"]["name"]) == ({"x": 812, "y": 640}, "Rui Reviewer")
    assert list(Comment.objects.get().mentions.all()) == [designer]


def settled(api: Client, image: Image, comment: Any, said: bool = True):
    return api.patch(f"/api/images/{image.uid}/comments/{comment['id']}", {"settled": said}, content_type=JSON)


def test_a_comment_is_settled_and_opened_again(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    comment = say(api, image, text="Too dark").json()
    assert settled(called(designer), image, comment).json()["settled_at"]
    assert Comment.objects.get().resolved_by == designer
    assert settled(called(designer), image, comment, False).json() == comment
    assert settled(api, shown(designer, team), comment).status_code == 404  # of another image


def test_viewers_speak_and_settle_what_they_said_themselves(api: Client, designer: User, viewer: User, team: Team):
    image, vera = shown(designer, team), called(viewer, scopes=(Scope.READ,))
    theirs, hers = say(api, image, text="Too dark").json(), say(vera, image, text="Too bright").json()
    assert settled(vera, image, theirs).status_code == 403
    assert settled(vera, image, hers).json()["settled_at"]


def test_settling_that_makes_no_sense(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    comment = say(api, image, text="Too dark").json()
    for body in ({}, {"settled": None}, {"settled": "yes"}, {"settled": 1}):
        answer = api.patch(f"/api/images/{image.uid}/comments/{comment['id']}", body, content_type=JSON)
        assert (answer.status_code, answer.json()["error"]["param"]) == (422, "settled"), body


def test_a_comment_is_removed_and_its_place_kept_where_others_answered(api: Client, designer: User, admin: User, team: Team):
    image = shown(designer, team)
    first, last = say(api, image, text="Too dark").json(), say(called(designer), image, text="No").json()
    at = f"/api/images/{image.uid}/comments"
    assert [api.delete(f"{at}/{one['id']}").status_code for one in (last, first)] == [403, 204]
    assert called(admin).delete(f"{at}/{last['id']}").status_code == 204
    (kept,) = api.get(at).json()["items"]
    assert (kept["id"], kept["text"], bool(kept["removed_at"])) == (first["id"], "", True)


def test_comments_are_listed_in_order(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    for text in ("First", "Second"):
        say(api, image, text=text)
    first = api.get(f"/api/images/{image.uid}/comments?limit=1").json()
    assert [one["text"] for one in first["items"] + api.get(first["next"]).json()["items"]] == ["First", "Second"]


def test_a_comment_that_makes_no_sense(api: Client, designer: User, team: Team):
    image, nowhere = shown(designer, team), ({"x": 1}, {"x": 1001, "y": 0})
    for body in ({}, {"text": " "}, {"text": "a" * 2001}, *({"text": "x", "place": place} for place in nowhere)):
        assert say(api, image, **body).status_code == 422, body
    assert not Comment.objects.exists()
