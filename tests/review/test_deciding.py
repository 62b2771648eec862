"""The buttons. (c) 78 of the bad inputs: what was decided already is answered by who and when."""

import re

import pytest
from django.test import Client

from generations import reviewing
from generations.models import Decision, Image, Review, Team, User, Verdict
from generations.review import deciding
from tests.cast import client_of
from tests.compose.looking import words
from tests.made import made, pictured
from tests.review.conftest import HTMX, Queue, decide, look, shown, uids

pytestmark = pytest.mark.django_db


def states(*images: Image) -> list[str]:
    found = Image.objects.in_bulk([one.pk for one in images])
    return [found[one.pk].review for one in images]


def test_a_click_approves_and_the_next_one_is_there(queue: Queue, reviewer: User):
    one, two, _three = queue(3)
    answer = decide(reviewer, one)
    assert (answer.status_code, states(one)) == (200, [Review.APPROVED])
    assert shown(answer.content.decode()) == str(two.uid)
    assert "Approved." in words(answer.content.decode())


def test_without_a_script_a_click_leads_to_the_page_of_the_next_one(queue: Queue, reviewer: User):
    one, two = queue(2)
    answer = decide(reviewer, one, htmx=False, query="person=&broken=")
    assert (answer.status_code, answer.url) == (302, f"/review/?image={two.uid}")


def test_from_the_end_of_the_list_it_goes_on_at_its_beginning(queue: Queue, reviewer: User):
    one, two, three = queue(3)
    assert shown(decide(reviewer, three).content.decode()) == str(one.uid)
    decide(reviewer, one)
    assert "Nothing waits for a decision" in words(decide(reviewer, two).content.decode())


def test_the_next_one_is_of_the_same_list(queue: Queue, reviewer: User):
    one = queue(1, late=True)[0]
    queue(1)
    other = queue(1, late=True)[0]
    assert shown(decide(reviewer, one, query="late=1").content.decode()) == str(other.uid)


@pytest.mark.parametrize(
    ("fields", "verdict", "note"),
    [
        ({"reject": "Not our style", "reason": ""}, "rejected", "Not our style"),
        ({"reject": "Not our style", "reason": " too glossy "}, "rejected", "Not our style: too glossy"),
        ({"reject": "", "reason": "Too dark for the tin"}, "rejected", "Too dark for the tin"),
        ({"change": "", "wish": "Crop it", "reason": "not this"}, "change", "Crop it"),
        ({"approve": "1", "reason": "typed and thought better of it"}, "approved", ""),
    ],
)
def test_a_reason_comes_from_a_button_or_is_typed(fields: dict, verdict: str, note: str, queue: Queue, reviewer: User):
    [image] = queue(1)
    assert decide(reviewer, image, **fields).status_code == 200
    made = Decision.objects.get()
    assert (made.verdict, made.note) == (verdict, note)


@pytest.mark.parametrize("fields", [{"reject": "", "reason": " "}, {"change": "", "wish": ""}])
def test_without_a_reason_nothing_is_decided(fields: dict, queue: Queue, reviewer: User):
    image, _next = queue(2)
    answer = decide(reviewer, image, **fields)
    assert (answer.status_code, states(image)) == (422, [Review.WAITING])
    page = answer.content.decode()
    assert shown(page) == str(image.uid)
    assert "data-open" in page


def test_what_is_missing_is_said_once_where_it_is_missing(queue: Queue, reviewer: User):
    [image] = queue(1)
    page = decide(reviewer, image, change="", wish="").content.decode()
    assert page.count("Say what should change.") == 1
    page = decide(reviewer, image, change="", wish="", htmx=False).content.decode()  # nothing opens the box without a script
    assert 'class="toast error"' in page


def test_a_reason_that_is_too_long_is_kept_to_be_shortened(queue: Queue, reviewer: User):
    [image] = queue(1)
    for htmx in (True, False):
        answer = decide(reviewer, image, htmx=htmx, change="", wish="long " * 300)
        assert answer.status_code == 422
        assert "The note has 1499 letters, 1000 fit." in words(answer.content.decode())
        assert "long long" in answer.content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_decided_already_is_answered_by_who_and_when(htmx: bool, queue: Queue, reviewer: User, admin: User):
    image, following = queue(2)
    reviewing.decide(image, Verdict.REJECTED, "Too dark", admin, 0)
    answer = decide(reviewer, image, htmx=htmx)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert re.search(r"Already decided by Ada Admin at \d?\d:\d\d", words(page))
    assert shown(page) == str(following.uid)
    assert states(image) == [Review.REJECTED]


def test_a_reason_for_what_is_decided_already_is_not_thrown_away(queue: Queue, reviewer: User, admin: User):
    image, _next = queue(2)
    reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    page = decide(reviewer, image, reject="", reason="The label is cut off").content.decode()
    assert shown(page) == str(image.uid)
    assert "The label is cut off</textarea>" in page
    assert decide(reviewer, image, seen=1, reject="", reason="The label is cut off").status_code == 200
    assert states(image) == [Review.REJECTED]


