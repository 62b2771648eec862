"""What will be sent: the real call of the dialect, and what becomes of every field of the form."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import Field, fates
from generations.catalogue.sizes import Size
from generations.compose.said import name
from generations.offers import Offer
from generations.providers.preview import foresee
from generations.web.words import pixels

# Whose words these are in the form. What no form knows is the dialect's own affair.
ORIGINS = {
    "prompt": ("prompt",),
    "size": ("size", "ratio", "tier"),
    "resolution": ("tier", "size", "ratio"),
    "n": ("images",),
    "batchsize": ("images",),
    "sequential_image_generation": ("images",),
    "sequential_image_generation_options": ("images",),
    "output_format": ("format",),
    "seed": ("seed",),
    "guidance_scale": ("guidance",),
    "watermark": ("watermark",),
    "logo_info": ("logo",),
    "tools": ("web_search",),
    **dict.fromkeys(("image", "image_urls", "imageUrl", "sourceImage"), ("references",)),
}
ENGINE = ("model", "category")
SAME = {"resolution": "tier"}  # the form calls it as the wire does, only the code does not
CUT = 60  # letters of a value; the whole call stands below the table


@dataclass(frozen=True)
class Row:
    name: str  # on the wire
    value: str
    fate: str
    off: bool = False  # not as it was asked for


@dataclass(frozen=True)
class Sent:
    rows: list[Row]
    whole: str  # as JSON, to be copied


def sent(request: GenerationRequest, offer: Offer) -> Sent:
    engine = offer.engine
    shown = foresee(request, engine, offer.account.base)
    values = dict(shown["form"]) if "form" in shown else shown.get("json", {})
    asked = {field.name: field for field in fates(request, engine)}
    return Sent([*wire_rows(values, asked), *quiet_rows(values, asked)], json.dumps(shown, ensure_ascii=False, indent=2))


def wire_rows(values: dict[str, Any], asked: dict[str, Field]) -> Iterator[Row]:
    for word, value in values.items():
        if word in ENGINE:
            yield Row(word, str(value), _("kept, from %(field)s") % {"field": name("engine")})
        else:
            fields = origins(word, value, asked)
            yield Row(word, brief(word, value, asked), fate(word, fields), any(field.fate == "changed" for field in fields))


def origins(word: str, value: Any, asked: dict[str, Field]) -> list[Field]:
    """Where it is one field of the form word for word, that one alone."""
    found = [asked[field] for field in ORIGINS.get(word, ()) if field in asked]
    return [field for field in found if field.sent == value] or found


def fate(word: str, fields: list[Field]) -> str:
    if not fields:
        return _("kept") if word in ORIGINS else _("set by the studio")
    if changed := next((field for field in fields if field.fate == "changed"), None):
        return _("changed, asked was %(value)s") % {"value": plain(changed.asked)}
    if [field.name for field in fields] in ([word], [SAME.get(word)]):
        return _("kept")
    return _("kept, from %(field)s") % {"field": ", ".join(name(field.name) for field in fields)}


def quiet_rows(values: dict[str, Any], asked: dict[str, Field]) -> Iterator[Row]:
    """What is not on the wire: left out, or the provider does it anyway."""
    told = {field for word in values for field in ORIGINS.get(word, ())}
    for field in asked.values():
        if field.fate == "left out":
            yield Row(name(field.name), plain(field.asked), _("not supported there, left out"), off=True)
        elif field.name not in told:
            yield Row(name(field.name), plain(field.asked), _("kept, it is the default there"))


def brief(word: str, value: Any, asked: dict[str, Field]) -> str:
    if ORIGINS.get(word) == ("references",):
        count = len(asked["references"].asked)
        return ngettext("%(n)s reference, as it is", "%(n)s references, in your order", count) % {"n": count}
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= CUT else f"{text[:CUT]}…"


def plain(value: Any) -> str:
    if isinstance(value, Size):
        return pixels(value.width, value.height)
    return _("on") if value is True else str(value)
