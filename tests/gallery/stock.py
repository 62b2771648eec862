"""Pictures that hang in the gallery already: rows, index and, where a test looks at bytes, files."""

from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image as Picture

from generations import search
from generations.media import names, staging
from generations.media.names import Name
from generations.media.store import store
from generations.models import Generation, Image, Team, User
from tests.made import ENGINE, asked, made, pictured


def hung(user: User, team: Team, count: int = 1, prompt: str = "A red kite", engine: str = ENGINE, **fields: Any) -> list[Image]:
    """`fields` are those of the images; those of their generation follow."""
    about = {name: fields[name] for name in ("private", "created_at") if name in fields}
    generation: Generation = made(user, team, request=asked(prompt, engine=engine, images=count), **about)
    pictured(generation, count)
    generation.images.update(**fields)
    search.index(generation)
    return list(generation.images.order_by("pk"))


def filed(image: Image, content: bytes | None = None) -> bytes:
    """Its original and its smaller copies, in the store; the bytes of the original."""
    content = content or png()
    image.sha256, image.bytes, image.format = sha256(content).hexdigest(), len(content), "png"
    image.save()
    put(names.original(image.sha256, "png"), content)
    for side in names.SIDES:
        put(names.derived(image.sha256, side), webp(side))
    return content


def put(name: Name, content: bytes) -> None:
    with staging.desk() as desk:
        (desk / "file").write_bytes(content)
        store().keep(desk / "file", name)


def png(colour: str = "red") -> bytes:
    return drawn("PNG", 64, colour)


def webp(side: int) -> bytes:
    return drawn("WEBP", side, "red")


@cache
def drawn(form: str, side: int, colour: str) -> bytes:
    file = BytesIO()
    Picture.new("RGB", (side, side), colour).save(file, form)
    return file.getvalue()
