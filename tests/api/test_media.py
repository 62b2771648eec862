"""Files of images, with a token."""

import pytest
from django.test import Client

from generations.models import Image, Review, Team, User
from tests.api.caller import called
from tests.api.library import shown
from tests.filed import filed

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    image = shown(designer, team)
    filed(image)
    return image


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_original_is_what_the_provider_sent(designer: User, image: Image):
    answer = called(designer).get(f"/api/images/{image.uid}/original")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert body(answer) == filed(image)
    assert answer["Vary"].startswith("Authorization")


@pytest.mark.parametrize("side", [320, 640, 1280])
def test_a_copy_is_webp(designer: User, image: Image, side: int):
    answer = called(designer).get(f"/api/images/{image.uid}/{side}.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert body(answer)[8:12] == b"WEBP"


def test_other_sides_are_not_there(designer: User, image: Image):
    assert called(designer).get(f"/api/images/{image.uid}/641.webp").status_code == 404


def test_a_sealed_original_is_closed_until_it_is_approved(designer: User, reviewer: User, team: Team, image: Image):
    Team.objects.update(sealed=True)
    address, dana = f"/api/images/{image.uid}", called(designer)
    refused = dana.get(f"{address}/original")
    assert (refused.status_code, refused.json()["error"]["type"]) == (403, "permission")
    assert body(dana.get(f"{address}/1280.webp")) == body(dana.get(f"{address}/320.webp"))
    assert called(reviewer).get(f"{address}/original").status_code == 200
    Image.objects.update(review=Review.APPROVED)
    assert dana.get(f"{address}/original").status_code == 200


def test_a_session_opens_no_file(designer: User, image: Image):
    client = Client()
    client.force_login(designer)
    assert client.get(f"/api/images/{image.uid}/original").status_code == 401


def test_a_file_that_is_lost_is_not_there(designer: User, team: Team):
    assert called(designer).get(f"/api/images/{shown(designer, team).uid}/original").status_code == 404
