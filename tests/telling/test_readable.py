"""What was told once is not shown for ever: people leave, and images become private."""

import pytest

from generations.access import teams_of
from generations.models import Event, Generation, Image, Membership, Notice, Team, User
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


def shown(user: User) -> int:
    return Notice.objects.readable(user, teams_of(user)).count()


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return pictured(made(designer, team))[0]


def notify(user: User, image: Image) -> None:
    Notice.objects.create(user=user, team=image.team, generation=image.generation, image=image, event=Event.MENTIONED, key="x")


def test_a_message_is_its_owners_alone(viewer: User, admin: User, image: Image):
    notify(viewer, image)
    assert (shown(viewer), shown(admin)) == (1, 0)


def test_who_left_reads_nothing_of_the_team(viewer: User, image: Image):
    notify(viewer, image)
    Membership.objects.filter(user=viewer).delete()
    assert shown(viewer) == 0


@pytest.mark.parametrize("private", [Image, Generation])
def test_what_became_private_is_read_by_its_author_and_team_administrators(
    private: type[Image | Generation], viewer: User, designer: User, admin: User, image: Image
):
    for user in (viewer, designer, admin):
        notify(user, image)
    private.objects.update(private=True)
    assert [shown(user) for user in (viewer, designer, admin)] == [0, 1, 1]


def test_what_concerns_the_studio_is_for_site_administrators_as_long_as_they_are(owner: User):
    Notice.objects.create(user=owner, event=Event.PAUSED, key="x")
    assert shown(owner) == 1
    User.objects.filter(pk=owner.pk).update(is_superuser=False)
    assert shown(User.objects.get(pk=owner.pk)) == 0
