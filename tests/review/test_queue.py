"""What a reviewer sees, and in what order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generations import reviewing
from generations.models import Attempt, Decision, Image, Reviewing, Team, User, Verdict
from tests.cast import client_of
from tests.compose.looking import words
from tests.made import ENGINE
from tests.review.conftest import Queue, look, shown, strip, uids

pytestmark = pytest.mark.django_db


def test_the_first_that_was_asked_about_is_large_and_the_rest_are_a_strip(queue: Queue, reviewer: User):
    images = queue(3)
    page = look(reviewer)
    assert shown(page) == str(images[0].uid)
    assert strip(page) == uids(*images)
    assert "1 of 3" in words(page)
    assert "Sent by Dana Designer" in words(page)


def test_any_of_them_can_be_looked_at_with_its_neighbours(queue: Queue, reviewer: User):
    images = queue(20)
    page = look(reviewer, f"image={images[10].uid}")
    assert strip(page) == uids(*images[2:19])
    assert "11 of 20" in words(page)
    assert f'rel="next" hx-get="/review/?image={images[11].uid}"' in page
    assert f'rel="prev" hx-get="/review/?image={images[9].uid}"' in page


def test_a_fragment_is_only_the_desk(queue: Queue, reviewer: User):
    queue(1)
    page = look(reviewer, htmx=True)
    assert page.startswith('<div class="review-desk"')
    assert 'id="waiting-rail" hx-swap-oob="true"' in page


def test_the_list_is_narrowed(queue: Queue, reviewer: User):
    images = [*queue(1, broken=[{"name": "size"}]), *queue(1, late=True), *queue(1, flagged=True), *queue(1, user=reviewer)]
    for query, which in [
        ("broken=1", [0]),
        ("late=1", [1]),
        ("flagged=1", [2]),
        (f"engine={ENGINE}", [0, 1, 2, 3]),
        ("engine=ark/seedream-4.5", []),
        ("broken=1&late=1", []),
    ]:
        assert strip(look(reviewer, query)) == uids(*(images[one] for one in which)), query


def test_the_list_is_narrowed_to_one_persons(queue: Queue, reviewer: User, admin: User):
    queue(2)
    mine = queue(1, user=admin)
    assert strip(look(reviewer, f"person={admin.pk}")) == uids(*mine)


def test_whoever_left_the_team_can_be_chosen_while_their_images_wait(queue: Queue, reviewer: User, designer: User, team: Team):
    [image] = queue(1)
    team.memberships.filter(user=designer).delete()
    assert f'<option value="{designer.pk}">Dana Designer</option>' in look(reviewer)
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    assert "Dana Designer</option>" not in look(reviewer)


def test_what_no_filter_is_called_is_not_read(queue: Queue, reviewer: User):
    queue(1)
    for query in ["person=x", "person=²", "engine=<script>", "list=all", "person=99999999999999999999", "verdict=undone"]:
        look(reviewer, query)


def test_a_filter_without_hits_leads_to_the_whole_list(queue: Queue, reviewer: User):
    queue(1)
    page = words(look(reviewer, "late=1"))
    assert "Nothing in this list matches" in page
    assert "Show all" in page


def test_what_was_decided_comes_newest_first_with_who_and_when(queue: Queue, reviewer: User):
    one, two, three, _four = queue(4)
    for image in (two, three, one):
        reviewing.decide(image, Verdict.REJECTED, "Too dark for the tin", reviewer, 0)
    page = look(reviewer, "list=decided")
    assert strip(page) == uids(one, three, two)
    assert "Rejected “Too dark for the tin”" in words(page)
    assert "Rui Reviewer" in words(page)
    assert strip(look(reviewer, "list=decided&verdict=approved")) == []


def test_what_was_decided_has_neighbours_too(queue: Queue, reviewer: User):
    one, two, three = queue(3)
    for image in (one, two, three):
        reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    page = look(reviewer, f"list=decided&image={two.uid}")
    assert strip(page) == uids(three, two, one)
    assert "2 of 3" in words(page)


def test_ones_own_are_a_list_of_their_own(queue: Queue, designer: User, admin: User):
    mine = queue(2)
    queue(1, user=admin)
    assert strip(look(designer, "list=mine")) == uids(*mine)


def test_an_image_says_which_bytes_its_decisions_are_about(queue: Queue, reviewer: User):
    [image] = queue(1)
    said = f"A decision belongs to these exact bytes, {image.sha256[:4]}…{image.sha256[-4:]} . An edited copy starts without one."
    assert said in words(look(reviewer))


def test_all_decisions_about_an_image_are_kept_and_shown(queue: Queue, reviewer: User, admin: User):
    [image] = queue(1)
    reviewing.decide(image, Verdict.APPROVED, "", admin, 0)
    reviewing.take_back(image, admin, 1)
    page = words(look(reviewer))
    assert page.index("Taken back") < page.index("Approved Ada Admin" if "Approved Ada Admin" in page else "Ada Admin Approved")
    assert Decision.objects.count() == 2


def test_what_was_asked_and_what_came_stand_side_by_side(queue: Queue, reviewer: User):
    queue(1, width=1000, height=1000, broken=[{"name": "size"}])
    page = words(look(reviewer))
    assert "Asked and delivered" in page
    assert "1000 × 1000 differs" in page


def test_what_the_providers_filter_said_is_shown(queue: Queue, reviewer: User):
    queue(1)
    assert "The provider says nothing about it." in words(look(reviewer))
    seen = {"violence": {"filtered": False, "severity": "low"}, "hate": {"filtered": False, "severity": "safe"}}
    safe = {"sexual": {"filtered": False, "severity": "safe"}}
    Attempt.objects.update(filters={"data": [{"content_filter_results": seen, "prompt_filter_results": safe}, {"error": {"code": "x"}}]})
    page = words(look(reviewer))
    assert "Found in the picture: violence (a little)." in page
    assert "Nothing found in the prompt: sexual content." in page
    assert "Held back of the same request: 1." in page


def test_without_anything_to_decide_the_page_says_so(reviewer: User, team: Team):
    assert "Nothing waits for a decision" in words(look(reviewer))
    assert "Nothing is decided yet" in words(look(reviewer, "list=decided"))
    assert "Nothing of yours is in review" in words(look(reviewer, "list=mine"))
    Team.objects.update(review=Reviewing.OFF)
    assert "This team reviews nothing" in words(look(reviewer))


def test_a_private_image_waits_for_its_author_and_administrators_only(queue: Queue, reviewer: User, designer: User, admin: User):
    [image] = queue(1, private=True)
    assert strip(look(reviewer)) == []
    assert client_of(reviewer).get(f"/review/?image={image.uid}").status_code == 404
    assert [strip(look(who)) for who in (designer, admin)] == [uids(image)] * 2


def test_a_stranger_sees_nothing_of_it(queue: Queue, stranger: User):
    [image] = queue(1)
    assert strip(look(stranger)) == []
    assert client_of(stranger).get(f"/review/?image={image.uid}").status_code == 404


@pytest.mark.parametrize("wrong", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_image_is_not_there(wrong: str, queue: Queue, reviewer: User):
    queue(1)
    assert client_of(reviewer).get(f"/review/?image={wrong}").status_code == 404


def test_what_is_in_the_trash_is_not_in_the_queue(queue: Queue, reviewer: User):
    [image] = queue(1)
    Image.objects.update(trashed_at="2026-11-20T12:00Z")
    assert strip(look(reviewer)) == []
    assert client_of(reviewer).get(f"/review/?image={image.uid}").status_code == 404


def test_who_does_not_decide_looks_and_has_no_buttons(queue: Queue, designer: User, viewer: User):
    queue(1)
    for who in (designer, viewer):
        page = look(who)
        assert "Waits for a reviewer." in words(page)
        assert "data-approve" not in page


def test_the_rail_counts_for_whoever_decides(queue: Queue, reviewer: User, designer: User):
    queue(2)
    queue(1, private=True)
    counted = '<span id="waiting-rail" class="count">2<'
    assert counted in client_of(reviewer).get("/gallery/").content.decode()
    assert counted not in client_of(designer).get("/gallery/").content.decode()


def test_the_original_is_for_those_who_may_see_it(queue: Queue, reviewer: User, designer: User, team: Team):
    queue(1)
    assert "data-original-src" in look(designer)
    Team.objects.update(sealed=True)
    assert ["data-original-src" in look(who) for who in (designer, reviewer)] == [False, True]


def queries(client, query: str = "") -> int:
    look(client, query)
    with CaptureQueriesContext(connection) as asked:
        look(client, query)
    return len(asked)


@pytest.mark.parametrize("which", ["waiting", "decided", "mine"])
def test_a_queue_twice_as_long_takes_as_many_queries(which: str, queue: Queue, reviewer: User):
    client = client_of(reviewer)

    def more() -> int:
        for number, image in enumerate(queue(12, user=reviewer)):
            if number % 2:
                reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
        return queries(client, f"list={which}")

    few = more()
    more()
    assert queries(client, f"list={which}") == few <= 24


@pytest.mark.sqlite
def test_what_was_decided_is_found_by_its_index(queue: Queue, team: Team):
    decided = Image.objects.filter(team=team, decision__isnull=False, review__in=["approved", "rejected"]).order_by("-decision_id")
    plan = decided.explain()
    assert "image_decided" in plan
    assert "TEMP B-TREE" not in plan
