"""Every engine at every account, in one table: what it is called there, what it costs, takes and needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from generations.administration.cards import seconds
from generations.administration.engines import Row, engine_rows
from generations.administration.scorecard import Score, scores
from generations.catalogue.engine import Engine
from generations.models import ProviderAccount
from generations.web import sheets
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest


@dataclass(frozen=True)
class Line:
    account: ProviderAccount
    row: Row
    measured: float | None  # seconds

    @property
    def engine(self) -> Engine:
        return self.row.engine

    @property
    def offered(self) -> bool:
        return self.account.enabled and self.row.enabled

    @property
    def price(self) -> int | None:
        return self.row.suggested if self.row.price is None else self.row.price

    @property
    def priced_at(self) -> datetime | None:
        return self.row.choice.priced_at if self.row.price is not None else None

    @property
    def sizes(self) -> str:
        return _("as reference") if self.engine.adaptive else " ".join(self.engine.tiers)

    @property
    def takes(self) -> str:
        """References and images; those that share a limit stand as what they may be together at most."""
        return f"{self.engine.references.most} + {self.engine.most_images}"

    @property
    def usual(self) -> str:
        return seconds(self.measured if self.measured is not None else float(self.engine.seconds))

    @property
    def wire(self) -> str:
        return self.row.wire_id or self.engine.wire_id


def lines(accounts: list[ProviderAccount], found: Mapping[int, Score]) -> list[Line]:
    return [Line(account, row, found[account.pk].usual(row.engine.id)) for account in accounts for row in engine_rows(account)]


@administrators("GET")
def export_prices(request: StudioRequest) -> HttpResponseBase:
    accounts = list(ProviderAccount.objects.prefetch_related("choices"))
    heads = [
        "engine",
        "name",
        "account",
        "wire id",
        "on",
        "price",
        "price set",
        "resolutions",
        "references",
        "images",
        "seconds",
        "ends",
        "instead",
    ]
    return sheets.answer(pgettext("file", "engines"), heads, cells(lines(accounts, scores(accounts))))


def cells(found: list[Line]) -> Iterator[list[sheets.Cell]]:
    for line in found:
        engine = line.engine
        yield [
            *(engine.id, engine.name, line.account.name, line.wire, int(line.offered), sheets.amount(line.price)),
            *(line.priced_at.date() if line.priced_at else None, line.sizes, engine.references.most, engine.most_images),
            *(line.measured if line.measured is not None else engine.seconds, engine.ends, line.row.instead),
        ]
