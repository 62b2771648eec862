"""The strip of tiles as HTML. One tile is drawn with blanks, once in each language, and the blanks are filled in for every picture:
drawing each of the hundred on a page would take several times as long as all the rest of it.
"""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from generations.compose.cards.reader import Reader
from generations.compose.cards.tiles import Badge, Tile
from generations.models import Image
from generations.templatetags.studio import icon

NOBODY = UUID(int=0)
BLANKS = ("uid", "shape", "text", "width", "height", "hint", "badges", "starred", "other", "reuse", "token")


def strip(tiles: Sequence[Tile], shape: str, reader: Reader, reuse: str) -> SafeString:
    return mark_safe("".join(draw(tile, shape, reader, reuse) for tile in tiles))  # noqa: S308  # each is safe


def draw(tile: Tile, shape: str, reader: Reader, reuse: str) -> str:
    if tile.image and tile.kind == "picture":
        return picture(tile, tile.image, shape, reader, reuse)
    kind = f"{tile.kind} idle" if tile.idle else tile.kind
    # of the same element as a picture, so that one becomes the other in its place
    return format_html('<div class="tile {} {}"><span>{}</span></div>', kind, shape, tile.text)


def picture(tile: Tile, image: Image, shape: str, reader: Reader, reuse: str) -> str:
    return blank(get_language(), bool(reuse)).format(
        uid=image.uid,
        shape=shape,
        text=escape(tile.text),
        width=image.width,
        height=image.height,
        hint=format_html('<img class="dim" src="{}" alt="">', image.placeholder) if image.placeholder else "",
        badges="".join(map(badge, tile.badges)),
        starred="true" if tile.starred else "false",
        other="off" if tile.starred else "on",
        reuse=escape(reuse),
        token=reader.token,
    )


@cache
def blank(language: str | None, makes: bool) -> str:
    names = {name: mark_safe(f"{{{name}}}") for name in BLANKS}  # noqa: S308
    ways = {"page": address("image"), "small": address("picture", 320), "middle": address("picture", 640), "mark": address("mark")}
    return render_to_string("compose/_tile.html", {**names, **ways, "makes": makes})


def address(name: str, *more: int) -> str:
    """With a blank in place of the image."""
    return reverse(name, args=[NOBODY, *more]).replace(str(NOBODY), "{uid}")


def badge(one: Badge) -> str:
    sentence = '<span class="badge {0}" title="{2}">{1}{3}<span class="unseen">{2}</span></span>'
    return format_html(sentence, one.kind, icon(one.icon), one.title, one.text)
