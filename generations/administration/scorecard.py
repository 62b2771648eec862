"""How well each account has served us, by our own requests: never by what a provider says of itself.

Only the newest calls of an account are read, through an index, and never more than a fixed number. What they came to in money and
promises is summed up elsewhere already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Sum
from django.utils import timezone

from generations.dialects import faults
from generations.models import Attempt, Generation, Outcome, ProviderAccount, Status, Tally
from generations.pipeline.gate import OURS

DAYS = timedelta(days=7)
MOST = 2_000  # calls of an account that are looked at
HOURS = 24
KEPT_FOR = 120  # seconds
ENOUGH = 3  # calls; of fewer nothing is said
CAME = (Status.DONE, Status.PARTIAL)
IN_VAIN = (Status.EXPIRED, Status.FAILED)  # it was answered, and not one picture can be looked at
# The provider's rules on content; and what only the request was to blame for.
CONTENT = {text for fault in (faults.WORDS, faults.PICTURE, faults.RESULT) for text in (fault.sentence, fault.taken)}
ASKED_WRONG = {text for fault in (faults.REQUEST, faults.SIZE, faults.REFERENCE) for text in (fault.sentence, fault.taken)}
WAITED = {faults.BUSY.sentence}
FIELDS = ("outcome", "trouble", "sent_at", "generation__finished_at", "generation__status", "generation__engine", "generation__trouble")


@dataclass
class Hour:
    good: int = 0
    bad: int = 0

    @property
    def count(self) -> int:
        return self.good + self.bad


@dataclass
class Score:
    """None: there is too little to say."""

    good: int = 0
    bad: int = 0
    held_back: int = 0  # by the provider's rules on content
    seconds: list[float] = field(default_factory=list)
    engines: dict[str, list[float]] = field(default_factory=dict)
    hours: list[Hour] = field(default_factory=lambda: [Hour() for _hour in range(HOURS)])
    read: int = 0
    delivered: int = 0
    broken: int = 0
    spent: int = 0

    @property
    def succeeded(self) -> float | None:
        return share(self.good, self.good + self.bad)

    @property
    def moderated(self) -> float | None:
        return share(self.held_back, self.good + self.bad + self.held_back)

    @property
    def promises(self) -> float | None:
        return share(self.delivered - self.broken, self.delivered)

    @property
    def each(self) -> int | None:
        """What a delivered image really cost, with everything that was paid in vain."""
        return round(self.spent / self.delivered) if self.delivered else None

    @property
    def median(self) -> float | None:
        return median(self.seconds) if len(self.seconds) >= ENOUGH else None

    @property
    def slowest(self) -> float | None:
        """All but one in twenty are done by then."""
        return sorted(self.seconds)[ceil(0.95 * len(self.seconds)) - 1] if len(self.seconds) >= ENOUGH else None

    @property
    def capped(self) -> bool:
        return self.read >= MOST

    def usual(self, engine: str) -> float | None:
        found = self.engines.get(engine, [])
        return median(found) if len(found) >= ENOUGH else None


def share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole >= ENOUGH else None


def scores(accounts: Iterable[ProviderAccount]) -> dict[int, Score]:
    """Kept for two minutes: one question for each account, and one for the sums."""
    wanted = [account.pk for account in accounts]
    name = f"scores-{'-'.join(map(str, wanted))}"
    found: dict[int, Score] | None = cache.get(name)
    if found is None:
        found = measure(wanted, timezone.now())
        cache.set(name, found, KEPT_FOR)
    return found


def measure(accounts: list[int], now: datetime) -> dict[int, Score]:
    found = {account: read(account, now) for account in accounts}
    sums = Tally.objects.filter(day__gt=timezone.localdate(now) - DAYS).values("account").order_by()
    for row in sums.annotate(delivered=Sum("delivered"), broken=Sum("broken"), spent=Sum("spent")):
        if score := found.get(row["account"]):
            score.delivered, score.broken, score.spent = row["delivered"], row["broken"], row["spent"]
    return found


def read(account: int, now: datetime) -> Score:
    score = Score()
    newest = Attempt.objects.filter(account=account, answered_at__gt=now - DAYS).order_by("-answered_at")
    for row in newest.values(*FIELDS)[:MOST]:
        score.read += 1
        sign = judge(row)
        if sign == "held back":
            score.held_back += 1
        elif sign:
            count(score, sign == "good", row["sent_at"], now)
        if sign == "good":
            time(score, row)
    return score


def count(score: Score, good: bool, sent: datetime | None, now: datetime) -> None:
    score.good, score.bad = score.good + good, score.bad + (not good)
    age = int((now - sent) / timedelta(hours=1)) if sent else HOURS
    if 0 <= age < HOURS:
        hour = score.hours[HOURS - 1 - age]
        hour.good, hour.bad = hour.good + good, hour.bad + (not good)


def time(score: Score, row: dict[str, Any]) -> None:
    """From sending until all of it was here."""
    sent, done = row["sent_at"], row["generation__finished_at"]
    if sent and done and row["generation__status"] in CAME:
        taken = (done - sent).total_seconds()
        score.seconds.append(taken)
        score.engines.setdefault(row["generation__engine"], []).append(taken)


def judge(row: dict[str, Any]) -> str | None:
    """None: it is not over, or it says nothing about the provider."""
    outcome, vain = row["outcome"], row["generation__status"] in IN_VAIN
    if outcome == Outcome.ANSWERED and not vain:
        return "good"
    trouble = row["trouble"] or (row["generation__trouble"] if outcome == Outcome.ANSWERED else None) or {}
    sentence = str(trouble.get("sentence", ""))
    if outcome == Outcome.ANSWERED:
        return "held back" if sentence in CONTENT else "bad"
    return blame(sentence) if outcome in (Outcome.NOT_SENT, Outcome.FAILED, Outcome.UNKNOWN) and sentence else None


def blame(sentence: str) -> str | None:
    if sentence in CONTENT:
        return "held back"
    return None if sentence in OURS or sentence in WAITED or sentence in ASKED_WRONG else "bad"


def in_flight() -> dict[int, int]:
    """One question for all accounts, over what is at providers now."""
    rows = Generation.objects.at_provider(timezone.now()).order_by().values_list("account")
    return dict(rows.annotate(count=Count("pk")))
