"""Many originals as one ZIP, written while it is sent: however many there are, one piece of one file is in memory."""

import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from generations.gallery.download import file_name
from generations.media import names
from generations.media.store import store
from generations.models import Image
from generations.web.outbox import Outbox

PIECE = 256 * 1024


def archive(images: Iterable[Image], closed: Iterable[Image] = ()) -> Iterator[bytes]:
    """Pictures are compressed already, so they go in as they are. Those whose originals are closed are only named."""
    outbox, used, missing = Outbox(), set[str](), []
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_STORED) as archive:
        for image in images:
            name = free(file_name(image), used)
            try:
                original = store().open(names.original(image.sha256, image.format))
            except FileNotFoundError:
                missing.append(name)
                continue
            yield from put(archive, outbox, original, name, image)
        if missing:
            archive.writestr("missing.txt", "\n".join(missing))
        if left := [file_name(image) for image in closed]:
            archive.writestr("not-approved.txt", "\n".join([_("Not approved yet, so these originals stay in the studio:"), *left]))
    yield outbox.take()


def put(archive: zipfile.ZipFile, outbox: Outbox, original: BinaryIO, name: str, image: Image) -> Iterator[bytes]:
    entry = zipfile.ZipInfo(name, image.created_at.timetuple()[:6])
    entry.file_size = image.bytes or 0
    with original, archive.open(entry, "w") as target:
        while piece := original.read(PIECE):
            target.write(piece)
            yield outbox.take()


def free(name: str, used: set[str]) -> str:
    """Two pictures never share a name; for some systems a and A are the same."""
    stem, _dot, end = name.rpartition(".")
    choices = (name if n == 1 else f"{stem} {n}.{end}" for n in range(1, len(used) + 2))
    found = next(choice for choice in choices if choice.casefold() not in used)
    used.add(found.casefold())
    return found
