"""Which links work, and which pictures they show: asked anew by every page and every picture."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import Collection, Image, ImageStatus, Membership, Placement, Share, Shown, Team, User
from tests.made import made, pictured
from tests.outside.given import TOKEN, front, given, page_of, small, whole

pytestmark = pytest.mark.django_db

Address = Callable[..., str]
PARTS = (page_of, small, whole)
EVERY = (front, *PARTS)


def at(address: Address, image: Image, token: str = TOKEN) -> str:
    return front(token) if address is front else address(image, token)


def answers(client: Client, image: Image) -> list[int]:
    return [client.get(address(image)).status_code for address in PARTS]


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
def test_a_link_that_is_over_answers_like_one_that_never_was(end: Callable, share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    assert {client.get(at(address, image)).status_code for address in EVERY} == {200}
    end(share)
    for address in EVERY:
        over, never = client.get(at(address, image)), client.get(at(address, image, "z" * 32))
        assert over.status_code == never.status_code == 404, address
        assert over.content == never.content, address
        assert "This link does not work any more" in over.content.decode(), address


NONE = ["x", "'", "%00", "%2e%2e", "é", "a" * 3000, TOKEN.upper(), f"{TOKEN}x", TOKEN[:-1], "a b", "{{7}}"]


def test_a_token_that_is_none_answers_the_same(share: Share, image: Image, client: Client):
    never = client.get(front("z" * 32)).content
    for address, token in product(EVERY, NONE):
        answer = client.get(at(address, image, token))
        assert (answer.status_code, answer.content) == (404, never), (address, token)


def test_so_does_whatever_else_begins_like_a_link(share: Share, client: Client):
    never = client.get(front("z" * 32)).content
    for path in ("/s/", f"/s/{TOKEN}/x/", f"/s/{TOKEN}//", f"/s/{TOKEN}/x/y/z/", f"/s//{TOKEN}/"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (404, never), path


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
def test_a_picture_that_left_is_not_there(leave: Callable, share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    assert answers(client, image) == [200, 200, 200]
    leave(image)
    assert answers(client, image) == [404, 404, 404]
    assert str(image.uid) not in client.get(front()).content.decode()


@LEAVINGS
def test_nor_is_it_in_its_collection(leave: Callable, spring: Collection, images: list[Image], client: Client):
    given(spring.user, spring.team, collection=spring, originals=True)
    assert answers(client, images[1]) == [200, 200, 200]
    leave(images[1])
    assert answers(client, images[1]) == [404, 404, 404]
    assert str(images[1].uid) not in client.get(front()).content.decode()


def test_a_picture_of_the_team_that_was_not_shared_is_not_there(share: Share, designer: User, team: Team, client: Client):
    Share.objects.update(originals=True)
    assert answers(client, pictured(made(designer, team))[0]) == [404, 404, 404]


def test_nor_is_one_of_another_team_however_it_came_there(share: Share, stranger: User, other_team: Team, client: Client):
    foreign = pictured(made(stranger, other_team))[0]
    Shown.objects.create(share=share, image=foreign, position=9)
    assert answers(client, foreign) == [404, 404, 404]


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


CASES = [  # chosen, sealed, review: does it go out?
    (False, False, "", 404),
    (False, False, "approved", 404),
    (True, False, "", 200),
    (True, True, "", 404),
    (True, True, "waiting", 404),
    (True, True, "rejected", 404),
    (True, True, "approved", 200),
    (False, True, "approved", 404),
]


def test_originals_go_out_if_chosen_and_never_unsealed(share: Share, image: Image):
    for originals, sealed, review, status in CASES:
        Share.objects.update(originals=originals)
        Team.objects.update(sealed=sealed)
        Image.objects.filter(pk=image.pk).update(review=review, asked_at=timezone.now())
        assert answers(client := Client(), image) == [200, 200, status], (originals, sealed, review)
        assert (whole(image) in client.get(page_of(image)).content.decode()) is (status == 200), (originals, sealed, review)
