"""How a composer begins: as it was left, empty, filled from an earlier request, or with another engine."""

from collections.abc import Sequence

from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from generations import offers
from generations.catalogue import replacement
from generations.catalogue.request import GenerationRequest
from generations.compose import drafts, engines
from generations.compose.composer import Composer
from generations.compose.filled import ON, Filled, read_uuid
from generations.compose.fit import CHOICES, begin, changes, fit
from generations.compose.memory import Memory
from generations.compose.said import run
from generations.models import Generation, Team
from generations.offers import Offer
from generations.web import seen
from generations.web.requests import StudioRequest

CLEARED = ("engine", "private", "collection", "unfolded")  # what clearing leaves


def opening(request: StudioRequest) -> Composer:
    filled = drafts.find(request.user, request.team)
    if "from" in request.GET:
        uid = read_uuid(request.GET["from"])
        if uid is None:
            raise Http404
        return reuse(request, seen.generation(request, uid), request.GET.get("what", "all"), filled)
    composer = settle(request, filled or empty(request))
    composer.saved = filled is not None
    return composer


def begun(request: StudioRequest) -> Filled:
    """What stands in the composer, or what a new one begins with."""
    return drafts.find(request.user, request.team) or empty(request)


def empty(request: StudioRequest, offer: Offer | None = None) -> Filled:
    """As the team has decided that requests begin."""
    team = request.team
    offer, private = offer or engines.first(offered(request)), ON if team.private else ""
    if offer is None:
        return Filled(private=private)
    ratio, tier = begin(offer.engine)
    return Filled(engine=engines.offer_id(offer), ratio=ratio, tier=tier, private=private, watermark=marked(team, offer))


def offered(request: StudioRequest) -> list[Offer]:
    """Those that the team uses; all of them where that would be none, so that the form can say so."""
    found = engines.ready(request)
    return engines.usable(found, request.team) or found


def marked(team: Team, offer: Offer) -> str:
    return ON if team.watermark and offer.engine.watermark is not None else ""


def settle(request: StudioRequest, filled: Filled, note: str = "", former: Filled | None = None) -> Composer:
    """With an engine that is really there, and with choices that fit it; what had to change is said."""
    found = offered(request)
    offer = engines.find(found, filled.engine) or follower(found, filled.engine)
    if offer is None:
        return Composer(request, filled)
    fitting = fit(filled, offer.engine).with_(engine=engines.offer_id(offer))
    said = run([note, *moved(filled.engine, offer), *changes(filled, fitting)])
    return Composer(request, fitting, Memory.of(said, former) if former else Memory(said))


def moved(id: str, offer: Offer) -> list[str]:
    if id == engines.offer_id(offer) or not id:
        return []
    old = engines.known(id)
    figures = {"old": old.name if old else id.partition("@")[0], "new": offer.engine.name, "account": offer.account.name}
    return [_("%(old)s is not offered there any more. In its place: %(new)s, %(account)s.") % figures]


def follower(offered: Sequence[Offer], id: str) -> Offer | None:
    """What an administrator named for it, the same engine at another account, or what takes over by the catalogue."""
    engine, _at, account = id.partition("@")
    next_one = replacement(engine) if engine else None
    named = offers.successor(engine, int(account)) if account.isascii() and account.isdecimal() and len(account) < 19 else ""
    wanted = [named, engine, next_one.id if next_one else ""]
    return next((offer for name in wanted for offer in offered if offer.engine.id == name), None) or engines.first(offered)


# --- clicks ---


def pick(request: StudioRequest, filled: Filled, id: str) -> Composer:
    """Another engine: it keeps what still fits."""
    offer = engines.find(engines.ready(request), id)
    if offer is None:
        return Composer(request, filled.with_(engine=id))
    old = engines.known(filled.engine)
    fresh = old is not None and old.watermark is None  # there was no such choice until now
    fitting = fit(filled, offer.engine).with_(engine=id, **({"watermark": marked(request.team, offer)} if fresh else {}))
    note = run(changes(filled, fitting))
    return Composer(request, fitting, Memory.of(note, filled, *CHOICES) if note else None)


def clear(request: StudioRequest, filled: Filled) -> Composer:
    kept = {name: getattr(filled, name) for name in CLEARED}
    fresh = empty(request, engines.find(offered(request), filled.engine))
    return Composer(request, fresh.with_(**{**kept, "engine": fresh.engine}), Memory.of(_("Cleared."), filled))


def take(request: StudioRequest, filled: Filled) -> Composer:
    """What another tab has made of it; an Undo brings back what stood in this one."""
    return settle(request, begun(request), _("Taken from the other tab."), former=filled)


def undo(request: StudioRequest, filled: Filled, memory: Memory) -> Composer:
    return Composer(request, memory.undo(filled))


# --- reuse ---


def reuse(request: StudioRequest, generation: Generation, what: str, draft: Filled | None) -> Composer:
    asked = generation.asked()
    base = draft or empty(request)
    parts = {"prompt": words(asked), "size": measures(asked), "references": pictures(asked)}
    wanted = parts.get(what) or {**everything(generation, asked), **words(asked), **measures(asked), **pictures(asked)}
    note = _("Filled from the request of %(when)s.") % {"when": date_format(localtime(generation.created_at), "SHORT_DATETIME_FORMAT")}
    return settle(request, base.with_(**wanted), note, former=base)


def words(asked: GenerationRequest) -> dict[str, object]:
    return {"prompt": asked.prompt, "batch": ""}


def measures(asked: GenerationRequest) -> dict[str, object]:
    size = asked.size
    return {"ratio": asked.ratio, "tier": asked.tier, "width": str(size.width) if size else "", "height": str(size.height) if size else ""}


def pictures(asked: GenerationRequest) -> dict[str, object]:
    return {"references": tuple(one.sha256 for one in asked.references)}


def everything(generation: Generation, asked: GenerationRequest) -> dict[str, object]:
    logo = asked.logo
    return {
        "engine": f"{asked.engine}@{generation.account_id}",
        "images": str(asked.images),
        "seed": "" if asked.seed is None else str(asked.seed),
        "guidance": "" if asked.guidance is None else f"{asked.guidance:g}",
        "format": asked.format,
        "watermark": ON if asked.watermark else "",
        "web_search": ON if asked.web_search else "",
        "logo_position": str(logo.position) if logo else "",
        "logo_language": str(logo.language) if logo else "",
        "logo_opacity": f"{logo.opacity:g}" if logo else "",
        "parent": str(generation.uid),
    }
