"""Whether requests to an account may go out now. It holds for all workers on all nodes, because the gate's row is a lock.

They are held back by the account's limits; by the provider's wish for patience; by what only an administrator can mend; and by a
breaker, when too much has gone wrong lately. Times that lie further ahead than we ever set them come from a clock that was moved
since, and are not waited for; what then goes out stays within the limits.

Locks are taken in one order, here and in money.py: the gate, the generation, the purses.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.transaction import TransactionManagementError
from django.utils.formats import date_format
from django.utils.timezone import localtime

from generations.catalogue.problem import Problem, _
from generations.dialects.outcome import Next, Trouble
from generations.dialects.retry_after import LEAST, MOST
from generations.models import Attempt, Gate, Generation, Outcome, ProviderAccount
from generations.pipeline.trouble import GAVE_UP, GONE, NO_ROOM, STALE, STOPPED_SHORT, UNREADABLE
from generations.providers.client import NOT_REACHED, OWN_RULES

Chance = Callable[[float, float], float]
Reason = tuple[Problem, datetime | None]

MINUTE = timedelta(minutes=1)
PATIENCE = timedelta(seconds=MOST)
REST = MINUTE  # a closed gate stays so long
PROBE = timedelta(minutes=3)  # if the one request that tries has no answer by then, another may
WINDOW, ENOUGH = 20, 5  # the last answers that are looked at, and fewer prove nothing
TRIES, AWAY, BUSY = 5, timedelta(minutes=15), timedelta(hours=1)

# What came to nothing for reasons of our own says nothing about the provider.
OURS = {STALE, GAVE_UP, GONE, NO_ROOM, OWN_RULES, STOPPED_SHORT, UNREADABLE}

# OPEN_ENGINE is not here: an engine that was not opened at the provider must not stop the others.
MENDED_BY_HAND = {
    Next.MEND_KEY: _("The studio's key for {account} was refused. An administrator was told. Nothing is sent meanwhile."),
    Next.TOP_UP: _("The studio's credit at {account} is used up. An administrator was told. Nothing is sent meanwhile."),
    Next.RAISE_LIMIT: _("A limit set at {account} is reached. An administrator was told. Nothing is sent meanwhile."),
}
PAUSED = _("{account} was paused by an administrator. What is asked for waits. Nothing is sent meanwhile.")
SWITCHED_OFF = _("{account} is switched off. Nothing is sent until an administrator switches it on.")
CLOSED = _("Too much went wrong at {account}; the next try is at {time}. Nothing is sent meanwhile.")
HALF_OPEN = _("Too much went wrong at {account}. The next request tries whether that is over; nothing else is sent meanwhile.")
WAITING = _("{account} is busy and is asked again at {time}. Nothing is sent meanwhile.")


# --- may it go out ---


def admit(account: ProviderAccount, wanted: int, now: datetime) -> int:
    """How many may go out now. Until the caller's transaction ends nobody else is admitted, so it claims them in the same one."""
    gate = lock(account)
    if gate is None or hindrance(gate, now):
        return 0
    account = gate.account
    count = min(wanted, account.in_flight - at_provider(account, now), account.per_minute - sent_lately(account, now))
    if count > 0 and gate.closed_until:
        Gate.objects.filter(pk=gate.pk).update(closed_until=now + PROBE)
        return 1
    return max(0, count)


