"""Links that are there already, whose tokens the tests know."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from generations.models import Image, Share, Shown, Team, User
from generations.models.invitations import digest_of

TOKEN = "token-that-somebody-was-given-32"
SECRET = "three quiet herons"


def given(user: User, team: Team, images: Iterable[Image] = (), *, token: str = TOKEN, secret: str = "", **fields: Any) -> Share:
    usual = {"title": "Round two", "expires_at": timezone.now() + timedelta(days=14)}
    share = Share.objects.create(
        team=team, user=user, digest=digest_of(token), password=make_password(secret) if secret else "", **usual | fields
    )
    Shown.objects.bulk_create(Shown(share=share, image=image, position=place) for place, image in enumerate(images))
    return share


def front(token: str = TOKEN) -> str:
    return f"/s/{token}/"


def page_of(image: Image, token: str = TOKEN) -> str:
    return f"/s/{token}/{image.uid}/"


def small(image: Image, token: str = TOKEN) -> str:
    return f"/s/{token}/{image.uid}/320.webp"


def whole(image: Image, token: str = TOKEN) -> str:
    return f"/s/{token}/{image.uid}/original"
