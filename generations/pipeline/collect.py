"""From links and raw answers to files of our own."""

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from generations.dialects.outcome import Finished, Item, Next, Reading, Sent, Trouble
from generations.dialects.wire import Answer
from generations.media import arrival, spool, staging
from generations.media.arrival import Taken
from generations.media.look import NotAPicture
from generations.models import Generation, Image, ImageStatus
from generations.pipeline import finish
from generations.pipeline.checkpoint import checkpoint
from generations.pipeline.fence import moved
from generations.pipeline.hand import Hand
from generations.pipeline.promise import broken
from generations.pipeline.trouble import LINK_GONE, own, store
from generations.providers.client import Client
from generations.providers.failure import Declined, Failure, Forbidden

MOST = 1000  # times that are counted
GONE = (403, 404, 410)
SURE = 2  # a download may be damaged or an error page; after so many tries it is believed to be no picture

log = logging.getLogger("studio.pipeline")


@dataclass(frozen=True)
class Wanted:
    """One picture that was announced."""

    client: Client
    key: str
    task: str
    index: int
    link: str
    tries: int = 0
    held: bool = False  # it was here already, and waits in the spool of some node


@dataclass(frozen=True)
class Lost:
    """It will not come, and why."""

    status: ImageStatus
    trouble: Trouble
    values: Mapping[str, str] = field(default_factory=dict)  # what stands in its sentence


Brought = Taken | Lost


class Elsewhere(OSError):
    """It is not in the spool of this node: another one may have it."""


class Held(OSError):
    """It is here, and the store does not take it."""

    def __init__(self, bytes: int) -> None:
        super().__init__("The store is away.")
        self.bytes = bytes


class Gathering:
    """All pictures of one generation that are still coming. It ends when the last of them has come or failed."""

    def __init__(self, hand: Hand, generation: Generation) -> None:
        self.hand, self.generation = hand, generation
        self.client = hand.client(generation.account)
        self.images = list(generation.images.filter(status=ImageStatus.COMING).select_related("attempt").order_by("index"))
        self.left = {image.pk for image in self.images}

    def begin(self) -> None:
        for image in self.images:
            attempt = image.attempt
            held = image.bytes is not None
            wanted = Wanted(self.client, str(attempt.key), attempt.task, image.index, image.link, image.tries, held)
            self.hand.crew.give(self.hand.crew.files, self.generation, partial(bring, wanted), partial(self.hear, image))
        if not self.images:
            finish.finish(self.generation, timezone.now())

    def hear(self, image: Image, result: Brought | Exception) -> None:
        """Heard once more where the database did not take it. The last one is there and all has ended, or neither."""
        with transaction.atomic():
            keep(self.generation, image, result)
            left = self.left - {image.pk}
            if not left:
                finish.finish(self.generation, timezone.now())
        self.left = left  # not before it is written: others would count it as heard
        if isinstance(result, Elsewhere):
            self.hand.elsewhere.add(self.generation.pk)


def gather(hand: Hand, generation: Generation) -> None:
    Gathering(hand, generation).begin()


def bring(wanted: Wanted) -> Brought:
    """In a thread: fetched, looked at, hashed and kept, or the reason why not. What may work later ends with an exception."""
    with staging.desk() as desk:
        path = desk / "came"
        try:
            fetch_once(wanted, path)
            checkpoint("fetched")
            taken = arrival.take_in(path)
            put_away(wanted, taken)
            return taken
        except Forbidden as failure:
            return Lost(ImageStatus.REFUSED, own(Next.REPORT, Sent.YES, failure.message), failure.values)
        except Declined as failure:
            if failure.status not in GONE:
                raise
            return Lost(ImageStatus.LOST, own(Next.REPORT, Sent.YES, LINK_GONE, str(failure)))
        except NotAPicture as nothing:
            if wanted.link and wanted.tries < SURE:
                raise
            if path.exists():
                spool.hold(wanted.key, wanted.index, path)  # somebody may want to see what it was
            return Lost(ImageStatus.REFUSED, own(Next.REPORT, Sent.YES, nothing.message), nothing.values)


def put_away(wanted: Wanted, taken: Taken) -> None:
    """A store that is away for an hour must not cost a picture whose link lasts half of one."""
    try:
        checkpoint("looked at")
        arrival.put_away(taken)
        checkpoint("kept")
    except OSError as away:
        spool.hold(wanted.key, wanted.index, taken.path)
        raise Held(taken.facts.bytes) from away


def fetch_once(wanted: Wanted, path: Path) -> None:
    held = spool.held(wanted.key, wanted.index)
    if held:
        shutil.copyfile(held, path)
        return
    with path.open("wb") as file:
        fetch(wanted, file)


def fetch(wanted: Wanted, file: BinaryIO) -> None:
    if not wanted.link:
        file.write(inline(wanted))
        return
    try:
        wanted.client.fetch(wanted.link, file)
    except Declined as failure:
        link = fresh(wanted) if failure.status in GONE else ""
        if not link and wanted.held:
            raise Elsewhere from failure
        if not link:
            raise
        file.seek(0)
        file.truncate()
        wanted.client.fetch(link, file)


def inline(wanted: Wanted) -> bytes:
    answer = spool.read(wanted.key)
    reading = wanted.client.read(answer) if answer else None
    item = item_of(wanted, reading) or item_of(wanted, told(wanted))
    if item is None:
        raise Elsewhere
    return item.content


def fresh(wanted: Wanted) -> str:
    """Another link to the same picture."""
    item = item_of(wanted, told(wanted))
    return item.link if item and item.link != wanted.link else ""


def told(wanted: Wanted) -> Reading | None:
    """What the provider says of it now, where it can be asked for its task."""
    answer = wanted.client.ask(wanted.task) if wanted.task else None
    return wanted.client.read_status(answer, wanted.task) if isinstance(answer, Answer) else None


def item_of(wanted: Wanted, reading: Reading | None) -> Item | None:
    return reading.items[wanted.index] if isinstance(reading, Finished) and wanted.index < len(reading.items) else None


def keep(generation: Generation, image: Image, result: Brought | Exception) -> None:
    """In the main thread: what became of one picture."""
    if isinstance(result, Exception):
        if not isinstance(result, Failure | OSError | NotAPicture):
            log.error("Image %s could not be taken in.", image, exc_info=result)
        known = {"bytes": result.bytes} if isinstance(result, Held) else {}
        Image.objects.filter(pk=image.pk).update(tries=min(image.tries + 1, MOST), **known)
        return
    with transaction.atomic():
        changes = arrived(generation, result) if isinstance(result, Taken) else went(result)
        Image.objects.filter(pk=image.pk, status=ImageStatus.COMING).update(**changes)
        moved(generation.show())
        if isinstance(result, Taken):
            finish.show(image.pk, generation)
    checkpoint("the image is shown")


def arrived(generation: Generation, taken: Taken) -> dict[str, Any]:
    facts = taken.facts
    return {
        "status": ImageStatus.STORED,
        "sha256": taken.sha256,
        "format": facts.format,
        "bytes": facts.bytes,
        "width": facts.width,
        "height": facts.height,
        "placeholder": taken.placeholder,
        "derived": True,
        "broken": broken(generation, facts),
        "stored_at": timezone.now(),
    }


def went(lost: Lost) -> dict[str, Any]:
    return {"status": lost.status, "trouble": store(lost.trouble, **lost.values), "bytes": None}
