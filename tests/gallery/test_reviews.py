"""What reviewers said, beside the images it was said of."""

import re

import pytest
from django.test import Client

from generations import commenting, reviewing
from generations.models import Decision, Image, JournalLine, Review, Reviewing, Team, User, Verdict
from tests.cast import client_of
from tests.gallery.stock import hung
from tests.gallery.test_gallery import queries, seen, uids

pytestmark = pytest.mark.django_db

HTMX = {"hx-request": "true"}


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return hung(designer, team)[0]


def ask(image: Image) -> None:
    reviewing.ask(Image.objects.filter(pk=image.pk), image.user, image.team)


def decide(image: Image, by: User, verdict: Verdict = Verdict.APPROVED, note: str = "") -> Decision:
    return reviewing.decide(image, verdict, note or ("Too dark" if verdict != Verdict.APPROVED else ""), by, 0)


def page(user: User, path: str, **headers: str) -> str:
    answer = client_of(user).get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def large(user: User, image: Image) -> str:
    return page(user, f"/images/{image.uid}/")


def badges(user: User) -> list[str]:
    return re.findall(r'class="badge (\w+)"', page(user, "/gallery/").partition("<template")[0])


# --- in the gallery ---


@pytest.mark.parametrize("state", Review)
def test_a_filter_shows_what_stands_there(state: Review, designer: User, reviewer: User, team: Team, image: Image):
    hung(designer, team)
    ask(image)
    if state != Review.WAITING:
        decide(image, reviewer, Verdict(state.value))
    client = client_of(designer)
    assert {one.value: seen(client, f"review={one.value}") for one in Review} == {one.value: [] for one in Review} | {state: uids(image)}


def test_the_filter_follows_every_step(designer: User, reviewer: User, image: Image):
    client = client_of(designer)
    ask(image)
    decide(image, reviewer)
    reviewing.take_back(image, reviewer, 1)
    assert [seen(client, f"review={state}") for state in ("waiting", "approved")] == [uids(image), []]


def test_the_filter_is_a_menu_and_a_chip(designer: User, image: Image):
    free, chosen = page(designer, "/gallery/"), page(designer, "/gallery/?review=approved")
    assert 'name="review" value="waiting"' in free
    assert 'name="review" value="waiting"' not in chosen
    assert "Take back:</span>Approved" in chosen


def test_a_filter_without_hits_says_that_it_is_the_review(designer: User, image: Image):
    empty = page(designer, "/gallery/?q=kite&review=rejected")
    assert 'href="?q=kite"' in empty[empty.index("Without one of these") :]


@pytest.mark.parametrize("asked", ["x", "Approved", "approved'", "waiting,approved"])
def test_a_state_that_is_none_is_no_filter(asked: str, designer: User, image: Image):
    assert seen(client_of(designer), f"review={asked}") == uids(image)


def test_a_tile_says_it_at_once(designer: User, reviewer: User, image: Image):
    shown = [badges(designer)]
    ask(image)
    shown.append(badges(designer))
    decide(image, reviewer, Verdict.CHANGE)
    shown.append(badges(designer))
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 1)
    shown.append(badges(designer))
    assert shown == [[], ["asked"], ["change"], ["approved"]]


def test_badges_stand_in_their_order(designer: User, reviewer: User, image: Image):
    Image.objects.update(broken=[{"name": "size", "promised": "1x1", "delivered": "2x2"}], private=True)
    client_of(designer).post(f"/images/{image.uid}/mark/", {"starred": "on"})
    decide(image, reviewer)
    assert badges(designer) == ["starred", "approved", "private", "broken"]


def test_a_card_in_the_feed_says_it_too(designer: User, reviewer: User, image: Image):
    decide(image, reviewer)
    assert 'class="badge approved"' in page(designer, "/")


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer", "admin"])
def test_states_take_no_more_queries(who: str, designer: User, reviewer: User, team: Team, request: pytest.FixtureRequest):
    client = client_of(request.getfixturevalue(who))
    images = hung(designer, team, count=20)
    before = queries(client, "/gallery/")
    for one in images:
        decide(one, reviewer)
    assert queries(client, "/gallery/") == before <= (11 if who == "admin" else 10)  # one more figure in the rail


# --- asking ---


def ask_all(user: User, *images: Image, htmx: bool = True):
    form = {"image": " ".join(uids(*images)), "next": "/gallery/"}
    return client_of(user).post("/gallery/ask/", form, headers=HTMX if htmx else {})


def test_many_are_asked_about_with_one_click(designer: User, reviewer: User, team: Team):
    images = hung(designer, team, count=3)
    decide(images[0], reviewer)
    answer = ask_all(designer, *images).content.decode()
    assert "2 images wait for a reviewer now. 1 was asked about before." in answer
    assert [one.review for one in Image.objects.order_by("pk")] == ["approved", "waiting", "waiting"]
    assert JournalLine.objects.get(deed="review.ask").details == {"images": 2}


def test_their_tiles_are_changed_where_they_are(designer: User, image: Image):
    assert f'hx-swap-oob="innerHTML:#i-{image.uid} .badges"><span class="badge asked">' in ask_all(designer, image).content.decode()


def test_without_a_script_one_is_back_in_the_gallery(designer: User, image: Image):
    answer = ask_all(designer, image, htmx=False)
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/")


