"""A body is read once the token is known to be good, up to a limit, and only as JSON that every parser reads alike."""

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from generations.api.errors import Wrong
from generations.api.shapes import without_nulls
from generations.calling import room
from generations.calling.sieve import Sieve, TooLarge, Unreadable
from generations.calling.waiting import place
from generations.catalogue.engine import MEGABYTE
from generations.catalogue.problem import megabytes

KILOBYTE = 1024
MOST = 256 * KILOBYTE
LARGE = 24 * MEGABYTE  # with references as data URIs; more or larger ones are uploaded first
WORDS = MEGABYTE  # of a large one, besides its pictures
CHUNK = 64 * KILOBYTE
DEEPEST = 16
PARTS = 50_000  # each takes much more memory than its letters; commas of a prompt count as well
LONGEST = 1000  # of a value in an address


def take_in(request: HttpRequest, most: int = MOST) -> None:
    """Django's own limit is one for forms."""
    if hasattr(request, "_body"):
        return
    told = request.META.get("CONTENT_LENGTH") or "0"
    length = int(told) if told.isascii() and told.isdecimal() else 0  # Django reads no further
    if length > most:
        raise too_large(most)
    try:
        request._body = request.read() if length <= MOST else sifted(request, length)  # where Django itself keeps it
    except OSError:  # whoever sent it went away, or sent less than they said, or too slowly
        raise Wrong(400, _("The body broke off. Nothing was saved and nothing was charged."), "broken_body") from None


def sifted(request: HttpRequest, length: int) -> bytes:
    """Its pictures are decoded as they come. It takes its time, so it is read in a place for those who wait."""
    wait_in_place(request)
    room.take(request, length)
    sieve = request.sieve = Sieve(WORDS, LARGE)  # type: ignore[attr-defined]
    try:
        while chunk := request.read(CHUNK):
            sieve.feed(chunk)
    except TooLarge:
        sentence = _("The body has more than {most} besides its pictures. Nothing was sent.")
        raise Wrong(413, sentence.format(most=megabytes(WORDS))) from None
    except Unreadable:
        raise no_json(_("The body is no JSON.")) from None
    return bytes(sieve.rest)


def wait_in_place(request: Any) -> None:
    """One place for those who wait, until it is answered."""
    if not request.placed:
        request.stay.enter_context(place(request.caller.user.pk))
        request.placed = True


def too_large(most: int) -> Wrong:
    if most < MEGABYTE:
        return Wrong(413, _("The body is larger than %(most)s KB. Nothing was done.") % {"most": most // KILOBYTE})
    sentence = _("The body is larger than %(most)s MB. Upload references first and name them by their SHA-256.")
    return Wrong(413, sentence % {"most": most // MEGABYTE})


class Strict(Parser):
    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != "application/json":
            raise Wrong(415, _("This takes JSON: send it with Content-Type: application/json."))
        value, sieve = without_nulls(read(request.body)), vars(request).pop("sieve", None)
        return cast(dict[str, Any], sieve.put_back(value) if sieve else value)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        problems = [(name[:100], why) for name in data for value in data.getlist(name) if (why := unfit(name) or unfit(value))]
        if problems:
            raise Wrong(422, problems[0][1], "invalid", problems)
        return super().parse_querydict(data, list_fields, request)


def unfit(value: str) -> str:
    if "\0" in value:
        return _("This text holds a NUL character.")
    return _("At most %(max_length)s characters are taken.") % {"max_length": LONGEST} if len(value) > LONGEST else ""


def read(body: bytes) -> Any:
    if sum(map(body.count, b",[{")) > PARTS:
        raise no_json(_("The body has too many parts."))
    try:
        value = json.loads(body.decode(), parse_constant=no_number, object_pairs_hook=members)
    except UnicodeDecodeError as found:
        raise no_json(_("The body is no UTF-8 at byte %(place)s.") % {"place": found.start}) from None
    except json.JSONDecodeError as found:
        figures = {"line": found.lineno, "column": found.colno}
        raise no_json(_("The body is no JSON at line %(line)s, column %(column)s.") % figures) from None
    except RecursionError:
        raise too_deep() from None
    except ValueError:  # a number with thousands of figures
        raise no_json(_("The body holds a number that is too long.")) from None
    look(value, DEEPEST)
    return value


def no_number(constant: str) -> None:
    raise no_json(_("%(constant)s is no JSON.") % {"constant": constant})


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise no_json(_("A field stands twice in the body."))
    return found


def look(value: Any, deep: int) -> None:
    """Through all of it, for what a database or another program would stumble over."""
    if not deep:
        raise too_deep()
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, dict):
        for name, one in value.items():
            check_text(name)
            look(one, deep - 1)
    elif isinstance(value, list):
        for one in value:
            look(one, deep - 1)


def check_text(text: str) -> None:
    if "\0" in text:
        raise no_json(_("The body holds a NUL character."))
    try:
        text.encode()
    except UnicodeEncodeError:
        raise no_json(_("The body holds half a character.")) from None


def no_json(sentence: str) -> Wrong:
    return Wrong(400, sentence, "invalid_json")


def too_deep() -> Wrong:
    return no_json(_("The body is nested more than %(most)s levels deep.") % {"most": DEEPEST})
