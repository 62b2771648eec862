"""Rows and files of the same hash, side by side. All of them are in the order of their hashes, so one walk along each is enough."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby
from operator import itemgetter

from generations.integrity.pages import by_hash
from generations.media import names
from generations.media.names import Kept, Name
from generations.media.store import store
from generations.models import Image, ImageStatus, Upload

Piece = Image | Upload | Kept

HASH = re.compile("[0-9a-f]{64}")
HASHED = re.compile(rf"/({HASH.pattern})\.[a-z]+$")
YOUNG = timedelta(hours=1)  # a file as young may belong to something that is being written down
IMAGES = Image.objects.exclude(sha256="").only("sha256", "format", "bytes", "status", "trashed_at", "derived")
UPLOADS = Upload.objects.only("sha256", "format", "bytes", "team_id")


@dataclass
class Bundle:
    sha256: str
    images: list[Image] = field(default_factory=list)  # that have come, whatever became of them
    uploads: list[Upload] = field(default_factory=list)
    files: dict[Name, Kept] = field(default_factory=dict)

    @property
    def stored(self) -> list[Image]:
        return [image for image in self.images if image.status == ImageStatus.STORED]

    @property
    def aside(self) -> list[Image]:
        """Their files were damaged; one may have come back from a backup."""
        return [image for image in self.images if image.status == ImageStatus.LOST]

    def originals(self, images: list[Image]) -> set[Name]:
        return {names.original(image.sha256, image.format) for image in images}

    def references(self) -> set[Name]:
        return {names.reference(upload.sha256, upload.format) for upload in self.uploads}

    def derived(self) -> list[Name]:
        return [names.derived(self.sha256, side) for side in names.SIDES]

    def known(self) -> set[Name]:
        """Files that may be here. Those of an ended picture are thrown away a while later."""
        images = [image for image in self.images if image.status != ImageStatus.REMOVED or image.trashed_at]
        derived = self.derived() if images or self.uploads else []
        return self.originals(images) | self.references() | set(derived)


def bundles() -> Iterator[Bundle]:
    kept = (files(under) for under in ("o", "r", *(f"d/{side}" for side in names.SIDES)))
    streams: list[Iterator[tuple[str, Piece]]] = [fit(by_hash(IMAGES.all())), fit(by_hash(UPLOADS.all())), *kept]
    for sha256, pieces in groupby(merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
        yield bundle(sha256, (piece for _sha256, piece in pieces))


def fit(found: Iterator[tuple[str, Image]] | Iterator[tuple[str, Upload]]) -> Iterator[tuple[str, Piece]]:
    """What cannot name a file is told of elsewhere."""
    for sha256, row in found:
        if HASH.fullmatch(sha256) and row.format in names.EXTENSIONS:
            yield sha256, row


def bundle(sha256: str, pieces: Iterator[Piece]) -> Bundle:
    made = Bundle(sha256)
    for piece in pieces:
        if isinstance(piece, Image):
            made.images.append(piece)
        elif isinstance(piece, Upload):
            made.uploads.append(piece)
        else:
            made.files[piece.name] = piece
    return made


def files(under: str) -> Iterator[tuple[str, Kept]]:
    """What has no hash for a name is strange, and comes along with its neighbour."""
    last = ""
    for kept in store().kept(under):
        found = HASHED.search(kept.name)
        last = found[1] if found else last
        yield last, kept


def again(sha256: str) -> Bundle:
    """The rows as they are now."""
    return Bundle(sha256, list(IMAGES.filter(sha256=sha256)), list(UPLOADS.filter(sha256=sha256)))


def old(kept: Kept, now: datetime, age: timedelta = YOUNG) -> bool:
    return kept.changed < now - age
