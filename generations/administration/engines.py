"""Which engines of an account are in use, what they are called there, and what an image costs."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from generations import journal
from generations.catalogue import ENGINES
from generations.catalogue.engine import Engine
from generations.connecting import engines_of
from generations.journal import Deed
from generations.models import Dialect, EngineChoice, ProviderAccount, User
from generations.offers import suggested
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest

LONGEST_NAME = 120
MILLION = 1_000_000
MOST = 10_000 * MILLION  # for an image


class Unfit(ValueError):
    """Said to the person who typed it."""


@dataclass(frozen=True)
class Row:
    """An engine as the catalogue has it, and what was decided about it here."""

    engine: Engine
    choice: EngineChoice
    suggested: int | None

    @property
    def enabled(self) -> bool:
        return self.choice.enabled

    @property
    def wire_id(self) -> str:
        return self.choice.wire_id

    @property
    def price(self) -> int | None:
        return self.choice.price

    @property
    def decided(self) -> dict[str, Any]:
        return {name: getattr(self.choice, name) for name in ("enabled", "wire_id", "price", "successor")}

    @property
    def instead(self) -> str:
        """By whom it is followed: the administrator's word, or else the catalogue's."""
        return self.choice.successor or self.engine.successor

    @property
    def field(self) -> str:
        return self.engine.id.partition("/")[2]

    @property
    def typed(self) -> str:
        return "" if self.price is None else f"{Decimal(self.price) / MILLION:f}"

    @property
    def hint(self) -> str:
        return "" if self.suggested is None else f"{Decimal(self.suggested) / MILLION:f}"

    @property
    def priceless(self) -> bool:
        """Nobody has said what it costs: no budget can hold it back."""
        return self.price is None and self.suggested is None


def engine_rows(account: ProviderAccount) -> list[Row]:
    chosen = {choice.engine: choice for choice in account.choices.all()}
    found = [(engine, chosen.get(engine.id, EngineChoice())) for engine in engines_of(account)]
    return [Row(engine, choice, suggested(engine, account)) for engine, choice in found]


def gone(account: ProviderAccount) -> list[EngineChoice]:
    """Engines that were used here and that the catalogue does not know any more."""
    return [choice for choice in account.choices.all() if choice.engine not in ENGINES]


def instead_of() -> list[tuple[str, str]]:
    """What can take over: every engine that will last, with its provider, for several share a name."""
    return [(engine.id, f"{engine.name} · {Dialect(engine.dialect).label}") for engine in ENGINES.values() if not engine.ends]


@administrators("POST", confirm=True)
def choose_engines(request: StudioRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(ProviderAccount, pk=pk)
    changes: dict[str, dict[str, Any]] = {}
    for row in engine_rows(account):
        try:
            decided = decide(request, row)
        except Unfit as problem:
            messages.error(request, str(problem))
            continue
        if decided != row.decided:
            changes[row.engine.id] = decided | ({"priced_at": timezone.now()} if decided["price"] != row.price else {})
    for choice in gone(account):
        if (named := read_successor(request, choice.engine)) != choice.successor:
            changes[choice.engine] = {"enabled": choice.enabled, "price": choice.price, "successor": named}
    keep_choices(request.user, account, changes)
    messages.success(request, _("Saved."))
    return redirect("account_page", account.pk)


def decide(request: StudioRequest, row: Row) -> dict[str, Any]:
    wire_id = request.POST.get(f"{row.field}-wire", "").strip()
    if len(wire_id) > LONGEST_NAME or not wire_id.isprintable():
        raise Unfit(_("The wire name of %(engine)s is too long or has characters that cannot be sent.") % {"engine": row.engine.name})
    return {
        "enabled": f"{row.field}-on" in request.POST,
        "wire_id": "" if wire_id == row.engine.wire_id else wire_id,
        "price": read_price(request.POST.get(f"{row.field}-price", ""), row),
        "successor": read_successor(request, row.engine.id),
    }


def read_successor(request: StudioRequest, engine: str) -> str:
    """Nothing follows itself, and what is not in the catalogue follows nothing."""
    named = request.POST.get(f"{engine.partition('/')[2]}-instead", "")
    return named if named in ENGINES and named != engine else ""


def read_price(text: str, row: Row) -> int | None:
    """Empty: the suggestion counts."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return None
    try:
        price = Decimal(typed) * MILLION
    except InvalidOperation:
        price = Decimal("NaN")
    if not (price.is_finite() and 0 <= price <= MOST and price == price.to_integral_value()):
        raise Unfit(_("The price of %(engine)s must be a figure such as 0.035, with at most six decimals.") % {"engine": row.engine.name})
    return int(price)


@transaction.atomic
def keep_choices(user: User, account: ProviderAccount, changes: dict[str, dict[str, Any]]) -> None:
    for engine, decided in changes.items():
        EngineChoice.objects.update_or_create(account=account, engine=engine, defaults=decided)
    for engine, decided in changes.items():
        told = {name: decided[name] for name in ("enabled", "price", "successor")}
        journal.write(Deed.ENGINE_CHANGE, actor=user, subject=account, engine=engine, **told)
