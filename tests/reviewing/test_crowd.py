"""Twenty reviewers at once, on real threads with connections of their own."""

from collections import Counter
from collections.abc import Callable
from itertools import count

import pytest

from generations import reviewing
from generations.models import Decision, Image, JournalLine, Review, Role, Team, User, Verdict
from generations.reviewing import Decided
from generations.web.opinions import already
from tests.cast import client_of, person
from tests.reviewing.conftest import Maker

pytestmark = pytest.mark.django_db(transaction=True)

Together = Callable[..., list[object]]


@pytest.fixture
def crowd(team: Team) -> list[User]:
    return [person(f"Rui{number} Reviewer", team, Role.REVIEWER) for number in range(20)]


def test_twenty_who_decide_about_one_image_make_one_decision(crowd: list[User], image: Image, together: Together):
    people = iter(crowd)
    found = together(20, lambda: reviewing.decide(image, Verdict.APPROVED, "", next(people), 0))
    [made] = [one for one in found if isinstance(one, Decision)]
    assert [type(one) for one in found if one is not made] == [Decided] * 19
    assert {already(one.decision).split(" at ")[0] for one in found if isinstance(one, Decided)} == {f"Already decided by {made.user}"}
    assert Image.objects.get().decision == made


def test_twenty_who_go_through_one_queue_lose_nothing(crowd: list[User], images: Maker, designer: User, team: Team, together: Together):
    images(30)
    reviewing.ask(Image.objects.all(), designer, team)
    people, told = iter(crowd), Counter[str]()

    def work() -> int:
        reviewer, mine = next(people), 0
        for image in Image.objects.order_by("pk"):
            try:
                reviewing.decide(image, Verdict.REJECTED, "Not our style", reviewer, 0)
                mine += 1
            except Decided:
                told["second"] += 1
        return mine

    assert sum(together(20, work)) == 30
    assert told["second"] == 19 * 30
    assert list(Image.objects.values_list("review", flat=True).distinct()) == [Review.REJECTED]
    assert Decision.objects.count() == JournalLine.objects.filter(deed="review.decide").count() == 30


def test_a_page_that_comes_second_says_who_was_first(crowd: list[User], image: Image, together: Together):
    browsers, number = [client_of(one) for one in crowd], count()
    fields = {"current": f"{image.uid}:0", "approve": "1"}
    answers = together(20, lambda: browsers[next(number)].post("/review/decide/", fields, headers={"HX-Request": "true"}))
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 19}
    name = Decision.objects.get().user.name
    assert all(f"Already decided by {name} at" in answer.content.decode() for answer in answers if answer.status_code == 409)


def test_asking_at_once_asks_once(crowd: list[User], images: Maker, team: Team, together: Together):
    images(5)
    people = iter(crowd)
    assert sum(together(8, lambda: reviewing.ask(Image.objects.all(), next(people), team))) == 5
    assert Image.objects.filter(review=Review.WAITING).count() == 5
