"""The list of a team's links."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import Collection, Image, JournalLine, Share, Team, User
from tests.cast import client_of
from tests.outside.given import front, given

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def listed(user: User, query: str = "") -> str:
    return client_of(user).get(f"/links/{query}").content.decode()


def act(user: User, share: Share, what: str):
    return client_of(user).post(f"/links/{share.uid}/{what}/", follow=True)


def test_ones_own_are_listed(designer: User, share: Share):
    page = listed(designer)
    for words in ("Round two", "3 images", "Revoke", "14 more days"):
        assert words in page
    assert "Made by" not in page


def test_somebody_elses_are_not(reviewer: User, share: Share):
    assert "No links yet" in listed(reviewer)


def test_team_administrators_see_all_with_their_makers(admin: User, share: Share):
    page = listed(admin)
    assert "Round two" in page
    assert "Dana Designer" in page


def test_another_teams_are_not_there(stranger: User, share: Share):
    assert "Round two" not in listed(stranger)
    for what in ("revoke", "extend"):
        assert client_of(stranger).post(f"/links/{share.uid}/{what}/").status_code == 404
    assert Share.objects.working().exists()


def test_visits_are_told(designer: User, share: Share):
    Share.objects.update(visits=41, visited_at=timezone.now())
    assert ">41<" in listed(designer)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"revoked_at": timezone.now()}, "Revoked"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "Expired"),
        ({"password": "hash"}, "Password"),
        ({"commenting": True}, "Comments"),
        ({"prompt": True}, "Prompts"),
        ({"originals": True}, "Originals"),
    ],
)
def test_what_a_link_is_stands_beside_it(changes: dict, word: str, designer: User, share: Share):
    assert word not in listed(designer)
    Share.objects.update(**changes)
    assert word in listed(designer)


def test_one_that_does_not_work_for_another_reason_says_so(admin: User, share: Share):
    share.user.memberships.all().delete()
    assert "Does not work" in listed(admin)


def test_revoking_ends_it_at_the_next_request(designer: User, share: Share, client: Client):
    assert client.get(front()).status_code == 200
    assert "no longer works" in act(designer, share, "revoke").content.decode()
    assert client.get(front()).status_code == 404
    assert JournalLine.objects.filter(deed="share.revoke", actor=designer.pk, subject=f"share/{share.pk}").count() == 1


def test_revoking_twice_is_written_down_once(designer: User, share: Share):
    act(designer, share, "revoke")
    first = Share.objects.get().revoked_at
    act(designer, share, "revoke")
    assert Share.objects.get().revoked_at == first
    assert JournalLine.objects.filter(deed="share.revoke").count() == 1


def test_extending_adds_two_weeks(designer: User, share: Share):
    before = share.last_day
    act(designer, share, "extend")
    assert Share.objects.get().last_day == before + timedelta(days=14)
    assert JournalLine.objects.get(deed="share.change").details == {"days": 14}


def test_one_that_is_over_begins_again_today(designer: User, share: Share, client: Client):
    Share.objects.update(expires_at=timezone.now() - YEAR)
    act(designer, share, "extend")
    assert Share.objects.get().last_day == timezone.localdate() + timedelta(days=14)
    assert client.get(front()).status_code == 200


def test_nothing_works_for_longer_than_a_year(designer: User, share: Share):
    Share.objects.update(expires_at=timezone.now() + YEAR - timedelta(days=3))
    act(designer, share, "extend")
    assert Share.objects.get().last_day == timezone.localdate() + YEAR
    assert "a year from now at most" in act(designer, share, "extend").content.decode()
    assert Share.objects.get().last_day == timezone.localdate() + YEAR


def test_a_revoked_one_is_not_extended(designer: User, share: Share, client: Client):
    act(designer, share, "revoke")
    assert client_of(designer).post(f"/links/{share.uid}/extend/").status_code == 404
    assert client.get(front()).status_code == 404


def test_somebody_elses_is_changed_by_team_administrators_only(reviewer: User, admin: User, share: Share):
    for what in ("extend", "revoke"):
        assert client_of(reviewer).post(f"/links/{share.uid}/{what}/").status_code == 404
    assert act(admin, share, "revoke").status_code == 200
    assert not Share.objects.working().exists()


def test_whoever_became_a_viewer_may_still_revoke(designer: User, share: Share):
    designer.memberships.update(role="viewer")
    assert client_of(designer).post(f"/links/{share.uid}/extend/").status_code == 403
    act(designer, share, "revoke")
    assert not Share.objects.working().exists()


def test_a_link_does_none_of_it_by_being_followed(designer: User, share: Share):
    for what in ("revoke", "extend"):
        assert client_of(designer).get(f"/links/{share.uid}/{what}/").status_code == 405


def test_a_collection_that_is_deleted_takes_its_links_along(designer: User, team: Team, spring: Collection, image: Image, client: Client):
    share = given(designer, team, collection=spring, commenting=True)
    image.comments.create(share=share, guest="Pia", text="Hm")
    assert client_of(designer).post(f"/collections/{spring.uid}/delete/").status_code == 302
    assert client.get(front()).status_code == 404
    assert "a collection that was deleted" in listed(designer)
    assert image.comments.exists()


def test_a_long_list_goes_on(designer: User, team: Team):
    for number in range(51):
        given(designer, team, token=uuid4().hex, title=f"Link {number:02}")
    page = listed(designer)
    assert "Link 50" in page
    assert "Link 00" not in page
    oldest = Share.objects.get(title="Link 01")
    assert f'href="?before={oldest.pk}"' in page
    assert "Link 00" in listed(designer, f"?before={oldest.pk}")


@pytest.mark.parametrize("before", ["x", "-1", "0", "9" * 40, "٣", "%00"])
def test_a_place_that_is_none_does_no_harm(before: str, designer: User, share: Share):
    assert client_of(designer).get(f"/links/?before={before}").status_code == 200


def test_twice_the_links_cost_no_more_queries(admin: User, designer: User, team: Team, images: list[Image], django_assert_max_num_queries):
    given(designer, team, images)
    client = client_of(admin)
    client.get("/links/")
    with django_assert_max_num_queries(20) as before:
        client.get("/links/")
    for _more in range(10):
        given(designer, team, images, token=uuid4().hex)
    with django_assert_max_num_queries(len(before)):
        client.get("/links/")
