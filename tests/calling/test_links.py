"""An address of a picture for a program: for one person, for a day, and only as long as that person may see it."""

from collections.abc import Callable
from datetime import timedelta
from time import time
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import signing
from django.test import Client, RequestFactory
from django.utils import timezone

from generations.calling import links
from generations.calling.links import link
from generations.calling.pictures import content
from generations.membership import remove
from generations.models import Image, Membership, Review, Team, User
from tests.filed import filed
from tests.made import made, pictured

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return hung(designer, team)


def hung(user: User, team: Team, **fields: Any) -> Image:
    (found,) = pictured(made(user, team, **fields))
    filed(found, size=(1600, 900))
    return found


def address(image: Image, user: User | None = None) -> str:
    request = RequestFactory().get("/")
    if user:
        request.caller = caller(user, image.team)
    return link(request, image)


def caller(user: User, team: Team) -> SimpleNamespace:
    return SimpleNamespace(user=user, team=team, membership=Membership.objects.select_related("team").get(user=user, team=team))


def fetched(where: str, **headers: str) -> Any:
    """By somebody without a session."""
    return Client().get(where.removeprefix(HERE), headers=headers)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_whoever_has_it_gets_the_original(image: Image):
    answer = fetched(address(image))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert len(body(answer)) == image.bytes


def test_it_is_absolute_and_ends_like_a_file(image: Image, settings):
    assert address(image).startswith(f"{HERE}/pictures/")
    assert address(image).endswith(".jpg")
    settings.PUBLIC_URL = "https://studio.example"
    assert address(image).startswith("https://studio.example/pictures/")


def test_pages_elsewhere_may_show_it_and_no_cache_may_share_it(image: Image):
    answer = fetched(address(image))
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"].startswith("private")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_piece_of_it_can_be_had(image: Image):
    answer = fetched(address(image), range="bytes=0-9")
    assert (answer.status_code, len(body(answer))) == (206, 10)


def test_it_is_only_looked_at(image: Image):
    where = address(image).removeprefix(HERE)
    assert Client().head(where).status_code == 200
    assert Client().post(where).status_code == 405


def test_what_was_changed_in_it_opens_nothing(image: Image, designer: User, reviewer: User):
    where = address(image)
    signed = where.rpartition("/")[2]
    other = hung(designer, image.team)
    for changed in (
        signed.replace(image.uid.hex, other.uid.hex),
        signed.replace(f"-{designer.pk}~", f"-{reviewer.pk}~"),
        signed.replace(".jpg", "x.jpg"),
        signed.rpartition("~")[0] + ".jpg",
        "nothing.jpg",
        "nothing",
    ):
        assert fetched(f"/pictures/{changed}").status_code == 404


def test_another_signature_of_ours_opens_nothing(image: Image, designer: User):
    forged = signing.TimestampSigner(sep="~").sign(f"{image.uid.hex}-{designer.pk}")
    assert fetched(f"/pictures/{forged}.jpg").status_code == 404


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Signatures are looked at so much later."""
    return lambda span: monkeypatch.setattr(signing, "time", SimpleNamespace(time=lambda: time() + span.total_seconds()))


def test_it_is_good_for_a_day(image: Image, later: Callable[[timedelta], None]):
    where = address(image)
    later(links.LASTS - timedelta(minutes=1))
    assert fetched(where).status_code == 200
    later(links.LASTS + timedelta(minutes=1))
    assert fetched(where).status_code == 404


def test_what_lies_in_the_trash_is_not_shown(image: Image):
    where = address(image)
    Image.objects.update(trashed_at=timezone.now())
    assert fetched(where).status_code == 404


def test_it_dies_with_the_membership(image: Image, designer: User, team: Team, admin: User):
    where = address(image)
    remove(Membership.objects.get(user=designer, team=team), by=admin)
    assert fetched(where).status_code == 404


def test_it_dies_with_the_account(image: Image, designer: User):
    where = address(image)
    User.objects.filter(pk=designer.pk).update(is_active=False)
    assert fetched(where).status_code == 404


def test_what_somebody_hides_is_hidden_from_others(image: Image, designer: User, viewer: User, admin: User):
    mine, theirs, administrators = (address(image, user) for user in (designer, viewer, admin))
    Image.objects.update(private=True)
    assert [fetched(where).status_code for where in (mine, theirs, administrators)] == [200, 404, 200]


def test_of_a_closed_original_there_is_the_largest_copy(image: Image, designer: User, reviewer: User, team: Team):
    Team.objects.update(sealed=True)
    image.team.refresh_from_db()
    closed, opened = address(image, designer), address(image, reviewer)
    assert (closed.rpartition(".")[2], fetched(closed)["Content-Type"]) == ("webp", "image/webp")
    assert fetched(opened)["Content-Type"] == "image/jpeg"
    Image.objects.update(review=Review.APPROVED)
    assert fetched(closed)["Content-Type"] == "image/jpeg"


def test_one_from_before_the_original_was_closed_gives_the_copy_too(image: Image):
    where = address(image)
    Team.objects.update(sealed=True)
    assert fetched(where)["Content-Type"] == "image/webp"


def test_an_answer_that_carries_its_picture_carries_as_much_as_is_open(image: Image, designer: User, team: Team):
    assert len(content(caller(designer, team), image)) == image.bytes
    Team.objects.update(sealed=True)
    assert content(caller(designer, team), image)[8:12] == b"WEBP"
