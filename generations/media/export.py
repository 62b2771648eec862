"""A copy in another format or size, for handing on."""

from threading import BoundedSemaphore
from typing import IO, Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from generations.media.metadata import Label, packet

FORMATS = ("png", "jpeg", "webp")
AT_ONCE = BoundedSemaphore(2)  # a large picture takes a core for a second and some hundred megabytes
OPTIONS: dict[str, dict[str, Any]] = {
    "jpeg": {"quality": 92, "subsampling": 0},
    "webp": {"quality": 90, "method": 4},
    "png": {"compress_level": 4},
}


def export(original: IO[bytes], out: IO[bytes], form: str, longest: int | None, label: Label) -> None:
    """Never larger than it came; colours as they were meant, and labelled."""
    with AT_ONCE, Image.open(original, formats=[name.upper() for name in FORMATS]) as opened:
        earlier = opened.info.get("xmp", b"")
        carried = {name: opened.info[name] for name in ("icc_profile", "exif") if opened.info.get(name)}
        smaller = longest if longest and longest < max(opened.size) else 0
        if smaller:
            opened.draft(opened.mode, (smaller, smaller))
        image = on_white(opened) if form == "jpeg" else plain(opened)
        if opened.mode == "CMYK":
            carried["icc_profile"] = None  # it was about inks
        if smaller:
            image.thumbnail((smaller, smaller), Image.Resampling.LANCZOS)
        image.save(out, form.upper(), **carried, **OPTIONS[form], **told(form, packet(label, earlier)))


def told(form: str, xmp: bytes) -> dict[str, Any]:
    if form != "png":
        return {"xmp": xmp}
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return {"pnginfo": info}


def plain(image: Image.Image) -> Image.Image:
    """Without a palette, which has no way between two of its colours, and without inks."""
    return image.convert("RGBA" if image.has_transparency_data else "RGB") if image.mode in ("P", "1", "CMYK") else image


def on_white(image: Image.Image) -> Image.Image:
    """A JPEG knows no transparency; what shows through is paper."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")
