"""A paid call that came to nothing good, as an administrator has to see it: who, where, how much, and every word that was spoken."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext as _

from generations import vault
from generations.catalogue import get_engine
from generations.media import spool
from generations.models import Attempt, Charge, Entry, Generation, ProviderAccount, Status
from generations.pipeline import choices, money
from generations.web.words import moment, short, visible

SHOWN, MOST = 4_000, 1_000_000  # letters on the page, and to download
MOST_SAID = 300
BARE_KEY = re.compile(r"\b(sk-|pk-|ark-|eyJ)[\w.~+/=-]{8,}")
NAMED_KEY = re.compile(r"(?i)((?:bearer|basic)\s+|\"?(?:authorization|api[_-]?key|token|secret)\"?\s*[:=]\s*\"?)[\w.~+/=-]{8,}")
LONG_CODE = re.compile(r"[A-Za-z0-9+/_-]{200,}={0,2}")  # a picture, written out
HIDDEN = "•••"


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
    def happened(self) -> str:
        trouble = self.attempt.trouble or {}
        text, values = trouble.get("sentence") or "", trouble.get("values") or {}
        return _(text).format(**values) if text else ""

    @property
    def said(self) -> str:
        return short((self.attempt.trouble or {}).get("said") or "", MOST_SAID)

    @property
    def code(self) -> str:
        return short((self.attempt.trouble or {}).get("code") or "", 80)

    @property
    def task(self) -> str:
        return short(self.attempt.task, MOST_SAID)

    @property
    def number(self) -> str:
        """The provider's own, of our call."""
        return short(self.attempt.request_id, MOST_SAID)

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


def answer(attempt: Attempt) -> str:
    """What the provider said, as far as a person can read it."""
    raw = bytes(attempt.answer) if attempt.answer is not None else saved(str(attempt.key))
    text = LONG_CODE.sub(spelled, raw.decode(errors="replace"))
    return visible(hide(text, attempt.account))


def saved(key: str) -> bytes:
    """Too large for its row, or not read yet. It lies where the worker is."""
    try:
        with spool.place(key).open("rb") as file:
            file.readline()
            return file.read(MOST)
    except OSError:
        return b""


def spelled(code: re.Match[str]) -> str:
    return f"⟨{len(code[0]):,}⟩"


def hide(text: str, account: ProviderAccount) -> str:
    """No key is shown again, also where a provider repeats it."""
    try:
        key = account.read_key()
    except vault.Unreadable:
        key = ""
    known = text.replace(key, HIDDEN) if len(key) >= 8 else text
    return BARE_KEY.sub(HIDDEN, NAMED_KEY.sub(rf"\1{HIDDEN}", known))


def cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
