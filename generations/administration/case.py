"""A paid call that came to nothing good, as an administrator has to see it: who, where, how much, and every word that was spoken."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Min
from django.utils.translation import gettext as _

from generations.catalogue import get_engine
from generations.models import Attempt, Charge, Entry, Generation, Status
from generations.pipeline import choices, money
from generations.web.spoken import answer, hide
from generations.web.words import moment, short, visible

SHOWN = 4_000  # letters on the page
MOST_SAID = 300


@dataclass(frozen=True)
class Case:
    attempt: Attempt
    stake: int | None  # none: nobody has said a price
    first: bool = True  # of its request: the ones after it wait until it is decided

    @property
    def generation(self) -> Generation:
        return self.attempt.generation

    @property
    def title(self) -> str:
        return " · ".join([self.price, self.whose])

    @property
    def whose(self) -> str:
        return f"{self.attempt.account} · {self.generation.user}"

    @property
    def price(self) -> str:
        if self.stake is None:
            return _("free") if self.generation.price == 0 else _("no price")
        return money.format_money(self.stake)

    @property
    def charged(self) -> str:
        words = {Charge.NO: _("no"), Charge.YES: _("yes"), Charge.UNKNOWN: _("unknown")}
        figure = money.format_money(self.generation.charged) if self.generation.charged else ""
        return " · ".join(filter(None, [words[Charge(self.attempt.charge)], figure]))

    @property
    def engine(self) -> str:
        engine = get_engine(self.generation.engine)
        return engine.name if engine else self.generation.engine

    @property
    def when(self) -> str:
        return moment(self.attempt.sent_at or self.attempt.planned_at)

    @property
    def trouble(self) -> dict[str, Any]:
        """Of the call; where that went well and its pictures did not come, of the request."""
        return self.attempt.trouble or self.generation.trouble or {}

    @property
    def happened(self) -> str:
        text, values = self.trouble.get("sentence") or "", self.trouble.get("values") or {}
        return _(text).format(**values) if text else ""

    def theirs(self, words: str | None, most: int = MOST_SAID) -> str:
        return short(hide(words, self.attempt.account), most) if words else ""

    @property
    def said(self) -> str:
        return self.theirs(self.trouble.get("said"))

    @property
    def code(self) -> str:
        return self.theirs(self.trouble.get("code"), 80)

    @property
    def task(self) -> str:
        return self.theirs(self.attempt.task)

    @property
    def number(self) -> str:
        """The provider's own, of our call."""
        return self.theirs(self.attempt.request_id)

    @property
    def next_check(self) -> str:
        due = self.generation.due_at if self.unknown else None
        return _("Next check %(time)s.") % {"time": moment(due)} if due else ""

    @property
    def unknown(self) -> bool:
        return self.generation.status == Status.UNKNOWN

    @property
    def checkable(self) -> bool:
        return choices.can_check(self.generation, self.attempt)

    @property
    def again(self) -> str:
        """What stands on the button: the risk, and what it may cost."""
        held = money.worth(self.generation, self.generation.images_asked)
        label = _("Send again")
        return f"{label} · {_('may be paid twice')} · {money.format_money(held)}" if held else label

    @property
    def sent(self) -> str:
        text = json.dumps(self.attempt.sent, indent=2, ensure_ascii=False) if self.attempt.sent else ""
        return cut(visible(hide(text, self.attempt.account)))

    @property
    def answer(self) -> str:
        return cut(answer(self.attempt))


def cases(attempts: Iterable[Attempt]) -> list[Case]:
    """With two questions, however many they are."""
    found = list(attempts)
    entries = Entry.objects.filter(attempt__in=found).values("attempt").annotate(held=money.still_held())
    stakes = dict(entries.values_list("attempt", "held"))
    open = Attempt.objects.undecided().filter(generation__in={one.generation_id for one in found})
    firsts = dict(open.values("generation").annotate(first=Min("number")).values_list("generation", "first"))
    return [Case(one, stakes.get(one.pk), firsts.get(one.generation_id, one.number) == one.number) for one in found]


def cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