def lock(account: ProviderAccount) -> Gate | None:
    """None: somebody else has it."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Requests are admitted in one transaction with their claim.")
    found = Gate.objects.select_for_update(skip_locked=True, of=("self",)).select_related("account").filter(account=account)
    gate = found.first()
    if gate is None and not Gate.objects.filter(account=account).exists():
        Gate.objects.bulk_create([Gate(account=account)], ignore_conflicts=True)
        gate = found.first()
    return gate


def at_provider(account: ProviderAccount, now: datetime) -> int:
    return Generation.objects.at_provider(now).filter(account=account).count()


def sent_lately(account: ProviderAccount, now: datetime) -> int:
    """Also by a node whose clock is a little ahead."""
    return Attempt.objects.filter(account=account, sent_at__gt=now - MINUTE, sent_at__lt=now + MINUTE).count()


def may_retry(generation: Generation, now: datetime, trouble: Trouble | None = None) -> bool:
    """Whether what could not be sent goes back into the queue, by how often and how long it could not be in a row, at this account."""
    here = generation.attempts.filter(account=generation.account_id)
    newest, *earlier = here.order_by("-number").only("outcome", "trouble", "sent_at")
    run = [newest, *takewhile(lambda attempt: attempt.outcome == Outcome.NOT_SENT, earlier)]
    began = run[-1].sent_at or now
    why = [trouble.sentence if trouble else sentence_of(newest), *map(sentence_of, run[1:])]
    if next(filter(None, why), "") != NOT_REACHED:
        return now - began < BUSY
    return 1 + why[1:].count(NOT_REACHED) < TRIES and now - began < AWAY


def backoff(tries: int, told: float | None, chance: Chance = random.uniform) -> float:
    """Seconds: as the provider told and a little more, or a guess that doubles, so that not all come back at once."""
    seconds = told * chance(1.0, 1.1) if told is not None else chance(0, min(60, 2 * 2 ** min(tries, 5)))
    return min(max(seconds, LEAST), MOST)


# --- why not ---


def reason(account: ProviderAccount, now: datetime) -> Reason | None:
    """What the cards say of everything that waits for this account, and until when. One query, or none with `gate` selected along."""
    gate = getattr(account, "gate", None) or Gate(account=account)
    if found := hindrance(gate, now):
        return found
    return told(HALF_OPEN, account) if gate.closed_until else None


def hindrance(gate: Gate, now: datetime) -> Reason | None:
    if not gate.account.enabled:
        return told(SWITCHED_OFF, gate.account)
    if gate.paused:
        return told(gate.paused, gate.account)
    if gate.closed_until and ahead(gate.closed_until, now, PROBE):
        return told(CLOSED, gate.account, gate.closed_until)
    if gate.wait_until and ahead(gate.wait_until, now, PATIENCE):
        return told(WAITING, gate.account, gate.wait_until)
    return None


def told(sentence: str, account: ProviderAccount, until: datetime | None = None) -> Reason:
    values = {"account": account.name} | ({"time": date_format(localtime(until), "TIME_FORMAT")} if until else {})
    return Problem("account", sentence, values), until


def ahead(moment: datetime, now: datetime, most: timedelta) -> bool:
    return now < moment <= now + most


# --- what came of it ---


def note(
    account: ProviderAccount,
    outcome: Outcome,
    trouble: Trouble | None,
    now: datetime,
    *,
    sent_at: datetime | None = None,
    tries: int = 0,
    chance: Chance = random.uniform,
) -> None:
    """After each answer to a paid call, once its attempt's row says so. With `sent_at`, answers to what was sent before the gate
    closed or was opened by hand do not decide over what was sent since."""
    gate, _new = Gate.objects.get_or_create(account=account)
    bad = sign(outcome, trouble.sentence if trouble else "")
    if trouble and wishes(trouble, bad):
        wait(gate, now + timedelta(seconds=backoff(tries, trouble.wait, chance)), now)
    if later(sent_at, gate.counted_from, now):
        if trouble and trouble.next in MENDED_BY_HAND:
            change(gate, paused=MENDED_BY_HAND[trouble.next])
        swing(gate, bad, now)


def swing(gate: Gate, bad: bool | None, now: datetime) -> None:
    """Shut after too many bad ones; open again with the first good one."""
    if bad and gate.closed_until:
        change(gate, closed_until=now + REST)
    elif bad and failing(gate, now):
        change(gate, closed_until=now + REST, counted_from=now)
    elif bad is False and gate.closed_until:
        change(gate, closed_until=None, counted_from=now)


def open_gate(account: ProviderAccount, now: datetime) -> None:
    """An administrator has mended it. What went wrong before is forgiven."""
    mended = {"wait_until": None, "closed_until": None, "paused": "", "counted_from": now}
    Gate.objects.update_or_create(account=account, defaults=mended)


def pause(account: ProviderAccount) -> None:
    """By hand. It lasts until somebody opens the gate by hand."""
    Gate.objects.update_or_create(account=account, defaults={"paused": PAUSED})


def sign(outcome: str, sentence: str) -> bool | None:
    """Bad, or good, or (None) no sign at all. A refusal is a good one: somebody is there and answers."""
    if sentence in OURS:
        return None
    return outcome == Outcome.UNKNOWN or sentence == NOT_REACHED


def wishes(trouble: Trouble, bad: bool | None) -> bool:
    """Whether the provider asks for patience: by a figure, or by being busy without one."""
    return trouble.wait is not None or (trouble.next is Next.WAIT and bad is False)


def wait(gate: Gate, until: datetime, now: datetime) -> None:
    """Never shortened by another answer, unless it lies where no wish can."""
    sooner = Q(wait_until=None) | Q(wait_until__lt=until) | Q(wait_until__gt=now + PATIENCE)
    Gate.objects.filter(sooner, pk=gate.pk).update(wait_until=until)


def failing(gate: Gate, now: datetime) -> bool:
    """Half of the last answers, or more, were bad signs."""
    rows = Attempt.objects.filter(account=gate.account_id, answered_at__isnull=False).order_by("-answered_at")
    if gate.counted_from and gate.counted_from <= now:
        rows = rows.filter(sent_at__gte=gate.counted_from)
    signs = [sign(attempt.outcome, sentence_of(attempt)) for attempt in rows.only("outcome", "trouble")[:WINDOW]]
    counted = [one for one in signs if one is not None]
    return len(counted) >= ENOUGH and 2 * sum(counted) >= len(counted)


def later(sent_at: datetime | None, start: datetime | None, now: datetime) -> bool:
    """Where a time is not known, or cannot be, it counts."""
    return sent_at is None or start is None or start > now or sent_at >= start


def sentence_of(attempt: Attempt) -> str:
    return str((attempt.trouble or {}).get("sentence", ""))


def change(gate: Gate, **changes: Any) -> None:
    Gate.objects.filter(pk=gate.pk).update(**changes)
