"""How far apart two pictures are, to an eye that squints."""

from PIL import Image, ImageChops, ImageStat

SUBJECTS = {
    "hills": "a red kite over tea hills",
    "mountains": "mountains in snow",
    "desert": "dunes in the desert",
    "coast": "a lighthouse by the sea",
    "waves": "a great wave, surf",
    "tiles": "a geometric pattern",
    "cutouts": "a paper cutout",
    "harbour": "a city across the water",
    "pond": "koi",
    "botany": "a fern",
    "still": "pears and a vase",
    "tin": "a tin with a label",
    "arcade": "an arcade",
    "stairs": "a house with stairs",
    "window": "a cat",
}


def apart(one: Image.Image, other: Image.Image) -> float:
    """0 for the same picture, about 50 for two that have nothing in common."""
    first, second = (picture.convert("RGB").resize((48, 48), Image.Resampling.BOX) for picture in (one, other))
    return sum(ImageStat.Stat(ImageChops.difference(first, second)).mean) / 3


def average(picture: Image.Image) -> tuple[float, ...]:
    return tuple(ImageStat.Stat(picture).mean)


def form(files: tuple[tuple[str, bytes], ...] = (), **fields: str) -> tuple[bytes, str]:
    """A multipart form and its type, as curl would send it."""
    parts = [f'--x7x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, content in files:
        head = f'--x7x\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join(parts) + b"--x7x--\r\n", "multipart/form-data; boundary=x7x"
