"""Is this file a picture we keep? Its first bytes say what it is, its size is known before anything is decoded, and then all of it is.

No Django here: uploads are looked at in a process of their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from generations.catalogue.problem import megabytes, number

UPLOADED, RETURNED = 36_000_000, 100_000_000  # pixels at most
SCANS = 100  # passes over a JPEG at most: real ones have a dozen, and each costs as much as the whole picture
PIECE = 256 * 1024

# The readers themselves, not Image.open: no other reader can be reached, whatever is in the file.
READERS: dict[str, type[ImageFile]] = {"png": PngImageFile, "jpeg": JpegImageFile, "webp": WebPImageFile}


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows it translates `message` and fills in `values`."""
    return message


EMPTY = _("The file is empty.")
FOREIGN = _("This is not a PNG, JPEG or WEBP image.")
DAMAGED = _("The image is damaged (cut off).")
LARGE = _("Image has {megapixels} megapixels; the limit is {most}.")
HEAVY = _("File is {has}; the limit is {most}.")
MOVING = _("Animated images are not supported.")
WORDY = _("The image carries too much text beside the picture.")


class NotAPicture(Exception):
    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message.format(**values))
        self.message, self.values = message, values


@dataclass(frozen=True)
class Facts:
    format: str
    width: int  # as it is seen: upright
    height: int
    bytes: int


@contextmanager
def opened(path: Path, most_pixels: int) -> Iterator[ImageFile]:
    """With its header read, and nothing decoded yet."""
    with path.open("rb") as file:
        kind = kind_of(file.read(16))
        with faults():
            CAREFUL[kind](file, most_pixels)
            file.seek(0)
            image = READERS[kind](file)
            refuse_large(image.width * image.height, most_pixels)
            if getattr(image, "n_frames", 1) > 1:
                raise NotAPicture(MOVING)
        yield image


def decode(image: ImageFile) -> None:
    """All of it. Before anything else is asked of it: Pillow complains of damage only once."""
    with faults():
        image.load()


def kind_of(head: bytes) -> str:
    if not head:
        raise NotAPicture(EMPTY)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    raise NotAPicture(FOREIGN)


def refuse_heavy(path: Path, most_bytes: int) -> None:
    has = path.stat().st_size
    if has > most_bytes:
        raise NotAPicture(HEAVY, has=megabytes(has), most=megabytes(most_bytes))


def refuse_large(pixels: int, most_pixels: int) -> None:
    if pixels == 0:
        raise NotAPicture(DAMAGED)
    if pixels > most_pixels:
        raise NotAPicture(LARGE, megapixels=number(-(-pixels // 1_000_000)), most=number(most_pixels // 1_000_000))


# --- what a reader does not look after itself ---


def careful_png(file: BinaryIO, most_pixels: int) -> None:
    """It decodes without comparing checksums."""
    file.seek(0)
    image = PngImageFile(file)
    refuse_large(image.width * image.height, most_pixels)
    image.verify()


def careful_jpeg(file: BinaryIO, most_pixels: int) -> None:
    """A small file can ask for thousands of passes over a large picture."""
    file.seek(0)
    if sum(piece.count(b"\xff\xda") for piece in iter(partial(file.read, PIECE), b"")) > SCANS:
        raise NotAPicture(DAMAGED)


def careful_webp(file: BinaryIO, most_pixels: int) -> None:
    """It takes memory for the whole canvas as soon as it is opened."""
    file.seek(12)
    refuse_large(canvas(file.read(18)), most_pixels)


CAREFUL = {"png": careful_png, "jpeg": careful_jpeg, "webp": careful_webp}


def canvas(chunk: bytes) -> int:
    """Pixels, from the first chunk of a WEBP file, of which there are three kinds."""
    if chunk.startswith(b"VP8X"):
        return (1 + int.from_bytes(chunk[12:15], "little")) * (1 + int.from_bytes(chunk[15:18], "little"))
    if chunk.startswith(b"VP8L"):
        sides = int.from_bytes(chunk[9:13], "little")
        return (1 + (sides & 0x3FFF)) * (1 + (sides >> 14 & 0x3FFF))
    return (int.from_bytes(chunk[14:16], "little") & 0x3FFF) * (int.from_bytes(chunk[16:18], "little") & 0x3FFF)


@contextmanager
def faults() -> Iterator[None]:
    """Whatever a reader trips over is the picture's fault, except what the machine complains of."""
    try:
        yield
    except (NotAPicture, MemoryError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise NotAPicture(WORDY if isinstance(error, ValueError) and "text" in str(error).lower() else DAMAGED) from error
