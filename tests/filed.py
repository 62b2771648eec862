"""Real files for images that are there already."""

from io import BytesIO

from PIL import Image as Picture

from generations.media import names
from generations.media.arrival import put_away, take_in
from generations.media.staging import desk
from generations.models import Image


def filed(image: Image, form: str = "jpeg", size: tuple[int, int] = (640, 360), **options: object) -> bytes:
    """Draws it, keeps it and its smaller sizes, and writes down what it is; the bytes of the original."""
    content = drawn(form, size, colour=f"#{image.pk * 2_654_435 % 0xFFFFFF:06x}", **options)
    with desk() as room:
        path = room / "original"
        path.write_bytes(content)
        taken = take_in(path)
        put_away(taken, names.original)
    facts = {"sha256": taken.sha256, "format": form, "bytes": len(content), "width": size[0], "height": size[1]}
    Image.objects.filter(pk=image.pk).update(**facts, placeholder=taken.placeholder)
    image.refresh_from_db()
    return content


def drawn(form: str, size: tuple[int, int], colour: str = "teal", **options: object) -> bytes:
    out = BytesIO()
    picture = Picture.new("RGB", size, colour)
    picture.paste("white", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    picture.save(out, form.upper(), **options)
    return out.getvalue()
