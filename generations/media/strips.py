"""Pictures in strips, so that two large ones are never in memory together: between a reader and a writer they lie in a file."""

from collections.abc import Callable, Iterable, Iterator
from math import ceil, floor
from typing import IO

from PIL import Image
from PIL.Image import Resampling

PIXELS = 250_000  # of a strip
REACH = 2  # lines that one line is made of, on either side, times how much smaller it becomes

Lines = Callable[[int, int], Image.Image]  # from one to before another


class Laid:
    """In a file, as nothing but its pixels."""

    def __init__(self, strips: Iterable[Image.Image], file: IO[bytes]) -> None:
        self.file, self.mode, self.width, self.height = file, "RGB", 0, 0
        for strip in strips:
            file.write(strip.tobytes())
            self.mode, self.width, self.height = strip.mode, strip.width, self.height + strip.height

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    def lines(self, top: int, bottom: int) -> Image.Image:
        line = self.width * len(self.mode)
        self.file.seek(top * line)
        return Image.frombytes(self.mode, (self.width, bottom - top), self.file.read((bottom - top) * line))


def held(image: Image.Image) -> Lines:
    """In memory."""
    return lambda top, bottom: image.crop((0, top, image.width, bottom))


def cut(image: Image.Image) -> Iterator[Image.Image]:
    return (held(image)(top, bottom) for top, bottom in cuts(image.size))


def cuts(size: tuple[int, int], share: float = 1) -> Iterator[tuple[int, int]]:
    """Where each strip begins and ends; of what becomes smaller, so many times."""
    tall = max(1, int(PIXELS // size[0] / share**2))
    return ((top, min(size[1], top + tall)) for top in range(0, size[1], tall))


def scaled(lines: Lines, size: tuple[int, int], wanted: tuple[int, int], gap: float | None = None) -> Iterator[tuple[int, Image.Image]]:
    """With the line that each strip begins at. As if all of it were made smaller at once; with a gap quicker, and nearly so."""
    share = size[1] / wanted[1]
    margin = ceil(REACH * max(1, share)) + 1
    for top, bottom in cuts(wanted, share):
        if size == wanted:
            yield top, lines(top, bottom)
            continue
        above, below = max(0, floor(top * share) - margin), min(size[1], ceil(bottom * share) + margin)
        box = (0, top * share - above, size[0], min(bottom * share, size[1]) - above)
        yield top, lines(above, below).resize((wanted[0], bottom - top), Resampling.BICUBIC, box, gap)
