"""What can be asked for: engines at accounts that are switched on, with everything they take."""

from collections.abc import Iterable
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from generations.api import examples
from generations.api.frame import ApiRequest, Example, operation
from generations.api.shapes import Money, Shape, money
from generations.catalogue.engine import Engine, PixelRange
from generations.models import Gate, Scope, Team
from generations.offers import Offer, offers
from generations.pipeline.gate import hindrance
from generations.web.speeds import Speeds, seconds, usual_seconds

router = Router(tags=["Engines"])


class SizeOffered(Shape):
    ratio: str = Field(examples=["16:9"])
    tier: str = Field(examples=["2K"])
    width: int = Field(examples=[2848])
    height: int = Field(examples=[1600])


class Exact(Shape):
    """Exact pixels that may be asked for as `size`."""

    least_pixels: int = Field(description="Width times height.")
    most_pixels: int
    narrowest: float = Field(description="Width divided by height, at least.")
    widest: float
    least_side: int
    most_side: int


class ReferencesTaken(Shape):
    least: int = Field(description="So many are needed; 0: words alone will do.")
    most: int
    with_images: int | None = Field(description="References and images together may not exceed it.")
    formats: list[str] = Field(examples=[["jpeg", "png", "webp"]])
    most_bytes: int
    most_pixels: int
    least_side: int
    narrowest: float
    widest: float


class GuidanceTaken(Shape):
    least: float
    most: float
    usual: float


class Serving(Shape):
    """An account that serves it. Its address and key are for administrators."""

    name: str = Field(examples=["APIMart"])
    sandbox: bool = Field(description="Pretend pictures that cost nothing.")
    price: Money | None = Field(description="For one image, before surcharges. Null: nobody has said.")
    seconds: int = Field(description="What a request usually takes, by the studio's own latest ones.")
    hindrance: str | None = Field(description="Why requests would wait there now, in words.")


class EngineShape(Shape):
    id: str = Field(description="Stable. Also a model's common name may be used in a request, then the studio chooses who serves it.")
    name: str
    makes: str = Field(description="“text”: from words. “both”: from words, with or without references. “edit”: references are needed.")
    images: int = Field(description="At most, in one request.")
    prompt: int = Field(description="Characters of a prompt, at most.")
    ratios: list[str] = Field(description="“auto” among them: the engine may choose.")
    tiers: list[str]
    usual_ratio: str = Field(description="What is taken where a request names none.")
    usual_tier: str
    sizes: list[SizeOffered] = Field(description="The pixels of every ratio and tier.")
    exact: Exact | None = Field(description="Null: only the sizes above.")
    references: ReferencesTaken
    formats: list[str] = Field(description="The first is the default; with more than one it can be chosen.")
    seed: bool
    guidance: GuidanceTaken | None
    watermark: bool | None = Field(description="The provider's own default; the studio asks for none. Null: there is no such choice.")
    logo: bool
    web_search: bool
    ends: date | None = Field(description="Its provider has announced that day.")
    successor: str | None
    accounts: list[Serving] = Field(description="In the order in which they are asked.")


class Engines(Shape):
    items: list[EngineShape]


@operation(
    router,
    "GET",
    "/engines",
    scope=Scope.READ,
    instead=Scope.GENERATE,
    name="api_engines",
    gives=Engines,
    example=Example({"items": [examples.ENGINE]}),
)
def engines(request: ApiRequest) -> Engines:
    """List engines
    Every engine this team can use now, with its sizes, limits and prices. What an engine does not name here it does not take.
    """
    return Engines(items=list(drawn(offers(), request.auth.team)))


@operation(
    router,
    "GET",
    "/engines/{path:engine}",
    scope=Scope.READ,
    instead=Scope.GENERATE,
    name="api_engine",
    gives=EngineShape,
    example=Example(examples.ENGINE, path="/engines/apimart/seedream-5.0-lite"),
    may=(404,),
)
def engine(request: ApiRequest, engine: str) -> EngineShape:
    """Get an engine"""
    found = [offer for offer in offers() if offer.engine.id == engine]
    for one in drawn(found, request.auth.team):
        return one
    raise Http404


# --- as it is told ---


def drawn(found: Iterable[Offer], team: Team) -> Iterable[EngineShape]:
    """Each engine once, with all who serve it."""
    serving: dict[str, list[Offer]] = {}
    for offer in found:
        if team.uses(offer.engine.id):
            serving.setdefault(offer.engine.id, []).append(offer)
    speeds, why = usual_seconds(), hindrances()
    for several in serving.values():
        ordered = sorted(several, key=lambda offer: offer.account.turn)
        yield shape(ordered[0].engine, [account(offer, speeds, why) for offer in ordered])


def hindrances() -> dict[int, str]:
    now = timezone.now()
    found = ((gate.account_id, hindrance(gate, now)) for gate in Gate.objects.select_related("account"))
    return {account: _(why[0].message).format(**why[0].values) for account, why in found if why}


def account(offer: Offer, speeds: Speeds, why: dict[int, str]) -> Serving:
    return Serving(
        name=offer.account.name,
        sandbox=offer.account.sandbox,
        price=money(offer.price),
        seconds=seconds(offer, speeds),
        hindrance=why.get(offer.account.pk),
    )


def shape(engine: Engine, accounts: list[Serving]) -> EngineShape:
    ratio, tier = engine.usual
    return EngineShape(
        id=engine.id,
        name=engine.name,
        makes="edit" if engine.edits else "both" if engine.references.most else "text",
        images=engine.most_images,
        prompt=engine.prompt_limit,
        ratios=[*engine.ratios(), *(["auto"] if engine.auto else [])],
        tiers=list(engine.tiers),
        usual_ratio=ratio,
        usual_tier=tier,
        sizes=sizes(engine),
        exact=exact(engine.free) if engine.free else None,
        references=references(engine),
        formats=list(engine.formats),
        seed=engine.seed,
        guidance=GuidanceTaken(**vars(engine.guidance)) if engine.guidance else None,
        watermark=engine.watermark,
        logo=engine.logo,
        web_search=engine.web_search,
        ends=engine.ends,
        successor=engine.successor or None,
        accounts=accounts,
    )


def sizes(engine: Engine) -> list[SizeOffered]:
    return [
        SizeOffered(ratio=ratio, tier=tier, width=size.width, height=size.height)
        for tier, table in engine.tiers.items()
        for ratio, size in table.items()
    ]


def exact(free: PixelRange) -> Exact:
    return Exact(
        least_pixels=free.least,
        most_pixels=free.most,
        narrowest=free.narrowest,
        widest=free.widest,
        least_side=free.least_side,
        most_side=free.most_side,
    )


def references(engine: Engine) -> ReferencesTaken:
    rules = engine.references
    return ReferencesTaken(
        least=rules.needed,
        most=rules.most,
        with_images=rules.with_images,
        formats=list(rules.formats),
        most_bytes=rules.most_bytes,
        most_pixels=rules.most_pixels,
        least_side=rules.least_side,
        narrowest=rules.narrowest,
        widest=rules.widest,
    )
