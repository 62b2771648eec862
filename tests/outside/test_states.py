"""Which links work, and which pictures they show: asked anew by every page and every picture."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import Collection, Image, ImageStatus, Membership, Placement, Share, Shown, Team, User
from tests.made import made, pictured
from tests.outside.given import TOKEN, front, given, page_of, small, whole

pytestmark = pytest.mark.django_db

Address = Callable[..., str]
PARTS = pytest.mark.parametrize("address", [page_of, small, whole])


def at(address: Address, image: Image, token: str = TOKEN) -> str:
    return front(token) if address is front else address(image, token)


EVERY = pytest.mark.parametrize("address", [front, page_of, small, whole])


# --- links that work no more ---


def expire(share: Share) -> None:
    Share.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def revoke(share: Share) -> None:
    Share.objects.update(revoked_at=timezone.now())


def close_team(share: Share) -> None:
    Team.objects.update(closed_at=timezone.now())


def maker_leaves(share: Share) -> None:
    Membership.objects.filter(user=share.user).delete()


def maker_is_switched_off(share: Share) -> None:
    User.objects.filter(pk=share.user_id).update(is_active=False)


ENDS = pytest.mark.parametrize("end", [expire, revoke, close_team, maker_leaves, maker_is_switched_off])


@ENDS
@EVERY
def test_a_link_that_is_over_answers_like_one_that_never_was(end: Callable, address: Address, share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    assert client.get(at(address, image)).status_code == 200
    end(share)
    over, never = client.get(at(address, image)), client.get(at(address, image, "z" * 32))
    assert over.status_code == never.status_code == 404
    assert over.content == never.content
    assert "This link does not work any more" in over.content.decode()


@pytest.mark.parametrize("token", ["x", "'", "%00", "%2e%2e", "é", "a" * 3000, TOKEN.upper(), f"{TOKEN}x", TOKEN[:-1], "a b", "{{7}}"])
@EVERY
def test_a_token_that_is_none_answers_the_same(token: str, address: Address, share: Share, image: Image, client: Client):
    answer = client.get(at(address, image, token))
    assert answer.status_code == 404
    assert answer.content == client.get(front("z" * 32)).content


@pytest.mark.parametrize("path", ["/s/", f"/s/{TOKEN}/x/", f"/s/{TOKEN}//", f"/s/{TOKEN}/x/y/z/", f"/s//{TOKEN}/"])
def test_so_does_whatever_else_begins_like_a_link(path: str, share: Share, client: Client):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content == client.get(front("z" * 32)).content


def test_a_link_that_lost_its_last_stroke_finds_its_way(share: Share, client: Client):
    assert client.get(f"/s/{TOKEN}")["Location"] == front()


@ENDS
def test_nobody_says_a_password_or_a_comment_there_either(end: Callable, share: Share, image: Image, client: Client):
    Share.objects.update(commenting=True)
    end(share)
    for path in (front(), page_of(image)):
        assert client.post(path, {"password": "x", "guest": "Pia", "text": "Hm"}).status_code == 404
    assert not image.comments.exists()


# --- pictures that a link shows no more ---


def trash(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(trashed_at=timezone.now())


def hide(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(private=True)


def purge(image: Image) -> None:
    Image.objects.filter(pk=image.pk).update(status=ImageStatus.REMOVED)


def take_out(image: Image) -> None:
    Shown.objects.filter(image=image).delete()
    Placement.objects.filter(image=image).delete()


LEAVINGS = pytest.mark.parametrize("leave", [trash, hide, purge, take_out])


@LEAVINGS
@PARTS
def test_a_picture_that_left_is_not_there(leave: Callable, address: Address, share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    assert client.get(address(image)).status_code == 200
    leave(image)
    assert client.get(address(image)).status_code == 404
    assert str(image.uid) not in client.get(front()).content.decode()


@LEAVINGS
@PARTS
def test_nor_is_it_in_its_collection(leave: Callable, address: Address, spring: Collection, images: list[Image], client: Client):
    given(spring.user, spring.team, collection=spring, originals=True)
    assert client.get(address(images[1])).status_code == 200
    leave(images[1])
    assert client.get(address(images[1])).status_code == 404
    assert str(images[1].uid) not in client.get(front()).content.decode()


@PARTS
def test_a_picture_of_the_team_that_was_not_shared_is_not_there(address: Address, share: Share, designer: User, team: Team, client: Client):
    Share.objects.update(originals=True)
    other = pictured(made(designer, team))[0]
    assert client.get(address(other)).status_code == 404


@PARTS
def test_nor_is_one_of_another_team_however_it_came_there(address: Address, share: Share, stranger: User, other_team: Team, client: Client):
    foreign = pictured(made(stranger, other_team))[0]
    Shown.objects.create(share=share, image=foreign, position=9)
    assert client.get(address(foreign)).status_code == 404


def test_one_link_says_nothing_about_another(share: Share, designer: User, team: Team, image: Image, client: Client):
    given(designer, team, [], token="another-token")
    assert client.get(page_of(image, "another-token")).status_code == 404
    assert client.get(small(image, "another-token")).status_code == 404


def test_a_collection_is_shown_as_it_is_now(spring: Collection, designer: User, team: Team, client: Client):
    given(designer, team, collection=spring)
    new = pictured(made(designer, team))[0]
    assert str(new.uid) not in client.get(front()).content.decode()
    Placement.objects.create(collection=spring, image=new, position=0)
    assert str(new.uid) in client.get(front()).content.decode()


def test_a_collection_that_became_private_to_somebody_else_ends_the_link(spring: Collection, reviewer: User, team: Team, client: Client):
    given(reviewer, team, collection=spring)
    assert client.get(front()).status_code == 200
    Collection.objects.update(private=True)
    assert client.get(front()).status_code == 404


def test_its_owner_may_show_a_private_collection(spring: Collection, designer: User, team: Team, client: Client):
    Collection.objects.update(private=True)
    given(designer, team, collection=spring)
    assert client.get(front()).status_code == 200


def test_ones_own_private_picture_is_shown_by_choice_only(designer: User, reviewer: User, team: Team, images: list[Image], client: Client):
    for user, chosen, status in [(designer, False, 404), (designer, True, 200), (reviewer, True, 404)]:
        token = f"{user.pk}-{chosen}"
        given(user, team, images, token=token, private=chosen)
        Image.objects.filter(pk=images[0].pk).update(private=True)
        assert client.get(small(images[0], token)).status_code == status, token


# --- originals ---


@pytest.mark.parametrize(
    ("originals", "sealed", "review", "status"),
    [
        (False, False, "", 404),
        (False, False, "approved", 404),
        (True, False, "", 200),
        (True, True, "", 404),
        (True, True, "waiting", 404),
        (True, True, "rejected", 404),
        (True, True, "approved", 200),
        (False, True, "approved", 404),
    ],
)
def test_originals_go_out_if_chosen_and_never_unsealed(originals: bool, sealed: bool, review: str, status: int, share: Share, image: Image):
    Share.objects.update(originals=originals)
    Team.objects.update(sealed=sealed)
    Image.objects.filter(pk=image.pk).update(review=review, asked_at=timezone.now())
    client = Client()
    assert client.get(whole(image)).status_code == status
    assert (whole(image) in client.get(page_of(image)).content.decode()) is (status == 200)
    assert client.get(small(image)).status_code == 200
