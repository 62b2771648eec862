"""How many are before a request, and what holds the line up. Both change without its own row."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zlib import crc32

from django.utils import timezone

from generations.catalogue.problem import Problem
from generations.models import AT_PROVIDER, Generation, ProviderAccount, Status
from generations.pipeline.gate import reason

LONGEST = 2000  # rows looked at; beyond them places are only nearly right


class Standing(NamedTuple):
    """A row in line or at the provider."""

    pk: int
    account: int
    user: int
    status: str
    due: datetime | None


@dataclass(frozen=True)
class Place:
    number: int = 0  # 1: next; 0: nobody counts, because it is not sent now
    why: Problem | None = None  # what holds up everything at its account
    until: datetime | None = None

    def __str__(self) -> str:
        """In a page's list of what it shows."""
        why = f"{crc32(self.why.message.encode()):x}" if self.why else str(self.number)
        return f"{why}.{int(self.until.timestamp())}" if self.until else why


def line(accounts: Collection[int]) -> dict[int, Place]:
    """Of everything that waits at these accounts."""
    now = timezone.now()
    reasons = {account.pk: reason(account, now) for account in ProviderAccount.objects.filter(pk__in=accounts).select_related("gate")}
    rows = standing(accounts, now)
    busy = Counter((row.account, row.user) for row in rows if row.status in AT_PROVIDER)
    queued = [row for row in rows if row.status == Status.QUEUED]
    ready = [row for row in queued if row.due and row.due <= now and not reasons[row.account]]
    return {row.pk: Place(0, *(reasons[row.account] or (None, row.due))) for row in queued} | numbered(ready, busy)


def standing(accounts: Collection[int], now: datetime) -> list[Standing]:
    """Put in order here: SQLite would take it as a reason to look through everything."""
    rows = Generation.objects.filter(account__in=accounts, status__in=[Status.QUEUED, *AT_PROVIDER], due_at__isnull=False)
    found = rows.moving(now).order_by().values_list("pk", "account_id", "user_id", "status", "due_at")
    return sorted(Standing(*row) for row in found[:LONGEST])


def numbered(rows: Iterable[Standing], busy: Counter[tuple[int, int]]) -> dict[int, Place]:
    """In the order in which they will be taken: in turns, whoever has least at the provider first."""
    turns = Counter(busy)
    queues: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        turns[row.account, row.user] += 1
        queues[row.account].append((turns[row.account, row.user], row.pk))
    return {pk: Place(number) for queue in queues.values() for number, (_turn, pk) in enumerate(sorted(queue), start=1)}
