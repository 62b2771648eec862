"""The last minute of a picture: paper, grain, and the small word that says where it comes from."""

from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps, ImageStat

from generations.sandbox.easel.canvas import noise, tiled
from generations.sandbox.easel.chance import stream

GRAIN = 3  # levels up and down: added, so that it also breaks up the steps of a dark sky
MARK = "sandbox"
BAND = 1024


@lru_cache(1)
def _cloud() -> Image.Image:
    """Slow, faint unevenness, as gouache dries."""
    spots = Image.frombytes("L", (96, 96), stream("cloud").randbytes(96 * 96)).filter(ImageFilter.GaussianBlur(5))
    return ImageOps.autocontrast(spots).point([249 + step * 6 // 255 for step in range(256)])


def wash(image: Image.Image) -> Image.Image:
    cloud = _cloud().resize(image.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(image, Image.merge("RGB", (cloud, cloud, cloud)))


@lru_cache(1)
def _grain() -> Image.Image:
    tile = noise().point([min(max((step - 40) * (2 * GRAIN + 1) // 176, 0), 2 * GRAIN) for step in range(256)])
    return Image.merge("RGB", (tile, tile, tile))


def grain(image: Image.Image) -> None:
    """In bands, so that the largest picture does not need the memory of two."""
    for top in range(0, image.height, BAND):
        band = image.crop((0, top, image.width, min(top + BAND, image.height)))
        image.paste(ImageChops.add(band, tiled(_grain(), band.size), offset=-GRAIN), (0, top))


def mark(image: Image.Image) -> None:
    short = min(image.size)
    font = ImageFont.load_default(max(9, round(short * 0.015)))
    pen = ImageDraw.Draw(image, "RGBA")
    wide, margin = pen.textlength(MARK, font), round(short * 0.022)
    spot = image.width - margin - wide, image.height - margin
    under = image.crop((round(spot[0]), spot[1] - margin, image.width, image.height))
    bright = ImageStat.Stat(under.convert("L")).mean[0] > 120
    pen.text(spot, MARK, (20, 20, 24, 120) if bright else (255, 252, 244, 130), font, anchor="ls")
