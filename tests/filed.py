"""Real files for images that are there already."""

from functools import cache
from io import BytesIO

from PIL import Image as Picture

from generations.media import names
from generations.media.arrival import put_away, take_in
from generations.media.staging import desk
from generations.models import Image

COLOURS = ["teal", "coral", "khaki", "slateblue", "olive", "salmon", "indigo", "sienna"]


def filed(image: Image, form: str = "jpeg", size: tuple[int, int] = (640, 360)) -> bytes:
    """Its original and its smaller sizes are in the store, and the row says what they are; the bytes of the original."""
    content, sha256, placeholder = kept(form, size, COLOURS[image.index % len(COLOURS)])
    facts = {"sha256": sha256, "format": form, "bytes": len(content), "width": size[0], "height": size[1]}
    Image.objects.filter(pk=image.pk).update(**facts, placeholder=placeholder)
    image.refresh_from_db()
    return content


@cache
def kept(form: str, size: tuple[int, int], colour: str) -> tuple[bytes, str, str]:
    """Drawn once: the store outlives the tests of a process."""
    out = BytesIO()
    picture = Picture.new("RGB", size, colour)
    picture.paste("white", (size[0] // 4, size[1] // 4, size[0] // 2, size[1] // 2))
    picture.save(out, form.upper())
    with desk() as room:
        path = room / "original"
        path.write_bytes(out.getvalue())
        taken = take_in(path)
        put_away(taken, names.original)
    return out.getvalue(), taken.sha256, taken.placeholder
