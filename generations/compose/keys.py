"""The number that a form was shown with: sent twice, it is one request. And the price: nobody pays more than they saw."""

import re
from uuid import UUID

from generations.compose.filled import read_uuid
from generations.models import Generation, User
from generations.web.requests import StudioRequest

AMOUNT = re.compile("[0-9]{1,18}")


def read_key(request: StudioRequest) -> UUID | None:
    """One that somebody else has sent is not this person's."""
    key = read_uuid(request.POST.get("key", ""))
    others = User.objects.exclude(pk=request.user.pk).values("pk")  # there is an index of users and their keys
    return None if key is None or Generation.objects.filter(user__in=others, request_key=key).exists() else key


def fresh_key(request: StudioRequest) -> UUID | None:
    """The form's own, unless it has started something meanwhile: then the next click is meant to start something new."""
    key = read_uuid(request.POST.get("key", ""))
    return None if key is None or begun(request, key) else key


def begun(request: StudioRequest, key: UUID) -> bool:
    """Whether it has started something already."""
    return Generation.objects.filter(user=request.user, request_key=key).exists()


def dearer(request: StudioRequest, price: int | None) -> bool:
    """Than the form said when it was shown. Where it says nothing it comes from a page of before, or from a program."""
    shown = request.POST.get("price")
    return shown is not None and (price or 0) > (int(shown) if AMOUNT.fullmatch(shown) else 0)
