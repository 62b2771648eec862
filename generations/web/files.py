"""The files of an image that somebody may see: its copies, and its original where that is open to them."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from generations.access import largest_copy
from generations.media import names
from generations.media.names import Name
from generations.web.sending import answer

AGAIN = "private, no-cache"  # of a copy that gives way to a larger one on the day its original opens


def closed() -> PermissionDenied:
    return PermissionDenied(_("The original opens when the image is approved. Until then there are smaller copies of it."))


@dataclass(frozen=True)
class File:
    sha256: str
    format: str
    width: int | None
    height: int | None
    opened: bool
    password: str = ""  # of whoever asks, as it is kept: a session that was begun with another one is over
    signed_out: int = 0  # or before all of them were ended

    @property
    def largest(self) -> int:
        return max(names.SIDES) if self.opened else largest_copy(self.width, self.height)

    def original(self) -> Name:
        if not self.opened:
            raise closed()
        return names.original(self.sha256, self.format)

    def copy(self, request: HttpRequest, side: int) -> HttpResponseBase:
        if side > self.largest:
            return answer(request, names.derived(self.sha256, self.largest), AGAIN)
        return answer(request, names.derived(self.sha256, side))
