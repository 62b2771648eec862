"""Where an image comes from, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from generations.gallery.thumbs import Thumb
from generations.models import Generation, Image, Reference
from generations.web import seen
from generations.web.requests import StudioRequest

MOST = 5  # generations back, and re-runs that are shown


@dataclass(frozen=True)
class Lineage:
    ancestors: list[Thumb]  # oldest first
    reruns: list[Thumb]  # newest first
    uses: list[Thumb]  # what it went into as a reference, newest first

    def __bool__(self) -> bool:
        return bool(self.ancestors or self.reruns or self.uses)


def lineage(request: StudioRequest, image: Image, query: str = "") -> Lineage:
    """By one picture of each generation, as far as this person may see them. With `query` they lead back to the same list."""
    before = ancestors(request, image.generation)
    after = list(seen.generations(request).filter(parent=image.generation_id).order_by("-pk").values_list("pk", flat=True)[:MOST])
    uses = used_in(request, image)
    faces = first_images(request, [*before, *after, *uses])
    back, on, into = ([Thumb(faces[pk], query) for pk in numbers if pk in faces] for numbers in (reversed(before), after, uses))
    return Lineage(back, on, into)


def used_in(request: StudioRequest, image: Image) -> list[int]:
    found = Reference.objects.filter(upload__image=image).values("generation")
    return list(seen.generations(request).filter(pk__in=found).order_by("-pk").values_list("pk", flat=True)[:MOST])


def ancestors(request: StudioRequest, generation: Generation) -> list[int]:
    """Nearest first. One that may not be seen, or is gone, ends the line."""
    found: list[int] = []
    parent = generation.parent_id
    while parent and len(found) < MOST:
        row = seen.generations(request).filter(pk=parent).values_list("pk", "parent_id").first()
        if row is None or row[0] in found:
            break
        found.append(row[0])
        parent = row[1]
    return found


def first_images(request: StudioRequest, generations: Iterable[int]) -> dict[int, Image]:
    rows = seen.images(request).kept().filter(generation__in=list(generations)).select_related("generation").order_by("-index")
    return {image.generation_id: image for image in rows}


def parent_of(request: StudioRequest, image: Image) -> Image | None:
    """What a re-run is compared with: the picture at the same place, or else the first."""
    if not image.generation.parent_id:
        return None
    rows = list(seen.images(request).kept().filter(generation=image.generation.parent_id).order_by("index"))
    return next((one for one in rows if one.index == image.index), rows[0] if rows else None)
