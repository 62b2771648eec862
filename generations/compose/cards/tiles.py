"""One tile for each picture that was asked for or came, from the first paint on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from generations.compose.cards.words import ordinal
from generations.compose.line import Place
from generations.models import Generation, Image, ImageStatus, Review, Status
from generations.web.words import pixels

IDLE = (Status.ASKING, Status.QUEUED, Status.SENDING, Status.UNKNOWN)
BLANK = (*IDLE, Status.WAITING, Status.COLLECTING, Status.PARTIAL, Status.EXPIRED)  # tiles stand there without pictures
STANDS = {  # kind and icon
    Review.WAITING: ("asked", "eye"),
    Review.APPROVED: ("approved", "approved"),
    Review.REJECTED: ("rejected", "cross"),
    Review.CHANGE: ("change", "comment"),
}


@dataclass(frozen=True)
class Badge:
    kind: str
    icon: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Tile:
    kind: Literal["picture", "coming", "empty"]
    text: str = ""
    idle: bool = False
    image: Image | None = None
    badges: tuple[Badge, ...] = ()

    @property
    def starred(self) -> bool:
        return bool(self.image and getattr(self.image, "starred", False))


def tiles(generation: Generation, images: Sequence[Image], place: Place | None) -> list[Tile]:
    total = max(generation.images_asked, len(images))
    found = [tile(generation, image, number, total) for number, image in enumerate(images, start=1)]
    left = generation.images_asked - len(found)
    if left > 0 and (found or generation.status in BLANK):
        found += [blank(generation, place if number == 0 else None) for number in range(left)]
    return found


def tile(generation: Generation, image: Image, number: int, total: int) -> Tile:
    if image.status == ImageStatus.COMING:
        return Tile("coming", image=image)
    if image.status != ImageStatus.STORED:
        return Tile("empty", gone(ImageStatus(image.status)), image=image)
    if image.trashed_at:
        return Tile("empty", _("in the trash"), image=image)
    size = pixels(image.width, image.height) if image.width and image.height else ""
    name = _("Image %(number)s of %(total)s") % {"number": number, "total": total}
    return Tile("picture", f"{name}, {size}" if size else name, image=image, badges=tuple(badges(generation, image)))


def blank(generation: Generation, place: Place | None) -> Tile:
    status = generation.status
    if status not in IDLE and not generation.running:
        return Tile("empty", _("missing"))
    return Tile("coming", said(place) if place and status == Status.QUEUED else "", idle=status in IDLE)


def said(place: Place) -> str:
    if not place.number:
        return ""
    if place.number == 1:
        return _("next in line")
    return _("%(ordinal)s in line") % {"ordinal": ordinal(place.number)}


def gone(status: ImageStatus) -> str:
    return {ImageStatus.LOST: _("lost"), ImageStatus.REFUSED: _("refused")}.get(status, _("missing"))


def badges(generation: Generation, image: Image) -> list[Badge]:
    """In fixed order; the star is the template's, because it is also a button."""
    found = []
    if image.review:
        review = Review(image.review)
        found.append(Badge(*STANDS[review], str(review.label)))
    for promise in image.broken[:1]:
        values = {"delivered": human(promise["delivered"]), "promised": human(promise["promised"])}
        title = _("%(delivered)s instead of %(promised)s") % values
        found.append(Badge("broken", "warn", title, values["delivered"].partition("\N{NO-BREAK SPACE}")[0].upper()))
    if image.late:
        found.append(Badge("late", "clock", _("It came after the waiting was stopped"), _("late")))
    if image.extra:
        found.append(Badge("extra", "create", _("One more than was asked for"), _("extra")))
    return found


def human(figure: str) -> str:
    width, times, height = figure.partition("x")
    return pixels(int(width), int(height)) if times and width.isdecimal() and height.isdecimal() else figure
