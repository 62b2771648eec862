"""Who serves what a program asks for. One model is resold by many under many names, so that a script need not know whose key is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils import timezone

from generations.catalogue import ENGINES
from generations.catalogue.check import check
from generations.catalogue.engine import Engine
from generations.catalogue.problem import Problem, _
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import complete, fates
from generations.catalogue.shape import size_problems
from generations.catalogue.sizes import AUTO
from generations.dialects.said import bounded
from generations.models import Gate, Membership, Team
from generations.offers import Offer, offers
from generations.pipeline import approval, money, rules
from generations.pipeline.gate import hindrance
from generations.pipeline.start import Refused

UNNAMED = _("Say which engine is to be used.")
UNHEARD = _("There is no engine called {name} here.")
NEAR = _("There is no engine called {name} here. Perhaps {near} is meant.")
OFF = _("{name} is known, but it is switched on at no account here. An administrator can change that.")
LONGEST = 80  # letters of a name that are repeated


@dataclass(frozen=True)
class Route:
    """One of those who serve it, and the request as it is made there."""

    offer: Offer
    request: GenerationRequest

    @property
    def problems(self) -> list[Problem]:
        return check(self.request, self.offer.engine)

    @property
    def cost(self) -> int:
        return money.worst(self.request, self.offer.engine, self.offer.price)

    def spare(self) -> dict[str, Any]:
        """As a generation remembers it."""
        offer = self.offer
        return {"engine": offer.engine.id, "account": offer.account.pk, "price": offer.price, "request": self.request.store()}


def routes(name: str, asked: GenerationRequest, team: Team, door: str = "") -> list[Route]:
    """Whoever is to make it comes first; never none. What does not fit an engine is no reason to ask another model."""
    serving = [Route(offer, at(asked, offer.engine, door)) for offer in served(name, team)]
    ordered = sorted(serving, key=lambda route: rank(route, door))
    fitting = [route for route in ordered if not route.problems]
    if not fitting:
        raise Refused(*ordered[0].problems)
    # The sandbox only pretends: it stands in for nobody, and nobody for it.
    return by_gate(route for route in fitting if route.offer.account.sandbox == fitting[0].offer.account.sandbox)


def at(asked: GenerationRequest, engine: Engine, door: str = "") -> GenerationRequest:
    """What was not named is as the door's own provider would make it, as far as this engine can.

    A bare tier leaves the ratio to the engine: to its usual one, where it cannot choose. At APIMart `auto` is about references.
    """
    if asked.ratio == AUTO and door not in ("", "apimart") and not chooses(engine, asked):
        asked = asked.with_(ratio="")
    asked = asked.with_(engine=engine.id)
    usual = complete(asked, kin(engine, door) or engine)
    return complete(asked, engine) if any(size_problems(usual, engine)) else usual


def kin(engine: Engine, dialect: str) -> Engine | None:
    """The same model as somebody sells it who speaks this dialect."""
    return next((one for one in ENGINES.values() if one.family == engine.family and one.dialect == dialect), None)


def chooses(engine: Engine, asked: GenerationRequest) -> bool:
    return engine.adaptive or (engine.auto and bool(asked.references or not engine.auto_needs_reference))


def rank(route: Route, door: str) -> tuple[Any, ...]:
    """Real ones before the sandbox, as the administrator has put them; then whoever speaks the program's dialect and leaves out least."""
    account, engine = route.offer.account, route.offer.engine
    lost = sum(field.fate == "left out" for field in fates(route.request, engine))
    sandbox, place, pk = account.turn
    return sandbox, place, engine.dialect != door, lost, pk


def by_gate(found: Iterable[Route]) -> list[Route]:
    """What can go out now comes before what would wait."""
    ordered, now = list(found), timezone.now()
    gates = Gate.objects.select_related("account").filter(account__in={route.offer.account.pk for route in ordered})
    shut = {gate.account_id for gate in gates if hindrance(gate, now)}
    return sorted(ordered, key=lambda route: route.offer.account.pk in shut)


def spares(found: Sequence[Route], membership: Membership) -> list[dict[str, Any]]:
    """Where else it may go, unless somebody would have to be asked about the price there."""
    first, *others = found
    return [one.spare() for one in others if one.cost <= first.cost or not approval.needed(membership, one.cost)]


# --- names ---


def served(name: str, team: Team) -> list[Offer]:
    on, model = list(offers()), families(name)
    found = [offer for offer in on if answers_to(offer, name, model)]
    if not found:
        raise Refused(unknown(name, [offer for offer in on if team.uses(offer.engine.id)]))
    if not any(team.uses(offer.engine.id) for offer in found):
        raise Refused(*rules.against_engine(team, found[0].engine.id))
    return [offer for offer in found if team.uses(offer.engine.id)]


def answers_to(offer: Offer, name: str, model: set[str]) -> bool:
    """An engine by its id is that one and no other; any other name is that of a model, whoever sells it."""
    if name in ENGINES:
        return offer.engine.id == name
    return offer.engine.family in model or offer.engine.wire_id == name


def families(name: str) -> set[str]:
    return {engine.family for engine in ENGINES.values() if name.lower() in map(str.lower, names(engine))}


def names(engine: Engine) -> Iterator[str]:
    yield from (engine.id.partition("/")[2], engine.name, engine.wire_id, *engine.aliases)


def called(engine: str, dialect: str) -> str:
    """What a program that speaks this dialect calls an engine."""
    found = ENGINES.get(engine)
    return (kin(found, dialect) or found).wire_id if found else engine


def unknown(name: str, on: Sequence[Offer]) -> Problem:
    said = bounded(name, LONGEST)
    if not said:
        return Problem("engine", UNNAMED)
    if name in ENGINES or families(name):
        return Problem("engine", OFF, {"name": said})
    known = {word.lower(): word for offer in on for word in (offer.engine.id, *names(offer.engine))}
    near = [known[word] for word in get_close_matches(said.lower(), known, n=3)]
    return Problem("engine", NEAR, {"name": said, "near": ", ".join(near)}) if near else Problem("engine", UNHEARD, {"name": said})
