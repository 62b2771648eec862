"""References, as far as the sandbox looks at them. What is sent as bytes is really decoded; a link is never followed."""

import hashlib
from functools import partial
from io import BytesIO

from PIL import Image

from generations.catalogue.engine import Engine
from generations.catalogue.request import Reference
from generations.catalogue.sizes import Size
from generations.sandbox.atelier import order
from generations.sandbox.easel.borrow import flat

READ = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
MOST_PIXELS = 36_000_000  # no engine takes more; so much is unpacked at once and no more
GLANCE = 384  # pixels a side that are kept: enough to paint from
UNSEEN = Size(1024, 1024)  # what a picture behind a link is taken to be


class Illegible(ValueError):
    pass


def facts(content: bytes) -> Reference:
    """What the checks want to know. Nothing is unpacked for it."""
    try:
        picture = Image.open(BytesIO(content), formats=READ)
    except Exception as problem:  # Pillow's plug-ins raise whatever they like
        raise Illegible from problem
    format = (picture.format or "").lower()
    return Reference(hashlib.sha256(content).hexdigest(), format, Size(*picture.size), len(content))


def unseen(link: str, engine: Engine) -> Reference:
    return Reference(hashlib.sha256(link.encode()).hexdigest(), engine.references.formats[0], UNSEEN, 1, link)


def glance(content: bytes) -> bytes:
    """A small copy to paint from. Unpacked where painting is done, by few threads however many ask."""
    return order(partial(shrink, content))


def shrink(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=READ) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Illegible
            picture.draft("RGB", (GLANCE, GLANCE))
            small, out = flat(picture, GLANCE), BytesIO()
    except Exception as problem:
        raise Illegible from problem
    small.save(out, "JPEG", quality=90, subsampling=0)
    return out.getvalue()
