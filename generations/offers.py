"""What can really be used: engines of the catalogue at accounts that are switched on, with what the administrator decided."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings

from generations.catalogue import ENGINES
from generations.catalogue.engine import Engine
from generations.models import EngineChoice, ProviderAccount


@dataclass(frozen=True)
class Offer:
    engine: Engine  # with the wire name that counts at this account
    account: ProviderAccount
    price: int | None  # for an image, in millionths; None: nobody has said


def offers(account_name: str | None = None) -> Iterator[Offer]:
    """In the catalogue's order, and at each engine in the administrator's."""
    accounts = ProviderAccount.objects.filter(enabled=True).prefetch_related("choices")
    if account_name is not None:
        accounts = accounts.filter(name=account_name)
    ready = sorted(accounts, key=lambda account: account.turn)
    for engine in ENGINES.values():
        for account in ready:
            if account.dialect == engine.dialect and (offer := decide(engine, account)):
                yield offer


def find_offer(engine: str, account_name: str | None = None) -> Offer | None:
    return next((offer for offer in offers(account_name) if offer.engine.id == engine), None)


def decide(engine: Engine, account: ProviderAccount) -> Offer | None:
    choice = next((one for one in account.choices.all() if one.engine == engine.id), EngineChoice())
    if not choice.enabled:
        return None
    price = suggested(engine, account) if choice.price is None else choice.price
    return Offer(replace(engine, wire_id=choice.wire_id or engine.wire_id), account, price)


def successor(engine: str, account: int) -> str:
    """What an administrator named to be offered in its place; empty: nobody has."""
    found = EngineChoice.objects.filter(account=account, engine=engine).values_list("successor", flat=True).first()
    return found or ""


def suggested(engine: Engine, account: ProviderAccount) -> int | None:
    """The catalogue knows prices in dollars only: in another currency somebody has to say one."""
    if account.sandbox:
        return 0
    return engine.price.image if engine.price and settings.CURRENCY == "USD" else None
