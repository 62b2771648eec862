"""Images that are there already, as the API's tests need them."""

from typing import Any

from django.utils import timezone

from generations import search
from generations.models import Image, Review, Team, User
from tests.made import asked, made, pictured


def shown(user: User, team: Team, prompt: str = "A red kite", private: bool = False, **fields: Any) -> Image:
    """An image that is found."""
    generation = made(user, team, request=asked(prompt), private=private)
    (image,) = pictured(generation, **fields)
    search.renew([image.pk])
    return image


def waiting(user: User, team: Team, **fields: Any) -> Image:
    return shown(user, team, review=Review.WAITING, asked_at=timezone.now(), asked_by=user, **fields)
