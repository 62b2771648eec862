"""Where an image comes from, and what came of it."""

from dataclasses import dataclass

from generations.gallery.thumbs import Thumb
from generations.models import Image
from generations.web import seen
from generations.web.lineage import ancestors, first_images, reruns, used_in
from generations.web.requests import StudioRequest


@dataclass(frozen=True)
class Lineage:
    ancestors: list[Thumb]  # oldest first
    reruns: list[Thumb]  # newest first
    uses: list[Thumb]  # what it went into as a reference, newest first

    def __bool__(self) -> bool:
        return bool(self.ancestors or self.reruns or self.uses)


def lineage(request: StudioRequest, image: Image, query: str = "") -> Lineage:
    """By one picture of each generation, as far as this person may see them. With `query` they lead back to the same list."""
    before, after, uses = ancestors(request, image.generation), reruns(request, image.generation_id), used_in(request, image)
    faces = first_images(request, [*before, *after, *uses])
    back, on, into = ([Thumb(faces[pk], query) for pk in numbers if pk in faces] for numbers in (reversed(before), after, uses))
    return Lineage(back, on, into)


def parent_of(request: StudioRequest, image: Image) -> Image | None:
    """What a re-run is compared with: the picture at the same place, or else the first."""
    if not image.generation.parent_id:
        return None
    rows = list(seen.images(request).kept().filter(generation=image.generation.parent_id).order_by("index"))
    return next((one for one in rows if one.index == image.index), rows[0] if rows else None)
