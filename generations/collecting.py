"""Images in collections and their order, for the pages and for the pipeline alike."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from generations.models import Collection, Placement

GAP = 2**32  # between two neighbours at first: so often halved before anything else has to move


def place(collection: int | None, images: Sequence[int]) -> int:
    """At the end, in this order. What lies in it already stays where it is. Tells how many are new; none if it is gone."""
    with transaction.atomic():
        if collection is None or not images or not hold(collection):
            return 0
        there = Placement.objects.filter(collection=collection)
        known = set(there.filter(image__in=images).values_list("image", flat=True))
        last = there.aggregate(last=Max("position"))["last"] or 0
        new = [image for image in dict.fromkeys(images) if image not in known]
        Placement.objects.bulk_create(
            Placement(collection_id=collection, image_id=image, position=last + GAP * number) for number, image in enumerate(new, start=1)
        )
        return len(new)


def take_out(collection: int, images: Sequence[int]) -> int:
    """The images themselves stay where they are."""
    with transaction.atomic():
        hold(collection)
        return Placement.objects.filter(collection=collection, image__in=images).delete()[0]


def move(collection: int, image: int, before: int | None = None) -> bool:
    """To the place before another one, or to the end. False: one of them is not in it."""
    with transaction.atomic():
        hold(collection)
        there = Placement.objects.filter(collection=collection)
        moved = there.filter(image=image)
        if before == image or not moved.exists() or (before and not there.filter(image=before).exists()):
            return False
        others = there.exclude(image=image)
        if (position := between(others, before)) is None:
            spread(there)
            position = between(others, before)
        moved.update(position=position)
        return True


def between(others: QuerySet[Placement], before: int | None) -> int | None:
    """A free position; None where two neighbours have come too close."""
    if before is None:
        return int(others.aggregate(last=Max("position"))["last"] or 0) + GAP
    after = others.get(image=before)
    earlier = others.filter(position__lt=after.position) | others.filter(position=after.position, image__lt=before)
    left = earlier.aggregate(left=Max("position"))["left"]
    if left is None:
        return after.position - GAP
    middle = (left + after.position) // 2
    return int(middle) if left < middle else None


def spread(there: QuerySet[Placement]) -> None:
    """Everything in it gets room again. It takes dozens of moves to the same place to come to this."""
    placed = list(there.order_by("position", "image"))
    for number, placement in enumerate(placed, start=1):
        placement.position = GAP * number
    Placement.objects.bulk_update(placed, ["position"], batch_size=500)


def delete(collection: Collection) -> None:
    """Its images stay in the gallery. Links to it end: they would lead nowhere."""
    with transaction.atomic():
        collection.shares.filter(revoked_at=None).update(revoked_at=timezone.now())
        collection.delete()


def hold(collection: int) -> bool:
    """One change at a time, and it shows as changed. False: it is gone."""
    return bool(Collection.objects.filter(pk=collection).update(changed_at=timezone.now()))
