"""Addresses of pictures that programs gave beforehand, to name them in a request later. Like those of pictures, signed and for one person.

As a reference it is never called: whoever reads the request knows it by its hash and takes it from the store, also after its days.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import reverse

from generations.models import Membership, Upload, User

LASTS = timedelta(hours=72)  # as APIMart says of its own
OURS = re.compile(r"/compat/apimart/f/image/[^/]+/([0-9a-f]{64})\.(?:jpeg|png|webp)")

signer = TimestampSigner(salt="generations.calling.deposits", sep="~")


def link(request: HttpRequest, upload: Upload, user: User) -> str:
    path = reverse("deposit", args=[signer.sign(f"{upload.pk}-{user.pk}"), f"{upload.sha256}.{upload.format}"])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def named(path: str) -> str:
    """The hash of the picture that such an address is about; empty where it is no such address."""
    found = OURS.fullmatch(path)
    return found[1] if found else ""


def follow(signed: str, sha256: str) -> Upload | None:
    """The picture, if its person may have it now."""
    try:
        number, _dash, person = signer.unsign(signed, max_age=LASTS).partition("-")
    except BadSignature:
        return None
    teams = Membership.objects.filter(user=int(person), user__is_active=True).values("team")
    return Upload.objects.filter(pk=number, sha256=sha256, team__in=teams).first()