def test_several_are_decided_with_one_reason_each_on_its_own(queue: Queue, reviewer: User, admin: User):
    one, two, three, four = queue(4)
    reviewing.decide(two, Verdict.APPROVED, "", admin, 0)
    answer = decide(reviewer, one, two, three, reject="Not our style")
    page = words(answer.content.decode())
    assert (answer.status_code, states(one, two, three, four)) == (200, ["rejected", "approved", "rejected", "waiting"])
    assert "2 images: Rejected." in page
    assert "Already decided by Ada Admin at" in page
    assert Decision.objects.filter(user=reviewer).count() == 2


def test_more_than_one_click_takes_are_left_and_that_is_said(queue: Queue, reviewer: User, monkeypatch):
    monkeypatch.setattr(deciding, "MOST", 2)
    images = queue(3)
    page = words(decide(reviewer, *images).content.decode())
    assert states(*images) == ["approved", "approved", "waiting"]
    assert "One click takes 2 images. 1 is left as it was." in page


def test_all_of_a_request_are_one_field(queue: Queue, reviewer: User):
    images = queue(1, each=4)
    queue(1)
    page = look(reviewer)
    value = re.search(r'name="image" value="([^"]*)" data-whole', page)[1]
    assert value.split() == [f"{one.uid}:0" for one in images]
    client_of(reviewer).post("/review/decide/", {"current": f"{images[0].uid}:0", "image": value, "approve": "1"}, headers=HTMX)
    assert states(*images) == ["approved"] * 4


def test_what_was_decided_last_is_taken_back(queue: Queue, reviewer: User):
    one, _two = queue(2)
    client = client_of(reviewer)
    page = decide(client, one).content.decode()
    assert f'value="{one.uid}:1"' in page
    answer = client.post("/review/take-back/", {"image": f"{one.uid}:1"}, headers=HTMX)
    assert (answer.status_code, states(one)) == (200, [Review.WAITING])
    assert shown(answer.content.decode()) == str(one.uid)
    assert "data-undo" not in answer.content.decode()


def test_everything_of_one_click_is_taken_back_at_once(queue: Queue, reviewer: User):
    images = queue(3)
    client = client_of(reviewer)
    page = decide(client, *images).content.decode()
    marks = re.search(r'take-back/[^>]*>.*?name="image" value="([^"]* [^"]*)"', page, re.DOTALL)[1]
    client.post("/review/take-back/", {"image": marks})
    assert states(*images) == [Review.WAITING] * 3


def test_what_somebody_else_decided_after_is_not_taken_back(queue: Queue, reviewer: User, admin: User):
    [image] = queue(1)
    decide(reviewer, image)
    reviewing.decide(image, Verdict.REJECTED, "No", admin, 1)
    answer = client_of(reviewer).post("/review/take-back/", {"image": f"{image.uid}:1"}, headers=HTMX)
    assert (answer.status_code, states(image)) == (409, [Review.REJECTED])


@pytest.mark.parametrize("path", ["decide", "take-back"])
def test_only_reviewers_decide(path: str, queue: Queue, viewer: User, designer: User, stranger: User, admin: User):
    [image] = queue(1)
    fields = {"current": f"{image.uid}:0", "image": f"{image.uid}:0", "approve": "1"}
    answers = [client_of(who).post(f"/review/{path}/", fields).status_code for who in (viewer, designer, stranger)]
    assert (answers, states(image)) == ([403, 403, 404], [Review.WAITING])
    assert Client().post(f"/review/{path}/", fields).status_code == 401
    assert client_of(admin).get(f"/review/{path}/").status_code == 405


def test_a_private_image_is_decided_by_team_administrators(queue: Queue, reviewer: User, admin: User):
    [image] = queue(1, private=True)
    assert [decide(who, image).status_code for who in (reviewer, admin)] == [404, 200]


@pytest.mark.parametrize(
    "fields",
    [{}, {"approve": "1"}, {"current": "{}:0"}, *({"current": mark, "approve": "1"} for mark in ("x:0", "{}", "{}:-1"))],
)
def test_a_form_that_says_nothing_is_not_there(fields: dict, queue: Queue, reviewer: User):
    [image] = queue(1)
    told = {name: value.format(image.uid) for name, value in fields.items()}
    assert client_of(reviewer).post("/review/decide/", told).status_code == 404
    assert not Decision.objects.exists()


def test_what_is_in_the_trash_is_not_decided(queue: Queue, admin: User):
    image, _next = queue(2)
    Image.objects.filter(pk=image.pk).update(trashed_at="2026-11-20T12:00Z")
    assert decide(admin, image).status_code == 422
    assert states(image) == [Review.WAITING]


def test_images_of_another_team_are_left_out(queue: Queue, reviewer: User, stranger: User, other_team: Team):
    [image] = queue(1)
    [foreign] = pictured(made(stranger, other_team))
    decide(reviewer, image, foreign)
    assert states(image, foreign) == [Review.APPROVED, ""]
    assert uids(*Image.objects.filter(decision__isnull=False)) == uids(image)
