"""Pictures on the short way and on the long one: the same rule, the same answer."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from generations.gallery import express
from generations.media import names
from generations.media.store import store
from generations.models import Image, ImageStatus, Membership, Role, Team, User
from generations.people import add_member
from tests.cast import PASSWORD, client_of
from tests.gallery.stock import filed, hung, png, put
from tests.sessions import change_password, end_all, expire, switch_off

pytestmark = pytest.mark.django_db

Way = Callable[[Image], str]
PNG = png()


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    image = hung(designer, team)[0]
    filed(image, PNG)
    return image


def small(image: Image) -> str:
    return reverse("picture", args=[image.uid, 320])


def whole(image: Image) -> str:
    return reverse("original", args=[image.uid])


WAYS = pytest.mark.parametrize("way", [small, whole])


@WAYS
def test_the_team_sees_it(way: Way, image: Image, designer: User, viewer: User):
    for user in (designer, viewer):
        assert client_of(user).get(way(image)).status_code == 200


@WAYS
def test_a_strangers_picture_answers_like_one_that_never_was(way: Way, image: Image, stranger: User):
    client = client_of(stranger)
    there, nowhere = client.get(way(image)), client.get(way(image).replace(str(image.uid), str(uuid4())))
    assert there.status_code == nowhere.status_code == 404
    assert blank(there.content) == blank(nowhere.content)


def blank(page: bytes) -> bytes:
    """Without what differs in every answer."""
    return re.sub(rb'value="\w{64}"|CSRFToken": "\w+|[0-9a-f-]{36}', b"", page)


@WAYS
def test_a_private_one_is_for_its_author_and_team_administrators(way: Way, image: Image, designer: User, reviewer: User, admin: User):
    Image.objects.update(private=True)
    assert [client_of(user).get(way(image)).status_code for user in (designer, reviewer, admin)] == [200, 404, 200]


@WAYS
def test_one_in_the_trash_is_for_those_who_may_take_it_out(way: Way, image: Image, designer: User, reviewer: User, admin: User):
    Image.objects.update(trashed_at=timezone.now())
    assert [client_of(user).get(way(image)).status_code for user in (designer, reviewer, admin)] == [200, 404, 200]


@WAYS
def test_only_what_is_stored_is_sent(way: Way, image: Image, designer: User):
    for status in [ImageStatus.COMING, ImageStatus.REFUSED, ImageStatus.LOST, ImageStatus.MISSING, ImageStatus.REMOVED]:
        Image.objects.update(status=status)
        assert client_of(designer).get(way(image)).status_code == 404, status


@WAYS
def test_every_team_of_a_person_counts(way: Way, image: Image, stranger: User, team: Team):
    client = client_of(stranger)
    add_member(stranger, team, Role.VIEWER)
    assert client.get(way(image)).status_code == 200
    Membership.objects.filter(user=stranger, team=team).delete()
    assert client.get(way(image)).status_code == 404


# --- a session that is over is over at once ---


def sign_out(client: Client, user: User) -> None:
    """Elsewhere: the cookie is still there."""
    client.session.delete()


@WAYS
@pytest.mark.parametrize("end", [sign_out, switch_off, change_password, end_all, expire])
def test_a_session_that_is_over_sees_nothing(end: Callable, way: Way, image: Image, designer: User):
    client = client_of(designer)
    assert client.get(way(image)).status_code == 200
    end(client, designer)
    answer = client.get(way(image))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@WAYS
def test_a_stranger_is_asked_who_they_are(way: Way, image: Image, client: Client):
    assert client.get(way(image)).status_code == 302


def test_a_cookie_somebody_made_up_is_nobodys(image: Image, client: Client):
    for value in ("x", "", "0" * 32, "é", "\0", "a" * 5000):
        client.cookies["session"] = value
        assert client.get(small(image)).status_code == 302


def test_a_name_that_is_not_ours_is_refused(image: Image, designer: User):
    assert client_of(designer).get(small(image), headers={"host": "evil.example"}).status_code == 400


# --- the short way ---


def test_a_small_picture_takes_the_short_way(image: Image, designer: User, django_assert_num_queries):
    client = client_of(designer)
    with django_assert_num_queries(2):
        assert client.get(small(image)).status_code == 200


def test_the_short_way_knows_every_size(image: Image):
    for side in names.SIDES:
        assert express.ADDRESS.fullmatch(reverse("picture", args=[image.uid, side]))


def test_the_long_way_gives_the_same(image: Image, designer: User, settings):
    client = client_of(designer)
    short = client.get(small(image))
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "express" not in one]
    long = client_of(designer).get(small(image))
    different = {"X-Request-ID", "Content-Language", "Vary"}
    assert short.content == long.content
    assert {k: v for k, v in short.items() if k not in different} == {k: v for k, v in long.items() if k not in different}


# --- headers ---


@WAYS
def test_it_may_be_kept_for_ever_and_do_nothing(way: Way, image: Image, designer: User):
    answer = client_of(designer).get(way(image))
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == {small: "image/webp", whole: "image/png"}[way]
    assert answer["Content-Disposition"].startswith('inline; filename="')


@WAYS
def test_what_the_browser_has_is_not_sent_again(way: Way, image: Image, designer: User, stranger: User):
    etag = client_of(designer).get(way(image))["ETag"]
    again = client_of(designer).get(way(image), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client_of(stranger).get(way(image), headers={"if-none-match": etag}).status_code == 404


def test_the_original_is_byte_for_byte_what_came(designer: User, team: Team):
    image = hung(designer, team)[0]
    content = filed(image)
    answer = client_of(designer).get(whole(image))
    assert body(answer) == content
    assert answer["Content-Length"] == str(len(content))


def body(answer) -> bytes:
    if not answer.streaming:
        return answer.content
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # not the answer itself: that would close the test's database too
        close()
    return content


def test_a_large_original_is_streamed(designer: User, team: Team):
    image = hung(designer, team)[0]
    content = filed(image, bytes(range(256)) * 4096)
    answer = client_of(designer).get(whole(image))
    assert answer.streaming
    assert body(answer) == content


# --- pieces ---

RANGES = [
    ("bytes=0-9", slice(0, 10)),
    ("bytes=10-", slice(10, None)),
    ("bytes=-7", slice(-7, None)),
    ("bytes=5-99999999999", slice(5, None)),
    ("bytes=-99999999999", slice(0, None)),
]
BEYOND = ["bytes=9999999-", "bytes=999999999999999999-", "bytes=-0", "bytes=9-3"]
BAD = [
    "bytes=abc",
    "bytes=0-9e18",
    "bytes=--5",
    "pages=1-2",
    "bytes=" + ",".join(f"{n}-{n}" for n in range(1000)),
    "bytes=" + "9" * 5000 + "-",
    "bytes=٣-٤",
]


def test_a_piece_is_sent(image: Image, designer: User):
    client = client_of(designer)
    for asked, part in RANGES:
        answer = client.get(whole(image), headers={"range": asked})
        start, stop, _step = part.indices(len(PNG))
        assert (asked, answer.status_code, body(answer)) == (asked, 206, PNG[part])
        assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{len(PNG)}"


def test_a_piece_that_is_not_there_is_refused(image: Image, designer: User):
    client = client_of(designer)
    for asked in BEYOND:
        answer = client.get(whole(image), headers={"range": asked})
        assert (asked, answer.status_code, answer["Content-Range"]) == (asked, 416, f"bytes */{image.bytes}")


def test_a_range_that_is_none_is_not_read(image: Image, designer: User):
    client = client_of(designer)
    for asked in BAD:
        answer = client.get(whole(image), headers={"range": asked})
        assert (asked, answer.status_code, len(body(answer))) == (asked, 200, image.bytes)


def test_a_piece_of_something_else_is_no_piece(image: Image, designer: User):
    client = client_of(designer)
    headers = {"range": "bytes=0-9", "if-range": '"another"'}
    assert client.get(whole(image), headers=headers).status_code == 200
    headers["if-range"] = client.get(whole(image))["ETag"]
    assert body(client.get(whole(image), headers=headers)) == PNG[:10]


# --- other addresses ---

STRANGE = [
    "../../etc/passwd",
    "%2e%2e%2f320.webp",
    "321.webp",
    "0.webp",
    "320.png",
    "320.webp%00",
    "320.webp/..",
    "original/x",
    "-320.webp",
]


def test_no_address_leads_elsewhere(image: Image, designer: User):
    client = client_of(designer)
    for end in STRANGE:
        assert (end, client.get(f"/images/{image.uid}/{end}").status_code in (301, 404)) == (end, True)


def test_a_strangers_hash_is_no_address(image: Image, designer: User):
    assert client_of(designer).get(f"/images/{image.sha256}/320.webp").status_code == 404


@WAYS
def test_a_file_that_is_gone_is_not_there(way: Way, image: Image, designer: User):
    for name in (names.original(image.sha256, "png"), names.derived(image.sha256, 320)):
        store().remove(name)
    assert client_of(designer).get(way(image)).status_code == 404


@WAYS
def test_only_looking_is_possible(way: Way, image: Image, designer: User):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client_of(designer), method)(way(image)).status_code == 405


def test_a_head_has_no_body(image: Image, designer: User):
    assert client_of(designer).head(small(image))["Content-Type"] == "image/webp"


# --- whoever has the bytes ---


@WAYS
def test_the_web_server_in_front_sends_it_where_it_can(way: Way, image: Image, designer: User, settings):
    settings.ACCEL = "/pictures/"
    answer = client_of(designer).get(way(image))
    name = names.derived(image.sha256, 320) if way is small else names.original(image.sha256, "png")
    assert answer["X-Accel-Redirect"] == f"/pictures/{name}"
    assert answer.content == b""
    assert answer["Content-Type"].startswith("image/")


@WAYS
def test_a_bucket_is_shown_by_an_address_that_soon_ends(way: Way, image: Image, designer: User, stranger: User, monkeypatch):
    given = lambda self, name, seconds: f"https://bucket.example/{name}?until={seconds}"  # noqa: E731
    monkeypatch.setattr(type(store()), "link", given)
    answer = client_of(designer).get(way(image))
    assert answer.status_code == 302
    assert answer["Location"].endswith("?until=300")
    assert answer["Cache-Control"] == "private, max-age=150"
    assert client_of(stranger).get(way(image)).status_code == 404


def test_the_session_is_the_one_of_the_login_page(image: Image, designer: User, client: Client):
    """What the short way reads is what signing in really writes."""
    client.post("/account/login/", {"login": designer.email, "password": PASSWORD})
    assert client.get(small(image)).status_code == 200


def test_a_picture_of_svg_can_never_be_one(image: Image, designer: User):
    put(names.derived(image.sha256, 320), b"<svg onload=alert(1)>")
    assert client_of(designer).get(small(image))["Content-Type"] == "image/webp"
