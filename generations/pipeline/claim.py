"""Which rows a driver takes, and how it makes them its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from generations.models import Attempt, Charge, Driver, Generation, Outcome, ProviderAccount, Status
from generations.pipeline import gate
from generations.pipeline.checkpoint import checkpoint

DEADLINE = timedelta(seconds=420)  # a call that was sent has ended by then, one way or the other
FURTHEST = timedelta(minutes=15)
ASKED, FETCHED = (Status.WAITING, Status.UNKNOWN), (Status.COLLECTING,)


def waits(now: datetime) -> bool:
    """Whether there is anything to take. To look is free; to be the one who writes, ten times a second, makes others wait."""
    return unheld().filter(due(now), status__in=(Status.QUEUED, *ASKED, *FETCHED)).exists()


def take_queued(driver: Driver, room: int, now: datetime) -> Iterator[Generation]:
    """What may be sent now, already written down as being sent. An account's are begun before the next one is asked for more."""
    for account in with_work(now) if room > 0 else ():
        taken = take(driver, account, room, now) if room > 0 else []
        room -= len(taken)
        yield from taken


def take(driver: Driver, account: ProviderAccount, room: int, now: datetime) -> list[Generation]:
    with transaction.atomic():
        count = gate.admit(account, room, now)
        taken = [one for one in fair(account, count, now) if begin(one, driver, now)] if count > 0 else []
    if taken:
        checkpoint("sending is committed")
    return taken


def with_work(now: datetime) -> Iterable[ProviderAccount]:
    waiting = Generation.objects.filter(due(now), status=Status.QUEUED)
    return ProviderAccount.objects.filter(pk__in=waiting.order_by().values("account").distinct()).order_by("?")


def fair(account: ProviderAccount, count: int, now: datetime) -> list[Generation]:
    """In turns: whoever has least at the provider is next, however long the others' queues are."""
    rows = Generation.objects.filter(account=account)
    mine = rows.at_provider(now).filter(user=OuterRef("user")).order_by()
    busy = mine.values("user").annotate(n=Count("pk")).values("n")
    turn = Window(RowNumber(), partition_by=F("user_id"), order_by=F("id").asc())
    queued = rows.filter(due(now), status=Status.QUEUED).annotate(turn=turn, busy=Coalesce(Subquery(busy, output_field=IntegerField()), 0))
    return list(queued.order_by(F("turn") + F("busy"), "id").select_related("account", "user", "team")[:count])


def begin(generation: Generation, driver: Driver, now: datetime) -> bool:
    """Queued becomes sending; from here on nobody else sends it, and after a crash nobody at all."""
    changes = {"driver": driver.pk, "fence": generation.fence + 1, "sent_at": now, "trouble": None}
    if not generation.move(Status.SENDING, now + DEADLINE, **changes):
        return False
    planned = Attempt.objects.filter(generation=generation, outcome=Outcome.PLANNED)
    planned.update(outcome=Outcome.SENDING, sent_at=now, charge=Charge.UNKNOWN)
    return True


def take_due(driver: Driver, which: Iterable[Status], room: int, now: datetime, but: Iterable[int] = ()) -> list[Generation]:
    """What has to be asked about or fetched, and is in nobody's hands."""
    rows = unheld().filter(due(now), status__in=which).exclude(pk__in=but)
    if room <= 0 or not rows.exists():
        return []
    with transaction.atomic():
        waiting = list(passing(rows).order_by("due_at").select_related("account")[:room])
        return [one for one in waiting if one.write(driver=driver.pk, fence=one.fence + 1)]


def due(now: datetime) -> Q:
    """What is put off further than anything ever is was put off by a clock that has been set back since."""
    return Q(due_at__lte=now) | Q(due_at__gt=now + FURTHEST)


def unheld() -> QuerySet[Generation]:
    alive = Driver.objects.alive().values("pk")
    return Generation.objects.filter(due_at__isnull=False).filter(Q(driver=None) | ~Q(driver__in=alive))


def passing(rows: QuerySet[Generation]) -> QuerySet[Generation]:
    """Over what another driver is just taking."""
    return rows.select_for_update(skip_locked=True, of=("self",)) if connection.features.has_select_for_update_skip_locked else rows
