"""What a tool answers: short names and plain words, for a reader that pays for each of them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from generations.calling.links import link
from generations.calling.ordering import Examined
from generations.calling.outcome import say
from generations.calling.waiting import ended
from generations.models import Generation, Image, ImageStatus, Status
from generations.offers import Offer
from generations.pipeline.money import format_money, word

WORDS = {
    "held": gettext_noop("Held: %(held)s."),
    "charged": gettext_noop("Charged: %(charged)s."),
    "released": gettext_noop("Not charged."),
    "free": gettext_noop("Free."),
    "maybe": gettext_noop("It may have been charged: %(held)s."),
}


def generation(request: HttpRequest, found: Generation) -> dict[str, Any]:
    images = found.images.order_by("index", "pk")
    told = {
        "id": str(found.uid),
        "status": found.status,
        "ended": ended(found),
        "engine": found.engine,
        "prompt": found.prompt,
        "asked": found.images_asked,
        "money": cost(found),
        "trouble": say(found.trouble or {}),
        "images": [image(request, one) for one in images],
    }
    return {**told, "next": following(found)}


def cost(found: Generation) -> str:
    sentence = WORDS.get(word(found), "")
    return _(sentence) % {"held": format_money(found.held), "charged": format_money(found.charged)} if sentence else ""


def following(found: Generation) -> str:
    if found.status == Status.ASKING:
        return _("A team administrator has to allow what it costs. Ask again later with wait.")
    if found.status == Status.UNKNOWN:
        return _("Nobody knows whether it was accepted. Do not order it again: a person has to decide that in the studio.")
    return "" if ended(found) else _("It is still being made. Call wait with this id.")


def image(request: HttpRequest, found: Image) -> dict[str, Any]:
    shown = found.status == ImageStatus.STORED and found.trashed_at is None
    if not shown:
        return {"id": str(found.uid), "status": found.status, "problem": say(found.trouble or {})}
    return {
        "id": str(found.uid),
        "size": f"{found.width}x{found.height}",
        "format": found.format,
        "link": link(request, found),
    }


def examined(found: Examined) -> dict[str, Any]:
    told: dict[str, Any] = {
        "possible": not found.problems,
        "problems": [f"{one.field}: {_(one.message).format(**one.values)}" for one in found.problems],
    }
    if found.offer is None:
        return told
    return told | {
        "engine": found.offer.engine.id,
        "account": found.offer.account.name,
        "costs_at_most": price(found.price),
        "left": format_money(found.left) if found.left is not None else None,
        "asks": _("A team administrator has to allow what it costs.") if found.asks else "",
        "fields": {field.name: field.fate for field in found.fates},
        "call": found.call,
    }


def price(micro: int | None) -> str:
    return format_money(micro) if micro is not None else _("Nobody has said a price.")


def hit(request: HttpRequest, found: Image) -> dict[str, Any]:
    """An image of the gallery."""
    return {
        **image(request, found),
        "prompt": found.generation.prompt[:500],
        "engine": found.engine,
        "person": found.user.name,
        "generation": str(found.generation.uid),
        "review": found.review,
        "made": found.created_at.isoformat(timespec="seconds"),
    }


def engine(offer: Offer) -> dict[str, Any]:
    facts, rules = offer.engine, offer.engine.references
    return {
        "id": facts.id,
        "name": facts.name,
        "account": offer.account.name,
        "sandbox": offer.account.sandbox,
        "price": price(offer.price),
        "images": facts.most_images,
        "prompt": facts.prompt_limit,
        "sizes": {tier: {ratio: str(size) for ratio, size in table.items()} for tier, table in facts.tiers.items()},
        "usual": " ".join(facts.usual),
        "exact": bool(facts.free),
        "references": {"least": rules.needed, "most": rules.most, "formats": list(rules.formats)} if rules.most else None,
        "formats": list(facts.formats),
        "takes": [name for name, given in (("seed", facts.seed), ("guidance", facts.guidance)) if given],
    }
