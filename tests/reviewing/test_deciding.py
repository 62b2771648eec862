import pytest

from generations import reviewing
from generations.models import Decision, Generation, Image, JournalLine, Review, Team, User, Verdict
from tests.reviewing.conftest import Maker, fresh

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verdict", "note", "review"),
    [
        (Verdict.APPROVED, "", Review.APPROVED),
        (Verdict.REJECTED, "Too dark for the tin", Review.REJECTED),
        (Verdict.CHANGE, "Crop it", Review.CHANGE),
    ],
)
def test_a_decision_is_about_these_exact_bytes(verdict: Verdict, note: str, review: Review, image: Image, reviewer: User):
    made = reviewing.decide(image, verdict, note, reviewer, 0)
    assert (made.sha256, made.number, made.user, made.note) == (image.sha256, 1, reviewer, note)
    assert (fresh(image).review, fresh(image).decision) == (review, made)


def test_a_decision_stands_in_the_journal_without_its_words(image: Image, reviewer: User, team: Team):
    reviewing.decide(image, Verdict.REJECTED, "Too dark", reviewer, 0)
    line = JournalLine.objects.get(deed="review.decide")
    assert (line.actor, line.team, line.subject) == (reviewer.pk, team.pk, f"image/{image.pk}")
    assert line.details == {"verdict": "rejected", "number": 1, "sha256": image.sha256}


def test_its_card_changes_when_it_is_decided(image: Image, reviewer: User):
    before = Generation.objects.get().version
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    assert Generation.objects.get().version > before


def test_who_comes_second_is_told_who_was_first(image: Image, reviewer: User, admin: User):
    first = reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    with pytest.raises(reviewing.Decided) as told:
        reviewing.decide(image, Verdict.REJECTED, "No", reviewer, 0)
    assert told.value.decision == first
    assert (fresh(image).review, Decision.objects.count()) == (Review.APPROVED, 1)


def test_who_has_seen_the_first_decision_may_add_another(image: Image, reviewer: User, admin: User):
    reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    reviewing.decide(image, Verdict.REJECTED, "The label is cut off", reviewer, 1)
    assert fresh(image).review == Review.REJECTED
    assert [(one.number, one.verdict) for one in image.decisions.all()] == [(2, "rejected"), (1, "approved")]


def test_what_was_said_already_is_not_written_twice(image: Image, reviewer: User, admin: User):
    first = reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    assert reviewing.decide(image, Verdict.APPROVED, "", reviewer, 1) == first
    assert reviewing.decide(image, Verdict.APPROVED, "Also for the poster", reviewer, 1).number == 2


def test_what_is_taken_back_waits_again_at_its_old_place(image: Image, images: Maker, reviewer: User, designer: User, team: Team):
    other = images()[0]
    reviewing.ask(Image.objects.filter(pk=other.pk), designer, team)
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    undone = reviewing.take_back(image, reviewer, 1)
    assert (undone.verdict, fresh(image).review, fresh(image).decision) == (Verdict.UNDONE, Review.WAITING, undone)
    assert list(reviewing.waiting(team)) == [image, other]


def test_what_nobody_had_asked_about_waits_where_it_is_taken_back(images: Maker, reviewer: User, team: Team):
    [one] = images()
    reviewing.decide(one, Verdict.APPROVED, "", reviewer, 0)
    reviewing.take_back(one, reviewer, 1)
    assert [(found, found.asked_by) for found in reviewing.waiting(team)] == [(one, reviewer)]


def test_somebody_who_saw_it_before_it_was_taken_back_is_told(image: Image, reviewer: User, admin: User):
    reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    reviewing.take_back(image, admin, 1)
    with pytest.raises(reviewing.Decided):
        reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)


@pytest.mark.parametrize("seen", [0, 1, 5])
def test_nothing_is_taken_back_where_nothing_was_decided(seen: int, image: Image, reviewer: User):
    with pytest.raises(reviewing.Unfit):
        reviewing.take_back(image, reviewer, seen)


def test_nothing_is_taken_back_twice(image: Image, reviewer: User):
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    reviewing.take_back(image, reviewer, 1)
    with pytest.raises(reviewing.Unfit):
        reviewing.take_back(image, reviewer, 2)


@pytest.mark.parametrize(
    ("verdict", "note", "said"),
    [
        (Verdict.REJECTED, "  ", "Say why it is rejected."),
        (Verdict.CHANGE, "", "Say what should change."),
        (Verdict.REJECTED, "x" * 1001, "The note has 1001 letters, 1000 fit."),
        (Verdict.UNDONE, "", "Choose to approve, to reject or to ask for a change."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(verdict: Verdict, note: str, said: str, image: Image, reviewer: User):
    with pytest.raises(reviewing.Unfit, match=said):
        reviewing.decide(image, verdict, note, reviewer, 0)
    assert (fresh(image).review, Decision.objects.count()) == (Review.WAITING, 0)


@pytest.mark.parametrize("gone", [{"trashed_at": "2026-11-20T12:00Z"}, {"status": "removed"}])
def test_what_is_not_there_any_more_is_not_decided(gone: dict, image: Image, reviewer: User):
    Image.objects.update(**gone)
    with pytest.raises(reviewing.Unfit, match="in the trash or gone"):
        reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
