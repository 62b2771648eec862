"""Pictures that go in."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture

from generations.models import Team, Upload, User
from tests.api.caller import called
from tests.api.library import shown
from tests.filed import filed
from tests.isolation.things import uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(designer: User) -> Client:
    return called(designer)


def picture(colour: str = "teal") -> bytes:
    out = BytesIO()
    Picture.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def given(api: Client, content: bytes, name: str = "logo.png"):
    return api.post("/api/uploads", {"file": SimpleUploadedFile(name, content, "image/png")})


def test_a_file_is_kept_and_named_by_its_hash(api: Client, designer: User, team: Team):
    told = given(api, picture()).json()
    upload = Upload.objects.get()
    assert (told["sha256"], told["name"], told["width"], told["height"]) == (upload.sha256, "logo.png", 64, 48)
    assert (upload.user, upload.team) == (designer, team)


def test_the_same_picture_is_kept_once(api: Client):
    assert [given(api, picture()).status_code for _each in range(2)] == [201, 201]
    assert Upload.objects.count() == 1


def test_an_image_of_the_gallery_becomes_one(api: Client, designer: User, team: Team):
    image = shown(designer, team)
    filed(image)
    told = api.post("/api/uploads", {"image": str(image.uid)}, content_type="application/json")
    assert (told.status_code, told.json()["image"]) == (201, str(image.uid))


def test_a_private_image_of_others_does_not(api: Client, admin: User, team: Team):
    hidden = shown(admin, team, private=True)
    filed(hidden)
    assert api.post("/api/uploads", {"image": str(hidden.uid)}, content_type="application/json").status_code == 404
    assert not Upload.objects.exists()


def test_a_link_into_our_own_network_is_not_followed(api: Client, port: int):
    answer = api.post("/api/uploads", {"link": f"http://127.0.0.1:{port}/x.png"}, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "link")


def test_what_is_no_picture_is_refused(api: Client):
    for content in (b"", b"GIF89a", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\0" * 50):
        answer = given(api, content)
        assert answer.status_code in (413, 422), answer.content
    assert not Upload.objects.exists()


SENSELESS = [
    (b"", "application/json", 415),
    (b"{", "application/json", 400),
    (b"[]", "application/json", 422),
    (b"{}", "application/json", 422),
    (b'{"link": 7}', "application/json", 422),
    (b'{"link": "x", "image": "y"}', "application/json", 422),
    (b'{"image": "../../etc/passwd"}', "application/json", 404),
    (b'{"link": "file:///etc/passwd"}', "application/json", 422),
    (b'{"link": "' + b"a" * 20_000 + b'"}', "application/json", 422),
    (b"[" * 100_000, "application/json", 400),
    (b" " * 2_000_000, "application/json", 413),
    (b"x", "text/plain", 415),
    (b"x", "multipart/form-data", 400),
    (b"x", "multipart/form-data; boundary=b", 422),
]


def test_a_body_that_makes_no_sense_is_told_why(api: Client):
    for body, kind, status in SENSELESS:
        answer = api.generic("POST", "/api/uploads", body, kind)
        assert answer.status_code == status, (body[:40], kind, answer.content)
        assert answer.json()["error"]["message"], (body[:40], kind)


def test_two_files_at_once_are_one_too_many(api: Client):
    files = [SimpleUploadedFile(name, picture(), "image/png") for name in "ab"]
    assert api.post("/api/uploads", {"file": files}).status_code == 422


def test_a_viewer_gives_nothing(viewer: User):
    assert given(called(viewer), picture()).status_code == 403


def test_ones_own_and_the_teams_are_listed(api: Client, designer: User, admin: User, team: Team):
    mine, theirs = uploaded(designer, team), uploaded(admin, team)
    Upload.objects.filter(pk=theirs.pk).update(shared=True)
    assert hashes(api.get("/api/uploads")) == [mine.sha256]
    assert hashes(api.get("/api/uploads?library=true")) == [theirs.sha256]


def hashes(answer: Any) -> list[str]:
    return [one["sha256"] for one in answer.json()["items"]]


def test_the_list_comes_in_pages_at_the_same_cost(api: Client, designer: User, team: Team):
    wanted = [uploaded(designer, team).sha256 for _each in range(4)][::-1]
    first = api.get("/api/uploads?limit=2")
    assert hashes(first) + hashes(api.get(first.json()["next"])) == wanted
    with CaptureQueriesContext(connection) as two:
        api.get("/api/uploads?limit=2")
    with CaptureQueriesContext(connection) as four:
        api.get("/api/uploads?limit=4")
    assert len(two) == len(four)
