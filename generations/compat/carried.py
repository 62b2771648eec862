"""An answer that carries its pictures: they are read and encoded one after the other, as the answer is taken."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from secrets import token_bytes

from generations.calling.caller import Caller
from generations.calling.outcome import Outcome
from generations.calling.pictures import content
from generations.dialects.outcome import Finished, Item
from generations.dialects.uri import write_base64
from generations.dialects.wire import CHUNK
from generations.models import Image

MARK = 24  # random bytes, which become 32 letters: nobody can have written them into a prompt


class Basket:
    """Remembers which picture stands where. Given to `outcome` in the place of what makes links."""

    def __init__(self) -> None:
        self.images: dict[str, Image] = {}

    def link(self, image: Image) -> str:
        mark = write_base64(token_bytes(MARK))
        self.images[mark] = image
        return mark

    def carried(self, found: Outcome) -> Outcome:
        """With a mark for the bytes of each picture."""
        return replace(found, items=tuple(map(marked, found.items))) if isinstance(found, Finished) else found

    def pieces(self, body: bytes, caller: Caller) -> Iterator[bytes]:
        """The body, with the pictures where their marks are."""
        for mark, image in self.images.items():
            head, _mark, body = body.partition(mark.encode())
            yield head
            yield from encoded(content(caller, image))
        yield body


def marked(item: Item) -> Item:
    return replace(item, link="", content=base64.b64decode(item.link)) if item.link else item


def encoded(picture: bytes) -> Iterator[bytes]:
    for start in range(0, len(picture), CHUNK):
        yield base64.b64encode(picture[start : start + CHUNK])
