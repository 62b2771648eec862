"""Generations before and after an image, as far as somebody may see them."""

from collections.abc import Iterable

from generations.models import Generation, Image, Reference
from generations.web import seen
from generations.web.requests import Whoever

MOST = 5  # generations back, and re-runs that are shown


def used_in(who: Whoever, image: Image) -> list[int]:
    found = Reference.objects.filter(upload__image=image).values("generation")
    return list(seen.generations(who).filter(pk__in=found).order_by("-pk").values_list("pk", flat=True)[:MOST])


def ancestors(who: Whoever, generation: Generation) -> list[int]:
    """Nearest first. One that may not be seen, or is gone, ends the line."""
    found: list[int] = []
    parent = generation.parent_id
    while parent and len(found) < MOST:
        row = seen.generations(who).filter(pk=parent).values_list("pk", "parent_id").first()
        if row is None or row[0] in found:
            break
        found.append(row[0])
        parent = row[1]
    return found


def first_images(who: Whoever, generations: Iterable[int]) -> dict[int, Image]:
    rows = seen.images(who).kept().filter(generation__in=list(generations)).select_related("generation").order_by("-index")
    return {image.generation_id: image for image in rows}


def reruns(who: Whoever, generation: int) -> list[int]:
    """Newest first."""
    return list(seen.generations(who).filter(parent=generation).order_by("-pk").values_list("pk", flat=True)[:MOST])
