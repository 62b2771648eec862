"""A reference that an engine refuses becomes one that it takes: cut, with a border, or lighter."""

from collections.abc import Callable, Iterator
from functools import partial
from math import ceil, floor
from pathlib import Path

from generations.catalogue.engine import References
from generations.catalogue.sizes import Size
from generations.media import clean
from generations.media.arrival import Taken
from generations.models import Upload

ENDS = {"start": 0.0, "middle": 0.5, "end": 1.0}  # which part stays when it is cut
SHARES = (1, 0.7, 0.5, 0.35)  # of its sides

Way = Callable[[Path], Taken]


def ways(upload: Upload, rules: References) -> Iterator[str]:
    """Which of them would help."""
    size = Size(upload.width, upload.height)
    if not rules.narrowest <= size.aspect <= rules.widest:
        yield from ("crop", "pad")
    elif upload.bytes > rules.most_bytes or upload.format not in rules.formats:
        yield "lighten"


def way(how: str, upload: Upload, rules: References, end: str = "middle") -> Way:
    size = Size(upload.width, upload.height)
    if how == "crop":
        return partial(clean.crop, box=box(size, cropped(size, rules), ENDS.get(end, 0.5)))
    if how == "pad":
        return partial(clean.pad, aspect=rules.widest if size.aspect > rules.widest else rules.narrowest)
    return partial(lighten, most=rules.most_bytes)


def size_after(how: str, upload: Upload, rules: References) -> Size:
    """What is seen of it before it is done."""
    size = Size(upload.width, upload.height)
    return {"crop": cropped, "pad": padded}[how](size, rules) if how in ("crop", "pad") else size


def cropped(size: Size, rules: References) -> Size:
    """As much of it as the engine takes."""
    if size.aspect > rules.widest:
        return Size(max(1, floor(size.height * rules.widest)), size.height)
    return Size(size.width, max(1, floor(size.width / rules.narrowest)))


def padded(size: Size, rules: References) -> Size:
    """All of it, with as little border as the engine takes."""
    if size.aspect > rules.widest:
        return Size(size.width, ceil(size.width / rules.widest))
    return Size(ceil(size.height * rules.narrowest), size.height)


def box(size: Size, part: Size, end: float) -> tuple[int, int, int, int]:
    left, upper = round((size.width - part.width) * end), round((size.height - part.height) * end)
    return left, upper, left + part.width, upper + part.height


def lighten(path: Path, most: int) -> Taken:
    """First as large as it was, then smaller."""
    for share in SHARES:
        taken = clean.lighten(path, share)
        if taken.facts.bytes <= most:
            break
    return taken
