"""What is measured. Each asks one or two questions that an index answers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import quantiles

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from generations import jobs
from generations.health import backups
from generations.health.storage import own_folders
from generations.models import RUNNING, Attempt, Driver, Gate, Generation, Heartbeat, ProviderAccount, Purse, Status, Stock, Tally
from generations.models.money import this_month

HOUR = timedelta(hours=1)
MOST = 300  # newest calls of an account whose time is looked at
MILLION = 1_000_000
Samples = list[tuple[dict[str, str], float | int]]


@dataclass(frozen=True)
class Metric:
    name: str
    help: str
    samples: Samples = field(default_factory=list)
    kind: str = "gauge"


def one(name: str, help: str, value: float | int, **labels: str) -> Metric:
    return Metric(name, help, [(labels, value)])


def build() -> Iterator[Metric]:
    yield one("build_info", "The version that runs.", 1, version=settings.VERSION, database=connection.vendor)


def queue() -> Iterator[Metric]:
    due = Generation.objects.filter(due_at__isnull=False).order_by()
    # one row for all, not a group for each: else SQLite walks the index of statuses, which has every request
    found = due.aggregate(at=Min("due_at"), **{str(status): Count("pk", filter=Q(status=status)) for status in RUNNING})
    oldest, asking = found.pop("at"), Generation.objects.filter(status=Status.ASKING).count()
    samples: Samples = [({"status": status}, count) for status, count in {"asking": asking, **found}.items()]
    yield Metric("generations", "Requests that are not over, by status.", samples)
    age = max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0
    yield one("queue_oldest_due_seconds", "How long the oldest request that is due has been so.", round(age, 3))
    yield one("queue_messages", "Messages to workers that nobody has taken yet.", jobs.waiting())


def requests() -> Iterator[Metric]:
    """The sums of all days. They are kept by day, so this reads days and not requests."""
    names = ("requests", "refused", "failed", "unknown", "delivered", "missing", "spent")
    sums = Tally.objects.order_by().aggregate(**{f"sum_{name}": Sum(name) for name in names})
    found = {name: sums[f"sum_{name}"] or 0 for name in names}
    results: Samples = [({"result": name}, found[name]) for name in ("refused", "failed", "unknown")]
    yield Metric("requests_total", "All requests.", [({}, found["requests"])], "counter")
    yield Metric("requests_ended_badly", "Requests that were refused, failed, or whose end nobody knows.", results)
    yield Metric("images_delivered_total", "Images that came.", [({}, found["delivered"])], "counter")
    yield Metric("images_undelivered_total", "Images that were asked for, taken on, and did not come.", [({}, found["missing"])], "counter")
    yield Metric("spent_total", f"Money spent, in {settings.CURRENCY}.", [({}, found["spent"] / MILLION)], "counter")


def doubts() -> Iterator[Metric]:
    yield one("unknown_inbox", "Calls of which nobody knows whether they were charged.", Attempt.objects.undecided().count())


def attempts() -> Iterator[Metric]:
    since = timezone.now() - HOUR
    counted: Samples = []
    seconds: dict[str, list[float]] = {}
    for account in ProviderAccount.objects.filter(enabled=True):  # an index knows each account's newest
        answered = Attempt.objects.filter(account=account, answered_at__gt=since).order_by()
        for outcome, count in answered.values_list("outcome").annotate(count=Count("pk")).order_by("outcome"):
            counted.append(({"account": account.name, "outcome": outcome}, count))
        times = answered.filter(sent_at__isnull=False).order_by("-answered_at").values_list("sent_at", "answered_at")[:MOST]
        took = [max(0.0, (end - begin).total_seconds()) for begin, end in times if begin and end]
        seconds |= {account.name: took} if took else {}
    yield Metric("attempts_last_hour", "Calls to providers that were answered within the hour.", counted)
    middle: Samples = [
        ({"account": name, "quantile": part}, round(value, 3))
        for name, took in sorted(seconds.items())
        for part, value in parts(took).items()
    ]
    yield Metric("provider_seconds_last_hour", "How long calls took until they were answered.", middle)


def parts(took: list[float]) -> dict[str, float]:
    cuts = quantiles(took, n=20, method="inclusive") if len(took) > 1 else took * 19
    return {"0.5": cuts[9], "0.95": cuts[18]}


def accounts() -> Iterator[Metric]:
    gates = {gate.account_id: gate for gate in Gate.objects.all()}
    now = timezone.now()
    samples: Samples = []
    for account in ProviderAccount.objects.filter(enabled=True):
        gate = gates.get(account.pk)
        shut = gate and (gate.paused or (gate.closed_until and gate.closed_until > now))
        samples.append(({"account": account.name}, 0 if shut else 1))
    yield Metric("account_open", "1 while requests go out to the account, 0 while it is paused or too much goes wrong there.", samples)


def money() -> Iterator[Metric]:
    """A team is its number: names of clients are nobody's business here."""
    purses = Purse.objects.filter(user=None, month=this_month()).order_by("team_id")
    for name in ("held", "spent"):
        samples: Samples = [({"team": str(purse.team_id)}, getattr(purse, name) / MILLION) for purse in purses]
        yield Metric(f"money_{name}", f"Money of this month that is {name}, by team, in {settings.CURRENCY}.", samples)


def images() -> Iterator[Metric]:
    """As the last night counted them."""
    if stock := Stock.objects.first():
        yield one("images_stored", "Images whose files are here.", stock.stored)
        yield one("images_missing", "Images that came and whose files are not here, or not as they came.", stock.missing)
        kinds = ("originals", "copies", "uploads", "spool")
        yield Metric("stored_bytes", "What files take, by kind.", [({"kind": kind}, getattr(stock, kind)) for kind in kinds])


def workers() -> Iterator[Metric]:
    if (silence := Heartbeat.silence()) is not None:
        yield one("worker_heartbeat_seconds", "How long no worker has done anything.", round(silence.total_seconds(), 3))
    yield one("drivers", "Workers that keep requests going.", Driver.objects.alive().exclude(process=0).count())


def disks() -> Iterator[Metric]:
    usage = {folder: shutil.disk_usage(folder) for folder in own_folders() if folder.is_dir()}
    kinds = {folder: "data" if folder == settings.DATA else "pictures" for folder in usage}
    yield Metric("disk_free_bytes", "Room on the disk.", [({"folder": kinds[folder]}, used.free) for folder, used in usage.items()])
    yield Metric("disk_bytes", "Size of the disk.", [({"folder": kinds[folder]}, used.total) for folder, used in usage.items()])


def backup() -> Iterator[Metric]:
    line = backups.newest()
    yield one("backup_timestamp_seconds", "When the last backup was made; 0: never.", line.at.timestamp() if line else 0)
