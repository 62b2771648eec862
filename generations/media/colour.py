"""Any picture as its pixels alone: upright, RGB or RGBA, in sRGB."""

from functools import lru_cache
from io import BytesIO

from PIL import ImageCms
from PIL.Image import Image, Transpose

ORIENTATION = 0x0112
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
SIDEWAYS = (Transpose.TRANSPOSE, Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90)
FROM_THE_END = (Transpose.ROTATE_180, Transpose.FLIP_TOP_BOTTOM, Transpose.ROTATE_270, Transpose.TRANSVERSE)
MOST_PROFILE = 4 * 1024 * 1024
HIGH_BYTE = [value >> 8 for value in range(65536)]


def turn_of(image: Image) -> Transpose | None:
    """How a camera was held. A note that cannot be read says nothing. Only of what is decoded: to find the note, Pillow may decode."""
    try:
        return TURNS.get(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return None


def turned(image: Image, turn: Transpose | None) -> Image:
    return image if turn is None else image.transpose(turn)


def size_seen(size: tuple[int, int], turn: Transpose | None) -> tuple[int, int]:
    return (size[1], size[0]) if turn in SIDEWAYS else size


def place_of(top: int, tall: int, height: int, turn: Transpose | None) -> tuple[int, int]:
    """Where a strip of a picture lies when it is upright."""
    along = height - top - tall if turn in FROM_THE_END else top
    return (along, 0) if turn in SIDEWAYS else (0, along)


def smooth(image: Image) -> Image:
    """In a form that can be made smaller: indices into a palette and single bits cannot, sixteen bits not by much."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(HIGH_BYTE, "L")
    if image.has_transparency_data and image.mode != "RGBA":
        return image.convert("RGBA")
    return image.convert("RGB") if image.mode in ("P", "1") else image


def plain(image: Image) -> Image:
    """Of what `smooth` gives. Everything a file says beside its pixels ends here."""
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and 0 < len(profile) <= MOST_PROFILE:
        image = matched(image, profile)
    if image.mode not in ("RGB", "RGBA"):
        image = image.convert("RGB")
    image.info = {}
    return image


def matched(image: Image, profile: bytes) -> Image:
    """The same colours in sRGB. A profile that does not fit its picture is none."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        change = to_srgb(profile, image.mode, mode)
        return (change and ImageCms.applyTransform(image, change, inPlace=image.mode == mode)) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


@lru_cache(1)
def to_srgb(profile: bytes, mode: str, wanted: str) -> ImageCms.ImageCmsTransform | None:
    """One for all strips of a picture; None where nothing would change."""
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    if "srgb" in ImageCms.getProfileDescription(source).lower():
        return None
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, wanted)
