"""Signed calls to programs of a team's own, repeated until one is heard.

A call is claimed before it is made and noted after it: whoever dies in between makes somebody else repeat it. So a program may hear
the same thing twice, by the same id, and never in vain.
"""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from generations import jobs, journal, vault
from generations.dialects.transfer import Body
from generations.dialects.wire import Answer, Call
from generations.journal import Deed
from generations.models import Delivery, Event, Role, Webhook
from generations.providers.failure import Failure, Unknown
from generations.providers.link import Link, parse
from generations.providers.meter import Limits
from generations.providers.rules import Rules
from generations.providers.way import Way
from generations.telling.audience import Audience
from generations.telling.news import tell
from generations.telling.sign import sign
from generations.telling.words import excerpt

WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200, 21600, 86400))
LIMITS = Limits(seconds=10, bytes=64 * 1024)
LEASE = timedelta(minutes=1)  # a call takes no longer, so whoever has it then is gone
BUSY = 10.0  # seconds; others want to work too
CREW = 8
EACH, WARY = 4, 1  # calls at once to one webhook, and to one that does not listen
AILING, GIVEN_UP = timedelta(days=1), timedelta(days=3)
ANSWER = 120  # letters of it that are kept

log = logging.getLogger("studio.telling")


@dataclass(frozen=True)
class Echo:
    heard: bool
    said: str


def due(now: datetime) -> bool:
    return waiting(now).exists()


def waiting(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(due_at__lte=now, webhook__active=True)


def make_calls(pulse: Callable[[], None] = lambda: None) -> None:
    """For a worker. Threads call, this one owns the database."""
    end = monotonic() + BUSY
    with ThreadPoolExecutor(CREW) as crew:
        while monotonic() < end and (claimed := claim(timezone.now())):
            for delivery, echo in zip(claimed, crew.map(call, claimed), strict=True):
                note(delivery, echo)
            pulse()
    if due(timezone.now()):
        jobs.ring("calls")


def claim(now: datetime) -> list[Delivery]:
    """A few of each webhook, so that one that is away holds nobody up."""
    due = waiting(now).filter(webhook=OuterRef("pk"))
    hooks = Webhook.objects.filter(Exists(due)).order_by("failing_since", "pk")[: CREW * EACH]
    return [one for hook in hooks for one in some(hook, now) if take(one, now)]


def some(hook: Webhook, now: datetime) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(webhook=hook, due_at__lte=now).select_related("webhook__team").order_by("due_at", "pk")
    return rows[: WARY if hook.failing_since else EACH]


def take(delivery: Delivery, now: datetime) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at)
    taken = mine.update(due_at=now + LEASE, tries=F("tries") + 1)
    if taken:
        delivery.due_at, delivery.tries = now + LEASE, delivery.tries + 1
    return bool(taken)


def call_now(delivery: Delivery) -> Echo | None:
    """Because somebody pressed a button and waits for the answer. None: a worker is at it."""
    if not take(delivery, timezone.now()):
        return None
    echo = call(delivery)
    note(delivery, echo)
    return echo


# --- the call itself: no database from here ---


def call(delivery: Delivery) -> Echo:
    try:
        answer = ask(delivery)
    except Unknown as failure:
        if failure.partial is None:
            return Echo(False, failure.message.format(**failure.values))
        answer = failure.partial  # its status says enough
    except (Failure, vault.Unreadable) as failure:
        return Echo(False, str(failure))
    words = excerpt(answer.body[: 4 * ANSWER].decode(errors="replace"), ANSWER)
    return Echo(200 <= answer.status < 300, f"{answer.status} {words}".strip())


def ask(delivery: Delivery) -> Answer:
    """Where it leads elsewhere it is not followed: what is signed for one place is not carried to another."""
    hook, body = delivery.webhook, json.dumps(delivery.body, ensure_ascii=False).encode()
    link, rules = fit(hook.url), Rules(allowed=allowed())
    headers = {
        "Seedbed-Event": delivery.event,
        "Seedbed-Delivery": str(delivery.uid),
        "Seedbed-Signature": sign(vault.open(hook.secret), int(timezone.now().timestamp()), body),
    }
    with Way(f"{link.scheme}://{link.authority}", rules=rules) as way:
        return way.send(Call("POST", link.target, headers), LIMITS, Body("application/json", len(body), [body]))


def fit(url: str) -> Link:
    return parse(url, allowed())


def allowed() -> frozenset[str]:
    """What the operator has named in our own network. Nobody else may send the studio there."""
    return frozenset(host.strip("[]") for host in settings.WEBHOOK_HOSTS)


# --- what came of it ---


def note(delivery: Delivery, echo: Echo) -> None:
    now, hook = timezone.now(), Webhook.objects.filter(pk=delivery.webhook_id)
    mine = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at)  # unless somebody else has it by now
    if echo.heard:
        mine.update(heard_at=now, due_at=None, said=echo.said[:200])
        hook.exclude(failing_since=None).update(failing_since=None)
        return
    wait = WAITS[delivery.tries - 1] if delivery.tries <= len(WAITS) else None
    mine.update(due_at=now + wait if wait else None, said=echo.said[:200])
    hook.filter(failing_since=None).update(failing_since=now)
    for given_up in hook.filter(active=True, failing_since__lt=now - GIVEN_UP).select_related("team"):
        switch_off(given_up)


@transaction.atomic
def switch_off(hook: Webhook) -> None:
    """Nobody is there. Team administrators are told, and can switch it on again."""
    if not Webhook.objects.filter(pk=hook.pk, active=True).update(active=False):
        return
    Delivery.objects.filter(webhook=hook).exclude(due_at=None).update(due_at=None)
    users = Audience([hook.team_id]).covering(hook.team_id, Role.ADMIN)
    since = int(hook.failing_since.timestamp()) if hook.failing_since else 0
    tell(Event.OFF, users, f"off/{hook.uid}/{since}", team=hook.team, host=urlsplit(hook.url).hostname or "")
    journal.write(Deed.WEBHOOK_CHANGE, team=hook.team, subject=hook, changed=["active"], active=False)