def test_viewers_do_not_ask_and_strangers_find_nothing(viewer: User, stranger: User, designer: User, image: Image):
    assert ask_all(viewer, image).status_code == 403
    assert client_of(viewer).post(f"/images/{image.uid}/review/").status_code == 403
    assert client_of(stranger).post(f"/images/{image.uid}/review/").status_code == 404
    ask_all(stranger, image)
    assert "Ask for review" not in large(viewer, image) + page(viewer, "/gallery/")
    assert "Ask for review" in large(designer, image)
    assert Image.objects.get().review == ""


def test_a_team_that_reviews_nothing_asks_for_nothing(designer: User, team: Team, image: Image):
    Team.objects.update(review=Reviewing.OFF)
    assert "Ask for review" not in large(designer, image) + page(designer, "/gallery/")
    assert ask_all(designer, image).status_code == 403
    assert client_of(designer).post(f"/images/{image.uid}/review/").status_code == 403
    assert Image.objects.get().review == ""


def test_one_is_asked_about_beside_itself(designer: User, image: Image):
    answer = client_of(designer).post(f"/images/{image.uid}/review/?in=gallery", headers=HTMX).content.decode()
    assert "In review" in answer
    assert "Ask for review" not in answer
    assert Image.objects.get().review == "waiting"


def test_without_a_script_one_is_back_at_the_image(designer: User, image: Image):
    answer = client_of(designer).post(f"/images/{image.uid}/review/?in=gallery")
    assert answer["Location"] == f"/images/{image.uid}/?in=gallery"


def test_nobody_asks_about_what_is_in_the_trash(designer: User, image: Image):
    client_of(designer).post("/gallery/discard/", {"image": str(image.uid)})
    assert "Ask for review" not in large(designer, image)
    client_of(designer).post(f"/images/{image.uid}/review/")
    assert Image.objects.get().review == ""


# --- beside the image ---


def test_decisions_stand_there_with_who_and_why_and_for_which_bytes(designer: User, reviewer: User, image: Image):
    decide(image, reviewer, Verdict.REJECTED, "The sky is empty")
    for end in ("", "inspector/"):
        shown = page(designer, f"/images/{image.uid}/{end}")
        assert "Rui Reviewer" in shown
        assert "“The sky is empty”" in shown
        assert f"<code>{image.sha256[:4]}…{image.sha256[-4:]}</code>" in shown


def test_comments_stand_there_and_can_be_settled(designer: User, reviewer: User, image: Image):
    comment = commenting.say(image, "More light", by=reviewer)
    for end in ("", "inspector/"):
        shown = page(designer, f"/images/{image.uid}/{end}")
        assert "More light" in shown
        assert f"/comments/{comment.uid}/settle/" in shown


def test_only_reviewers_decide_there(designer: User, reviewer: User, image: Image):
    assert "data-approve" in large(reviewer, image)
    assert "data-approve" not in large(designer, image)


def verdict(client: Client, image: Image, htmx: bool = True, seen: int = 0, **form: str):
    told = {"current": f"{image.uid}:{seen}", "next": f"/images/{image.uid}/?in=gallery", **form}
    return client.post("/review/decide/", told, headers=HTMX if htmx else {})


def test_a_decision_from_there_leaves_the_page_where_it_is(reviewer: User, image: Image):
    answer = verdict(client_of(reviewer), image, approve="1")
    assert (answer.status_code, answer["HX-Trigger"], answer["HX-Reswap"]) == (200, "decided", "none")
    assert "Approved." in answer.content.decode()
    assert Image.objects.get().review == "approved"


def test_without_a_script_it_leads_back_there(reviewer: User, image: Image):
    answer = verdict(client_of(reviewer), image, htmx=False, approve="1")
    assert (answer.status_code, answer["Location"]) == (302, f"/images/{image.uid}/?in=gallery")


def test_a_reason_that_is_missing_is_asked_for_and_nothing_is_lost(reviewer: User, image: Image):
    answer = verdict(client_of(reviewer), image, reject="", reason="")
    assert (answer.status_code, answer["HX-Reswap"]) == (422, "none")
    assert "HX-Trigger" not in answer
    assert "Say why it is rejected." in answer.content.decode()


def test_the_second_is_told_and_their_words_are_kept(reviewer: User, admin: User, image: Image):
    decide(image, admin)
    answers = [verdict(client_of(reviewer), image, **form) for form in ({"approve": "1"}, {"reject": "", "reason": "Too dark"})]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert ["HX-Trigger" in answer for answer in answers] == [True, False]
    assert "Already decided by Ada Admin" in answers[0].content.decode()
    assert Decision.objects.count() == 1


def test_it_can_be_taken_back_there(reviewer: User, image: Image):
    decide(image, reviewer)
    form = {"image": f"{image.uid}:1", "next": f"/images/{image.uid}/"}
    assert client_of(reviewer).post("/review/take-back/", form, headers=HTMX)["HX-Trigger"] == "decided"
    assert Image.objects.get().review == "waiting"


def test_the_part_that_changed_comes_with_the_badges_of_its_tile(reviewer: User, image: Image):
    decide(image, reviewer)
    part = page(reviewer, f"/images/{image.uid}/review/?large=1&in=gallery", **HTMX)
    assert 'class="judged"' in part
    assert "<html" not in part
    assert f'innerHTML:#i-{image.uid} .badges"><span class="badge approved" data-decision="1">' in part


def test_a_link_that_leads_out_of_the_studio_is_not_followed(reviewer: User, image: Image):
    answer = client_of(reviewer).post("/review/decide/", {"current": f"{image.uid}:0", "next": "https://evil.example/", "approve": "1"})
    assert answer["Location"] == "/review/"
