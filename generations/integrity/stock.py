"""What the studio keeps, counted once a night: rows by one statement, files as the store lists them."""

from collections.abc import Callable

from django.db.models import Count, Q, Sum

from generations.integrity.finding import Kind
from generations.integrity.share import Share
from generations.integrity.survey import Tally
from generations.media import names, spool
from generations.media.store import store
from generations.models import Image, ImageStatus, Stock

LARGEST = 20
NIGHTS = 400  # that are remembered
GIVEN = (ImageStatus.STORED, ImageStatus.LOST)
DAMAGE = (Kind.MISSING, Kind.SIZE, Kind.HASH, Kind.UNDECODABLE)

Pulse = Callable[[], object]


def take(found: Tally, share: Share, pulse: Pulse) -> Stock:
    teams = by_team()
    given, stored = sum(row["given"] for row in teams), sum(row["images"] for row in teams)
    largest = sorted(teams, key=lambda row: -(row["bytes"] or 0))[:LARGEST]
    made = Stock.objects.create(
        delivered=given,
        stored=stored,
        missing=given - stored + sum(found.open[kind] for kind in DAMAGE),
        sample=share.percent,
        originals=weight("o", pulse),
        copies=sum(weight(f"d/{side}", pulse) for side in names.SIDES),
        uploads=weight("r", pulse),
        spool=waiting(),
        teams=[[row["team"], row["images"], row["bytes"] or 0] for row in largest],
    )
    forget()
    return made


def by_team() -> list[dict[str, int]]:
    stored = Q(status=ImageStatus.STORED)
    rows = Image.objects.filter(status__in=GIVEN).order_by().values("team")
    return list(rows.annotate(given=Count("pk"), images=Count("pk", filter=stored), bytes=Sum("bytes", filter=stored)))  # type: ignore[arg-type]


def weight(under: str, pulse: Pulse) -> int:
    total = 0
    for kept in store().kept(under):
        pulse()
        total += kept.bytes
    return total


def waiting() -> int:
    """Raw answers of this node."""
    folder = spool.folder()
    return sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0


def forget() -> None:
    last = Stock.objects.values_list("at", flat=True)[NIGHTS : NIGHTS + 1].first()
    if last:
        Stock.objects.filter(at__lte=last).delete()
