"""The accounts as the front page shows them: how each is, and its figures in words."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from generations.administration import spark
from generations.administration.scorecard import Score, in_flight, scores
from generations.catalogue.problem import Problem
from generations.models import ProviderAccount
from generations.pipeline import gate
from generations.pipeline.money import format_money
from generations.web.words import NO_BREAK, moment

NONE = "–"
GOOD_ENOUGH, POOR = 97.0, 90.0  # of a hundred


@dataclass(frozen=True)
class Figure:
    label: str
    text: str
    state: str = ""


@dataclass(frozen=True)
class Card:
    account: ProviderAccount
    score: Score
    flying: int
    now: datetime
    above: ProviderAccount | None = None  # who is asked before it
    below: ProviderAccount | None = None

    @cached_property
    def held_up(self) -> gate.Reason | None:
        return gate.reason(self.account, self.now) if self.account.enabled else None

    @property
    def state(self) -> tuple[str, str, str]:
        """Colour, icon, word."""
        if not self.account.enabled:
            return "soft", "minus", _("Off")
        if self.held_up is None:
            return "good", "done", _("Working")
        if self.paused:
            return "bad", "failed", _("Paused")
        until = self.held_up[1]
        return "warn", "clock", _("Resting until %(time)s") % {"time": moment(until)} if until else _("Trying again")

    @property
    def paused(self) -> bool:
        return bool(getattr(self.account, "gate", None) and self.account.gate.paused)

    @property
    def why(self) -> str:
        return said(self.held_up[0]) if self.held_up else ""

    @property
    def where(self) -> str:
        return _("beside the studio") if self.account.sandbox else self.account.address.partition("://")[2]

    @property
    def figures(self) -> list[Figure]:
        score = self.score
        return [
            Figure(_("Succeeded"), percent(score.succeeded), mark(score.succeeded)),
            Figure(_("Median, p95"), f"{seconds(score.median)}, {seconds(score.slowest)}" if score.median is not None else NONE),
            Figure(_("Promises kept"), percent(score.promises), mark(score.promises)),
            Figure(_("Held back"), percent(score.moderated)),
            Figure(_("Per image"), NONE if score.each is None else format_money(score.each)),
            Figure(_("In flight"), _("%(n)s of %(most)s") % {"n": self.flying, "most": self.account.in_flight}),
        ]

    @property
    def bars(self) -> list[spark.Bar]:
        return spark.bars(self.score.hours)

    @property
    def told(self) -> str:
        return spark.told(self.score.hours)


def cards(accounts: list[ProviderAccount]) -> list[Card]:
    """The accounts come with their gates, and in their turn."""
    found, flying, now = scores(accounts), in_flight(), timezone.now()
    around = zip(accounts, [None, *accounts], [*accounts[1:], None], strict=False)
    return [
        Card(account, found[account.pk], flying.get(account.pk, 0), now, alike(account, above), alike(account, below))
        for account, above, below in around
    ]


def alike(account: ProviderAccount, other: ProviderAccount | None) -> ProviderAccount | None:
    """The sandbox is always behind all others."""
    return other if other and other.sandbox == account.sandbox else None


def said(problem: Problem) -> str:
    return _(problem.message).format(**problem.values)


def percent(share: float | None) -> str:
    """Never a round hundred for what is not all."""
    if share is None:
        return NONE
    return f"{number_format(min(share, 99.9) if share < 100 else share, 0 if share == 100 else 1)}{NO_BREAK}%"


def mark(share: float | None) -> str:
    if share is None or share >= GOOD_ENOUGH:
        return ""
    return "warn" if share >= POOR else "bad"


def seconds(taken: float | None) -> str:
    return NONE if taken is None else f"{number_format(taken, 0 if taken >= 10 else 1)}{NO_BREAK}s"
