"""A request before it is paid: what would be sent, what it may cost, what is wrong with it."""

from typing import Any

from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field, JsonValue

from generations.api import examples
from generations.api.asked import RequestAsked
from generations.api.bodies import LARGE, wait_in_place
from generations.api.errors import ProblemShape
from generations.api.frame import ApiRequest, Example, operation
from generations.api.shapes import Money, Shape, Size, money
from generations.calling.ordering import Examined, examine, turned_away
from generations.catalogue.check import promised_size
from generations.catalogue.settle import Field as Fated
from generations.models import Scope
from generations.pipeline.start import Refused

router = Router(tags=["Generations"])


class Route(Shape):
    engine: str
    account: str


class Fate(Shape):
    name: str = Field(examples=["seed"])
    fate: str = Field(description="kept, changed or left out.")
    asked: JsonValue
    sent: JsonValue


class Checked(Shape):
    ok: bool = Field(description="It would be taken as it is.")
    engine: str | None
    account: str | None = Field(description="Who would be asked.")
    otherwise: list[Route] = Field(description="Who would be asked after that, if the first does not take it on.")
    fields: list[Fate] = Field(description="What becomes of each field that was asked for.")
    size: Size | None = Field(description="The pixels that should come back. Null: the engine chooses.")
    price: Money | None = Field(description="The most it may cost. Null: nobody has said a price.")
    left: Money | None = Field(description="Of the budget, before it. Null: no limit.")
    asks: bool = Field(description="It would wait for a team administrator's word.")
    call: dict[str, JsonValue] | None = Field(description="The call to the provider, without its key; pictures are named, not written out.")
    problems: list[ProblemShape]
    ignored: list[str] = Field(description="Fields of your request that we do not know.")


@operation(
    router,
    "POST",
    "/check",
    scope=Scope.GENERATE,
    name="api_check",
    gives=Checked,
    example=Example(examples.CHECK, body=examples.REQUEST | {"seed": 7, "style": "film"}),
    may=(503,),
    most=LARGE,
)
def check(request: ApiRequest, body: RequestAsked) -> Checked:
    """Check a request
    Says what would be sent, to whom, for how much, and all that is wrong with it. Nothing is written down and nothing is paid.
    """
    caller = request.auth
    if body.brings:
        wait_in_place(request)
    try:
        found = examine(caller, body.wish(caller))
    except Refused as refused:
        found = turned_away(caller, refused.problems)
    return checked(found, body.ignored())


def checked(found: Examined, ignored: list[str]) -> Checked:
    size = promised_size(found.request, found.offer.engine) if found.request and found.offer else None
    return Checked(
        ok=not found.problems,
        engine=found.offer.engine.id if found.offer else None,
        account=found.offer.account.name if found.offer else None,
        otherwise=[Route(engine=one.offer.engine.id, account=one.offer.account.name) for one in found.routes[1:]],
        fields=[fate(one) for one in found.fates],
        size=Size(width=size.width, height=size.height) if size else None,
        price=money(found.price),
        left=money(found.left),
        asks=found.asks,
        call=found.call,
        problems=[ProblemShape(field=one.field, message=_(one.message).format(**one.values)) for one in found.problems],
        ignored=ignored,
    )


def fate(found: Fated) -> Fate:
    return Fate(name=found.name, fate=found.fate, asked=plain(found.asked), sent=plain(found.sent))


def plain(value: Any) -> Any:
    """Sizes, logos and references as JSON."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "pixels"):
        return str(value)
    return {name: plain(one) for name, one in vars(value).items()} if hasattr(value, "__dict__") else value
