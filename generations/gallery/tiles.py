"""A picture as it stands among the others. The template draws one tile with blanks, once in each language, and the blanks are filled
in for every picture: drawing each of the sixty on a page would take three times as long as all the rest of it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from generations.gallery.facts import engine_name
from generations.media.names import SIDES
from generations.models import Image
from generations.web.shapes import shape
from generations.web.words import pixels, short

NAME = 160  # letters of the prompt that name a picture


class Tile(NamedTuple):
    """What a tile shows of its row."""

    pk: int
    uid: UUID
    width: int | None
    height: int | None
    engine: str
    broken: Any
    private: bool
    placeholder: str
    created_at: datetime
    user: int
    author: str
    generation: UUID
    prompt: str

    @property
    def day(self) -> date:
        return timezone.localtime(self.created_at).date()


def tiles(images: QuerySet[Image]) -> list[Tile]:
    plain = ("pk", "uid", "width", "height", "engine", "broken", "private", "placeholder", "created_at", "user_id")
    return [Tile(*row) for row in images.order_by("-pk").values_list(*plain, "user__name", "generation__uid", Substr("generation__prompt", 1, 2 * NAME))]


def draw(tile: Tile, query: str, *, starred: bool) -> SafeString:
    uid, words = str(tile.uid), escape(short(tile.prompt, NAME))
    widths = [min(side, round(side * (tile.width or 1) / (tile.height or 1))) for side in SIDES]
    return SafeString(  # what is not a number or ours is escaped
        blank(get_language()).format(
            uid=uid,
            shape=shape(tile.width, tile.height),
            query=query,
            words=words,
            narrow=widths[0],
            middle=widths[1],
            wide=widths[2],
            hint=f'<img class="hint" src="{escape(tile.placeholder)}" alt="">' if tile.placeholder else "",
            badges="".join(badges(tile, starred)),
            user=tile.user,
            generation=tile.generation,
            facts=facts(tile),
        )
    )


@cache
def blank(language: str) -> str:
    names = "uid shape query words narrow middle wide hint badges user generation facts".split()
    return render_to_string("gallery/_tile.html", {name: SafeString(f"{{{name}}}") for name in names})


def facts(tile: Tile) -> str:
    when = timezone.localtime(tile.created_at)
    return escape(" · ".join([pixels(tile.width, tile.height), engine_name(tile.engine), tile.author, f"{when:%H:%M}"]))


def badges(tile: Tile, starred: bool) -> Iterator[str]:
    if starred:
        yield badge("starred", get_language())
    if tile.private:
        yield badge("private", get_language())
    if tile.broken:
        yield badge("broken", get_language(), came(tile.broken[0]))


@lru_cache(maxsize=1000)
def badge(kind: str, language: str, text: str = "") -> str:
    return render_to_string("gallery/_badge.html", {"kind": kind, "text": text})


def came(broken: dict[str, str]) -> str:
    """In a word: the width of what came instead, or its format."""
    return broken.get("delivered", "").partition("x")[0][:6].upper()
