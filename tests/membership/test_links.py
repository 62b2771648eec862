"""What people outside look at does not end unsaid when its maker goes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from generations import membership
from generations.models import JournalLine, Role, Share, Team, User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(designer: User, team: Team, admin: User) -> Share:
    tomorrow = timezone.now() + timedelta(days=1)
    return Share.objects.create(team=team, user=designer, digest="d" * 64, title="Round one", expires_at=tomorrow, private=True)


def part(by: User, who: User, **given: str) -> str:
    path = f"/team/members/{who.memberships.get().pk}/remove/"
    page = client_of(by).get(path).content.decode()
    client_of(by).post(path, given)
    return page


def test_it_says_how_many_links_stop(link: Share, admin: User, designer: User):
    assert "1 link for people outside stops working." in part(admin, designer)
    assert not Share.objects.working().exists()


def test_whoever_removes_somebody_can_take_them_on_without_what_is_private(link: Share, admin: User, designer: User):
    part(admin, designer, links="keep")
    kept = Share.objects.working().get()
    assert (kept.user, kept.private) == (admin, False)
    assert JournalLine.objects.get(deed="share.change").details == {"was_by": designer.pk}


def test_who_is_not_in_the_team_takes_nothing_on(link: Share, designer: User, stranger: User, team: Team):
    membership.remove(designer.memberships.select_related("team", "user").get(), stranger, keep_links=True)
    link.refresh_from_db()
    assert (link.user, Share.objects.working().exists()) == (designer, False)


def test_a_lower_role_ends_none(link: Share, designer: User, admin: User):
    membership.change_role(designer.memberships.select_related("team", "user").get(), Role.VIEWER, admin)
    assert Share.objects.working().exists()
