"""How much memory a picture takes to decode, known from its header: nobody's upload may have much of it.

Whole pictures are in memory only where a reader or a writer cannot do otherwise. `strips` and `lines` see to the rest.
"""

from pathlib import Path

from PIL.Image import Image
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from generations.catalogue.engine import MEGABYTE
from generations.catalogue.problem import megabytes, number
from generations.media import look
from generations.media.look import NotAPicture, _

MOST = 120_000_000  # bytes of what a reader has in memory at once
KEPT = 26_000_000  # pixels: what cameras make stays as it is, and a writer has all of it in memory; more is scaled down
HALF = 2  # a JPEG can be decoded with sides so much shorter
WEBP_PIXELS, WEBP_BYTES = 9_000_000, 12 * MEGABYTE  # its reader has three pictures in memory, and the file twice
ONE_BYTE, TWO_BYTES = ("1", "L", "P"), ("I;16",)

PROGRESSIVE = _("Image has {megapixels} megapixels; the limit for a progressive JPEG is {most}. Save it as a plain JPEG, or smaller.")
INTERLACED = _("Image has {megapixels} megapixels; the limit for an interlaced PNG is {most}. Save it without interlacing.")
LARGE_WEBP = _("Image has {megapixels} megapixels; the limit for WEBP is {most}. Save it as PNG or JPEG.")
HEAVY_WEBP = _("File is {has}; the limit for WEBP is {most}. Save it as PNG or JPEG.")


def refuse_webp(path: Path) -> None:
    """Before it is opened: its reader takes the memory at once."""
    with path.open("rb") as file:
        head = file.read(30)
    if look.kind_of(head) != "webp":
        return
    refuse(look.canvas(head[12:]), WEBP_PIXELS, LARGE_WEBP)
    if (has := path.stat().st_size) > WEBP_BYTES:
        raise NotAPicture(HEAVY_WEBP, has=megabytes(has), most=megabytes(WEBP_BYTES))


def prepare(image: ImageFile) -> None:
    """Opened, and not decoded yet."""
    pixels = image.width * image.height
    if isinstance(image, JpegImageFile):
        passes = 2 * samples(image) if image.info.get("progressive") else 0  # all of them are gathered before the first line is there
        refuse(pixels, int(MOST / (passes + depth(image) / HALF**2)), PROGRESSIVE)
        if pixels * (passes + depth(image)) > MOST:
            image.draft(None, (image.width // HALF, image.height // HALF))
    elif image.info.get("interlace"):
        refuse(pixels, MOST // depth(image), INTERLACED)


def refuse(pixels: int, most: int, sentence: str) -> None:
    if pixels > most:
        raise NotAPicture(sentence, megapixels=number(-(-pixels // 1_000_000)), most=number(most // 1_000_000))


def depth(image: Image) -> int:
    """Bytes for a pixel, as Pillow has it in memory."""
    return 1 if image.mode in ONE_BYTE else 2 if image.mode in TWO_BYTES else 4


def samples(image: JpegImageFile) -> float:
    """Of a pixel: colours are often there only for every second of them."""
    areas = [across * down for _id, across, down, _table in image.layer]
    widest = max(across for _id, across, _down, _table in image.layer) * max(down for _id, _across, down, _table in image.layer)
    return sum(areas) / widest
