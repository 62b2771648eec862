"""The engines to pick from: what each costs, takes and usually needs, and why one cannot take what is in the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.catalogue import ENGINES
from generations.catalogue.engine import Engine, References
from generations.compose.said import say
from generations.models import Gate, Team
from generations.offers import Offer, offers
from generations.pipeline.gate import hindrance
from generations.web.requests import StudioRequest
from generations.web.speeds import seconds, usual_seconds


@dataclass(frozen=True)
class Row:
    offer: Offer
    id: str
    takes: str  # tiers and references, in a few words
    seconds: int
    chosen: bool
    why: str = ""  # a limit, said before it bites
    shut: bool = False  # it cannot be picked now


@dataclass(frozen=True)
class Group:
    name: str
    rows: list[Row]


def ready(request: StudioRequest) -> list[Offer]:
    """All that is switched on, read once for an answer."""
    if not hasattr(request, "offers"):
        request.offers = list(offers())
    return request.offers


def offer_id(offer: Offer) -> str:
    return f"{offer.engine.id}@{offer.account.pk}"


def find(offers: Iterable[Offer], id: str) -> Offer | None:
    return next((offer for offer in offers if offer_id(offer) == id), None)


def known(id: str) -> Engine | None:
    """What the catalogue knows of an engine that may no longer be offered."""
    return ENGINES.get(id.partition("@")[0])


def first(offers: Iterable[Offer]) -> Offer | None:
    """What a new composer begins with: a real account, and an engine that needs no picture and will last."""
    return min(offers, key=lambda offer: (offer.account.sandbox, offer.engine.edits, offer.engine.ends is not None), default=None)


def usable(offers: Iterable[Offer], team: Team) -> list[Offer]:
    return [offer for offer in offers if team.uses(offer.engine.id)]


def menu(offers: Sequence[Offer], chosen: Offer | None, references: int, team: Team) -> list[Group]:
    speeds = usual_seconds()
    gates = {gate.account_id: gate for gate in Gate.objects.all()}
    mixed = len({offer.account.sandbox for offer in offers}) > 1
    groups: dict[str, list[Row]] = {name: [] for name in kinds()}
    for offer in offers:
        name = kind(offer.engine, apart=mixed and offer.account.sandbox)
        gate = gates.get(offer.account.pk)
        drawn = row(offer, offer == chosen, references, seconds(offer, speeds), gate)
        groups[name].append(drawn if team.uses(offer.engine.id) else replace(drawn, why=_("Your team does not use this engine"), shut=True))
    return [Group(name, rows) for name, rows in groups.items() if rows]


def row(offer: Offer, chosen: bool, references: int, seconds: int, gate: Gate | None) -> Row:
    engine = offer.engine
    too_many = misfit(engine, references) if references > engine.references.most else ""
    reasons = [too_many, standstill(gate, offer), misfit(engine, references), ending(engine)]
    shut = not chosen and bool(too_many or (gate and gate.paused))
    return Row(offer, offer_id(offer), takes(engine), seconds, chosen, next(filter(None, reasons), ""), shut)


def kinds() -> list[str]:
    return [_("Text and references to image"), _("Text to image"), _("Edit pictures"), _("Sandbox: pretend pictures, no cost")]


def kind(engine: Engine, apart: bool = False) -> str:
    both, text, edit, pretend = kinds()
    return pretend if apart else edit if engine.edits else both if engine.references.most else text


def takes(engine: Engine) -> str:
    most = engine.references.most
    references = ngettext("%(n)s ref", "%(n)s refs", most) % {"n": most} if most else ""
    return ", ".join(filter(None, [" ".join(engine.tiers), references]))


def misfit(engine: Engine, references: int) -> str:
    """Where the number of references is not the engine's."""
    rules = engine.references
    if rules.fit(references):
        return ""
    takes, has = limits(rules) % {"needed": rules.needed, "most": rules.most}, {"n": references}
    return (_("%(takes)s, you have %(n)s") if references else _("%(takes)s, you have none")) % {"takes": takes, **has}


def limits(rules: References) -> str:
    if not rules.most:
        return _("Takes no references")
    if rules.needed == rules.most:
        return ngettext("Takes exactly %(most)s reference", "Takes exactly %(most)s references", rules.most)
    if rules.needed:
        return _("Takes %(needed)s to %(most)s references")
    return _("Takes at most %(most)s references")


def standstill(gate: Gate | None, offer: Offer) -> str:
    """Why requests to an account would wait."""
    if gate is None:
        return ""
    gate.account = offer.account
    found = hindrance(gate, timezone.now())
    return say(found[0]) if found else ""


def ending(engine: Engine) -> str:
    if engine.ends is None:
        return ""
    day = date_format(engine.ends, "MONTH_DAY_FORMAT")
    return (_("Ends on %(day)s") if engine.ends >= timezone.localdate() else _("Ended on %(day)s")) % {"day": day}
