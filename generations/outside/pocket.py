"""What a visitor's browser keeps for one link: signed, sent back to that link alone, and worth nothing once its password is another."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from generations.models import Share


@dataclass(frozen=True)
class Link:
    """A share as somebody came to it: the studio itself does not know its token."""

    share: Share
    token: str

    @property
    def address(self) -> str:
        return reverse("shared", args=[self.token])

    def to(self, name: str, *more: object) -> str:
        return reverse(name, args=[self.token, *more])


@dataclass(frozen=True)
class Pocket:
    name: str
    seconds: int

    def put(self, response: HttpResponseBase, link: Link, value: str = "yes") -> None:
        signed = signing.dumps(value, salt=self.salt(link))
        response.set_cookie(self.name, signed, self.seconds, path=link.address, secure=settings.SECURE, httponly=True, samesite="Lax")

    def get(self, request: HttpRequest, link: Link) -> str:
        try:
            found: Any = signing.loads(request.COOKIES.get(self.name, ""), salt=self.salt(link), max_age=self.seconds)
        except signing.BadSignature:
            return ""
        return str(found)

    def salt(self, link: Link) -> str:
        return f"share/{link.share.pk}/{link.share.password}/{self.name}"


PASS = Pocket("pass", 12 * 3600)  # whoever said the password
VISIT = Pocket("visit", 30 * 60)  # so long a visit goes on after the last page
GUEST = Pocket("guest", 30 * 24 * 3600)  # what they called themselves
