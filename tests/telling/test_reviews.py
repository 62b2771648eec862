from datetime import timedelta

import pytest
from django.utils import timezone

from generations import commenting, reviewing
from generations.models import Bookmark, Decision, Event, Image, Notice, Share, Team, User, Verdict
from generations.telling import watch
from generations.telling.words import sentence
from tests.made import made, pictured
from tests.telling.conftest import hooked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("begun")]


@pytest.fixture(autouse=True)
def _one_quarter(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the clock stands, a test does not begin in one quarter of an hour and end in the next."""
    monkeypatch.setattr("generations.telling.looks.reviews.QUARTER", timedelta(days=4000))


def said(user: User) -> list[str]:
    return [sentence(one) for one in Notice.objects.filter(user=user).exclude(event=Event.DONE).order_by("pk")]


def ask(images: list[Image], by: User, team: Team) -> None:
    reviewing.ask(Image.objects.filter(pk__in=[image.pk for image in images]), by, team)


def test_reviewers_are_told_once_of_all_that_somebody_asks_about(designer: User, reviewer: User, admin: User, viewer: User, team: Team):
    first, *rest = pictured(made(designer, team), 5)
    ask([first], designer, team)
    watch()
    ask(rest, designer, team)
    watch()
    assert said(reviewer) == said(admin) == ["Dana Designer: 5 images wait for a review."]
    assert said(designer) == said(viewer) == []


def test_what_was_seen_does_not_grow(designer: User, reviewer: User, team: Team):
    first, second = pictured(made(designer, team), 2)
    ask([first], designer, team)
    watch()
    Notice.objects.update(seen_at=timezone.now())
    ask([second], designer, team)
    watch()
    assert said(reviewer) == ["Dana Designer: 1 image waits for a review."]


def test_a_reviewer_who_asks_is_not_told_so(reviewer: User, admin: User, designer: User, team: Team):
    ask(pictured(made(designer, team)), reviewer, team)
    watch()
    assert said(reviewer) == []
    assert said(admin) == ["Rui Reviewer: 1 image waits for a review."]


def test_what_was_decided_meanwhile_needs_nobody(designer: User, reviewer: User, admin: User, team: Team):
    (image,) = pictured(made(designer, team))
    ask([image], designer, team)
    reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    watch()
    assert said(reviewer) == []


def test_private_images_are_for_team_administrators(designer: User, reviewer: User, admin: User, team: Team):
    hook = hooked(team, events=[Event.ASKED])
    ask(pictured(made(designer, team, private=True)), designer, team)
    watch()
    assert said(admin) == ["Dana Designer: 1 image waits for a review."]
    assert said(reviewer) == []
    assert not hook.deliveries.exists()


def test_programs_hear_of_each_time_somebody_asks(designer: User, team: Team):
    hook = hooked(team, events=[Event.ASKED])
    images = pictured(made(designer, team), 3)
    ask(images[:1], designer, team)
    ask(images[1:], designer, team)
    watch()
    watch()
    assert [one.body["subject"]["count"] for one in hook.deliveries.order_by("pk")] == [1, 2]


@pytest.mark.parametrize(
    ("verdict", "note", "sentence"),
    [
        (Verdict.APPROVED, "", "Rui Reviewer approved an image of “A red kite above terraced tea fields”."),
        (Verdict.REJECTED, "Six fingers", "Rui Reviewer rejected an image of “A red kite above terraced tea fields”. “Six fingers”"),
        (Verdict.CHANGE, "Darker", "Rui Reviewer wants an image of “A red kite above terraced tea fields” changed. “Darker”"),
    ],
)
def test_the_author_is_told_what_was_decided(verdict: Verdict, note: str, sentence: str, designer: User, reviewer: User, team: Team):
    (image,) = pictured(made(designer, team))
    reviewing.decide(image, verdict, note, reviewer, 0)
    watch()
    watch()
    assert said(designer) == [sentence]


def test_who_decides_about_their_own_image_is_not_told(reviewer: User, team: Team):
    (image,) = pictured(made(reviewer, team))
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    watch()
    assert said(reviewer) == []


def test_what_was_taken_back_before_anybody_knew_is_nobodys_news(designer: User, reviewer: User, team: Team):
    hook = hooked(team, events=[Event.DECIDED])
    (image,) = pictured(made(designer, team))
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    reviewing.take_back(image, reviewer, 1)
    watch()
    assert said(designer) == []
    assert [one.body["subject"]["verdict"] for one in hook.deliveries.order_by("pk")] == ["approved", "undone"]


def test_who_knew_is_told_that_it_was_taken_back(designer: User, reviewer: User, team: Team):
    (image,) = pictured(made(designer, team))
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    watch()
    reviewing.take_back(image, reviewer, 1)
    watch()
    assert [line.split(" an image")[0] for line in said(designer)] == ["Rui Reviewer approved", "Rui Reviewer took back the decision on"]


def test_a_decision_whose_transaction_ends_late_is_told(designer: User, reviewer: User, team: Team):
    early, late = pictured(made(designer, team), 2)
    begun = reviewing.decide(early, Verdict.APPROVED, "", reviewer, 0)
    number = begun.pk
    Image.objects.filter(pk=early.pk).update(decision=None)
    begun.delete()  # it has its number, and nobody sees it yet
    reviewing.decide(late, Verdict.APPROVED, "", reviewer, 0)
    Bookmark.objects.update(at=timezone.now() - timedelta(hours=1))  # it is time to move them
    watch()
    ended = Decision.objects.create(pk=number, image=early, number=1, sha256=early.sha256, verdict=Verdict.APPROVED, user=reviewer)
    Image.objects.filter(pk=early.pk).update(decision=ended)
    watch()
    assert len(said(designer)) == 2


def test_whoever_is_called_by_name_is_told_that_alone(designer: User, reviewer: User, viewer: User, team: Team):
    (image,) = pictured(made(designer, team))
    commenting.say(image, "Is this @Dana or @Vera?", by=reviewer)
    watch()
    assert said(designer) == said(viewer) == ["Rui Reviewer mentions you: “Is this @Dana or @Vera?”"]
    assert said(reviewer) == []


def test_an_author_is_told_what_others_say(designer: User, reviewer: User, team: Team):
    (image,) = pictured(made(designer, team))
    commenting.say(image, "Lovely \u202elight", by=reviewer)
    commenting.say(image, "Thank you", by=designer)
    watch()
    assert said(designer) == ["Rui Reviewer comments on your image: “Lovely light”"]


def test_who_may_not_see_an_image_any_more_is_not_told_of_what_is_said(
    designer: User, reviewer: User, viewer: User, admin: User, team: Team
):
    (image,) = pictured(made(designer, team))
    commenting.say(image, "Look, @Vera and @Ada", by=reviewer)
    Image.objects.update(private=True)
    watch()
    assert said(viewer) == []
    assert len(said(admin)) == len(said(designer)) == 1


def test_a_guests_words_reach_whoever_let_the_guest_in(designer: User, admin: User, team: Team):
    (image,) = pictured(made(designer, team))
    share = Share.objects.create(team=team, user=admin, digest="d", title="For Acme", expires_at=timezone.now() + timedelta(days=1))
    commenting.say(image, "Can it be blue?", share=share, guest="Gina")
    watch()
    assert said(designer) == said(admin) == ["Gina, a guest, comments: “Can it be blue?”"]


def test_a_comment_travels_as_the_prompt_does(designer: User, reviewer: User, team: Team):
    Team.objects.update(prompt_travels=False)
    hook = hooked(team, events=[Event.COMMENTED, Event.MENTIONED])
    (image,) = pictured(made(designer, team))
    commenting.say(image, "A secret, @Dana", by=reviewer)
    watch()
    assert [one.event for one in hook.deliveries.order_by("pk")] == [Event.MENTIONED, Event.COMMENTED]
    assert "secret" not in str([one.body for one in hook.deliveries.all()])
