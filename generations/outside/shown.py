"""What a link shows now. Every page and every picture asks anew, so what was taken out, put in the trash or made private is gone."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from generations.access import leaves
from generations.models import Image, ImageStatus, Placement, Share, Shown
from generations.outside.pocket import Link
from generations.web import words
from generations.web.shapes import shape

FAR = 9_999  # so far pictures are numbered
LONGEST = 120  # letters of a prompt that name a picture


def rows(share: Share) -> QuerySet[Any]:
    """The places of its images, in their order."""
    places: QuerySet[Any] = (
        Placement.objects.filter(collection=share.collection_id) if share.collection_id else Shown.objects.filter(share=share)
    )
    there = Q(image__team=share.team_id, image__status=ImageStatus.STORED, image__trashed_at=None)
    own = Q(image__user=share.user_id) if share.private else Q()
    return places.filter(there, Q(image__private=False) | own).order_by("position", "image")


def earlier(row: Any) -> Q:
    return Q(position__lt=row.position) | Q(position=row.position, image__lt=row.image_id)


def later(row: Any) -> Q:
    return Q(position__gt=row.position) | Q(position=row.position, image__gt=row.image_id)


def number(share: Share, row: Any) -> int:
    """Which one it is, counted in the index, and only so far."""
    return rows(share).filter(earlier(row))[:FAR].count() + 1


def find(share: Share, uid: UUID) -> Any:
    row = rows(share).filter(image__uid=uid).select_related("image__generation").first()
    if row is None:
        raise Http404
    return row


@dataclass(frozen=True)
class Picture:
    link: Link
    image: Image
    number: int

    @property
    def page(self) -> str:
        return self.link.to("shared_image", self.image.uid)

    @property
    def sources(self) -> dict[str, str]:
        return {f"at_{side}": self.link.to("shared_picture", self.image.uid, side) for side in (320, 640, 1280)}

    @property
    def widths(self) -> list[int]:
        """Of the two smaller copies, whose longest sides are known."""
        ratio = (self.image.width or 1) / (self.image.height or 1)
        return [min(side, round(side * ratio)) for side in (320, 640)]

    @property
    def shape(self) -> str:
        return shape(self.image.width, self.image.height)

    @property
    def prompt(self) -> str:
        return words.visible(self.image.generation.prompt) if self.link.share.prompt else ""

    @property
    def name(self) -> str:
        """For who cannot see it. The prompt only where it goes out anyway."""
        return words.short(self.prompt, LONGEST) or _("Image %(n)s") % {"n": self.number}

    @property
    def original(self) -> str:
        return self.link.to("shared_original", self.image.uid) if leaves(self.link.share, self.image) else ""

    @property
    def file(self) -> str:
        return f"{self.image.format.upper()}, {words.size(self.image.bytes)}"
