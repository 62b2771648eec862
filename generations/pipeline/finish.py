"""How a generation ends that was taken on: what came is counted, and the money follows."""

from copy import copy
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from generations import collecting, reviewing, search
from generations.dialects.outcome import Next, Sent
from generations.media import spool
from generations.models import Attempt, Charge, Generation, Image, ImageStatus, Outcome, Status
from generations.pipeline import money
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import moved
from generations.pipeline.trouble import LINKS_GONE, NO_USE, own, store

SAFETY = timedelta(minutes=1)  # links are given up so long before they end
LONGEST = 300  # seconds between two tries to fetch
OTHERS = timedelta(hours=72)  # so long a node that has a picture in its spool may be away


def finish(generation: Generation, now: datetime) -> None:
    """After every picture had its turn: tried again later, or counted."""
    generation = copy(generation)
    attempt = generation.attempts.filter(images__isnull=False).order_by("-number").first()
    images = list(generation.images.all())
    coming = [image for image in images if image.status == ImageStatus.COMING]
    if attempt and (waiting := [image for image in coming if reachable(image, attempt, now)]):
        tries = max(image.tries for image in waiting)
        generation.write(driver=None, due_at=now + timedelta(seconds=min(2 ** min(tries, 10), LONGEST)))
        return
    with transaction.atomic():
        give_up(coming)
        end(generation, attempt, list(generation.images.all()))
        spent = attempt and all(image.status != ImageStatus.REFUSED for image in images)
        transaction.on_commit(partial(clear, str(attempt.key) if attempt and spent else ""))


def clear(key: str) -> None:
    """What is in the store need not be in the spool."""
    checkpoint("it has ended")
    if key:
        spool.drop(key)


def reachable(image: Image, attempt: Attempt, now: datetime) -> bool:
    """What was here already, and only the store does not take it, outlives its link. It may lie in the spool of another node."""
    end = attempt.expires_at
    if end is None or now < end - SAFETY or in_spool(image, attempt):
        return True
    return (not image.link or image.bytes is not None) and now < end + OTHERS


def in_spool(image: Image, attempt: Attempt) -> bool:
    key = str(attempt.key)
    inside = not image.link and not attempt.task  # the answer itself carries it
    return spool.held(key, image.index) is not None or (inside and spool.place(key).exists())


def give_up(coming: list[Image]) -> None:
    gone = store(own(Next.REPORT, Sent.YES, LINKS_GONE))
    Image.objects.filter(pk__in=[image.pk for image in coming]).update(status=ImageStatus.LOST, trouble=gone, bytes=None)


def end(generation: Generation, attempt: Attempt | None, images: list[Image]) -> None:
    stored = [image for image in images if image.status == ImageStatus.STORED]
    delivered = [image for image in images if image.status != ImageStatus.MISSING]  # what the provider made
    status, trouble = verdict(generation, images, len(stored))
    moved(generation.move(status, trouble=trouble, **bill(generation, attempt, len(delivered))))


def bill(generation: Generation, attempt: Attempt | None, delivered: int) -> dict[str, int]:
    """Where nobody knows whether the pictures that failed were charged as well, all of it stays held until somebody finds out."""
    if attempt and attempt.charge == Charge.UNKNOWN:
        Attempt.objects.filter(pk=attempt.pk).update(outcome=Outcome.FAILED)
        return {}
    if attempt and not delivered:
        Attempt.objects.filter(pk=attempt.pk).update(charge=Charge.NO)
    return money.settle(generation, money.due(generation, attempt, delivered), attempt)


def verdict(generation: Generation, images: list[Image], stored: int) -> tuple[Status, dict[str, object] | None]:
    if stored >= generation.images_asked:
        return Status.DONE, None
    troubled = next((image.trouble for image in images if image.trouble), None)
    if stored:
        return Status.PARTIAL, troubled
    if any(image.status == ImageStatus.LOST for image in images):
        return Status.EXPIRED, store(own(Next.REPORT, Sent.YES, LINKS_GONE))
    if any(image.status == ImageStatus.REFUSED for image in images):
        return Status.FAILED, store(own(Next.REPORT, Sent.YES, NO_USE))
    return Status.FAILED, troubled


def show(image: int, generation: Generation) -> None:
    """An image is in the gallery from here on: it can be searched, and lies where its author wanted it."""
    reviewing.arrive(image)
    search.renew([image])
    collecting.place(generation.collection_id, [image])
