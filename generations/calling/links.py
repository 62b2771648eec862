"""Addresses of pictures for programs, which have no session: signed, for one person, and good for a day.

The signature only says what was handed out, and to whom. Whether it is still theirs to see is asked on every visit: an address dies
with its person's membership, not with the token it was got by, for a program may well outlive that.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.urls import reverse

from generations.calling.pictures import best
from generations.media.names import Name
from generations.models import Image, Membership, Role, User

LASTS = timedelta(hours=24)

signer = TimestampSigner(salt="generations.calling.links", sep="~")


def link(request: HttpRequest, image: Image) -> str:
    """Absolute. For whoever asks; where nobody is known to ask, for whoever made the image."""
    caller = getattr(request, "caller", None)
    user = caller.user if caller else image.user
    membership = caller.membership if caller else Membership.objects.filter(team=image.team_id, user=user).select_related("team").first()
    extension = best(membership, image).rpartition(".")[2] if membership else "webp"
    path = reverse("signed_picture", args=[f"{write(image, user)}.{extension}"])
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def write(image: Image, user: User) -> str:
    return signer.sign(f"{image.uid.hex}-{user.pk}")


def named(path: str) -> UUID | None:
    """The image that such an address is about, whoever it was for; none where we never handed it out. As a reference it is not called."""
    try:
        return UUID(signer.unsign(path.rpartition("/")[2].rpartition(".")[0]).partition("-")[0])
    except BadSignature:
        return None


def follow(signed: str) -> Name | None:
    """The file behind it, if its person may see that now."""
    try:
        uid, _dash, person = signer.unsign(signed.rpartition(".")[0], max_age=LASTS).partition("-")
    except BadSignature:
        return None
    image = Image.objects.stored().kept().select_related("team").filter(uid=UUID(uid)).first()
    member = image and Membership.objects.filter(team=image.team_id, user=int(person), user__is_active=True).select_related("team").first()
    if not image or not member or (image.private and image.user_id != member.user_id and not member.may(Role.ADMIN)):
        return None
    return best(member, image)
