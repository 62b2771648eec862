"""A picture as it stands among the others.

Most of a page is tiles, so they are drawn once. The template is drawn with blanks, once in each language; the blanks are filled in
for a picture when it is first seen; and what was filled in is kept. Only what one person, or one page, changes about it is put in
each time: what they think of it, and the list that its link leads into.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from generations.media.names import SIDES
from generations.models import Image
from generations.web.facts import engine_name
from generations.web.shapes import shape
from generations.web.words import pixels, short

NAME = 160  # letters of the prompt that name a picture
MOST_KEPT = 5_000  # tiles in each process, of about a kilobyte
CUT = "\0"  # no text that is shown contains it

BLANKS = ["uid", "number", "shape", "query", "words", "narrow", "middle", "wide", "hint", "star", "badges", "user", "generation", "facts"]
OWN = ["pk", "uid", "width", "height", "engine", "broken", "private", "review", "placeholder", "created_at", "user_id"]
FIELDS = [*OWN, "decision__number", "generation__uid"]


class Row(NamedTuple):
    """What a tile shows of its picture."""

    pk: int
    uid: UUID
    width: int | None
    height: int | None
    engine: str
    broken: Any
    private: bool
    review: str
    placeholder: str
    created_at: datetime
    user: int
    decided: int | None  # number of its last decision
    generation: UUID
    prompt: str


class Tile(NamedTuple):
    day: date
    link: str  # up to the list that its link leads into
    picture: str  # up to its first badge
    rest: str

    def drawn(self, query: str, own: str) -> str:
        return f"{self.link}{query}{self.picture}{own}{self.rest}"


Key = tuple[UUID, bool, str, int | None, str]  # the picture, and what may change about it

kept: dict[Key, Tile] = {}


def tiles(images: QuerySet[Image]) -> dict[int, Tile]:
    """By number of the picture."""
    language = get_language()
    shown = images.values_list("pk", "uid", "private", "review", "decision")
    keys = {pk: (uid, private, review, last, language) for pk, uid, private, review, last in shown}
    found = {pk: kept[key] for pk, key in keys.items() if key in kept}
    new = dict(drawn(images.filter(pk__in=keys.keys() - found.keys()))) if len(found) < len(keys) else {}
    keep({keys[pk]: tile for pk, tile in new.items()})
    return found | new


def keep(new: dict[Key, Tile]) -> None:
    if len(kept) + len(new) > MOST_KEPT:
        kept.clear()
    kept.update(new)


def drawn(images: QuerySet[Image]) -> Iterator[tuple[int, Tile]]:
    for fields in images.values_list(*FIELDS, Substr("generation__prompt", 1, 2 * NAME)):
        row = Row(*fields)
        yield row.pk, Tile(timezone.localtime(row.created_at).date(), *filled(row).split(CUT))


def filled(row: Row) -> str:
    widths = [min(side, round(side * (row.width or 1) / (row.height or 1))) for side in SIDES]
    return blank(get_language()).format(
        uid=row.uid,
        number=row.pk,
        shape=shape(row.width, row.height),
        query=CUT,
        words=escape(short(row.prompt, NAME)),
        narrow=widths[0],
        middle=widths[1],
        wide=widths[2],
        hint=f'<img class="hint" src="{escape(row.placeholder)}" alt="">' if row.placeholder else "",
        star=CUT,
        badges="".join(badges(row.review, row.decided, row.private, row.broken)),
        user=row.user,
        generation=row.generation,
        facts=escape(facts(row)),
    )


@cache
def blank(language: str) -> str:
    addresses = {"page": address("image")} | {f"at_{side}": address("picture", side) for side in SIDES}
    return render_to_string("gallery/_tile.html", {name: SafeString(f"{{{name}}}") for name in BLANKS} | addresses).strip()


def address(name: str, *more: int) -> SafeString:
    """With a blank for the picture."""
    nobody = UUID(int=0)
    return SafeString(reverse(name, args=[nobody, *more]).replace(str(nobody), "{uid}"))


def facts(row: Row) -> str:
    return " · ".join([pixels(row.width, row.height), engine_name(row.engine), f"{timezone.localtime(row.created_at):%H:%M}"])


def badges(review: str, decided: int | None, private: bool, broken: Any) -> Iterator[str]:
    """In fixed order, behind one's own."""
    if review:
        yield badge(review, get_language(), decided=decided)
    if private:
        yield badge("private", get_language())
    if broken:
        yield badge("broken", get_language(), came(broken[0]))


@cache
def own_badges(starred: bool, rating: int, language: str) -> str:
    """What one person thinks of it."""
    return (badge("starred", language) if starred else "") + (badge("rated", language, str(rating)) if rating else "")


def all_badges(image: Image, own: str) -> SafeString:
    """For a tile that is on a page already."""
    decided = image.decision.number if image.decision else None
    return SafeString("".join([own, *badges(image.review, decided, image.private, image.broken)]))


@lru_cache(maxsize=1000)
def badge(kind: str, language: str, text: str = "", decided: int | None = None) -> str:
    return render_to_string("gallery/_badge.html", {"kind": kind, "text": text, "decided": decided}).strip()


def came(broken: dict[str, str]) -> str:
    """In a word: the width of what came instead, or its format."""
    return broken.get("delivered", "").partition("x")[0][:6].upper()


def row_of(tiles: Iterable[tuple[int, Tile]], query: str, own: Mapping[int, str]) -> SafeString:
    safe = escape(query)
    return SafeString("".join(tile.drawn(safe, own.get(pk, "")) for pk, tile in tiles))
