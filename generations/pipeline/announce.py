"""The provider says which pictures there are: from here on they are rows, and nothing about them can be forgotten."""

from datetime import UTC, datetime, timedelta

from generations.catalogue import get_engine
from generations.dialects.filters import flagged, told
from generations.dialects.outcome import Finished, Item
from generations.models import Attempt, Charge, Generation, Image, ImageStatus, Outcome, Status
from generations.pipeline.fence import moved
from generations.pipeline.trouble import store

USUAL_HOURS = 24


def announce(generation: Generation, attempt: Attempt, finished: Finished, now: datetime) -> None:
    said = told(finished)
    Attempt.objects.filter(pk=attempt.pk).update(
        outcome=Outcome.ANSWERED,
        charge=charge(finished),
        answered_at=now,
        expires_at=expiry(generation, finished, now),
        billed=finished.billed,
        cost=finished.cost,
        request_id=finished.request_id,
        filters=said,
    )
    moved(generation.move(Status.COLLECTING, now, driver=None, tries=0, trouble=None))
    generation.refresh_from_db(fields=["private", "stopped_at"])  # its author may have hidden it while it was made, or waits no longer
    Image.objects.bulk_create(row(generation, attempt, index, item, flagged(said, index)) for index, item in enumerate(finished.items))


def charge(finished: Finished) -> Charge:
    """Of pictures that failed nobody may have said whether they cost something."""
    counted = finished.billed is not None or finished.cost is not None
    doubtful = any(item.trouble and item.trouble.charged is None for item in finished.items)
    return Charge.UNKNOWN if doubtful and not counted else Charge.YES


def expiry(generation: Generation, finished: Finished, now: datetime) -> datetime:
    if finished.expires_at:
        return datetime.fromtimestamp(min(finished.expires_at, 32_503_680_000), UTC)
    engine = get_engine(generation.engine)
    return now + timedelta(hours=engine.link_hours if engine else USUAL_HOURS)


def row(generation: Generation, attempt: Attempt, index: int, item: Item, found: bool) -> Image:
    request = generation.request
    return Image(
        generation=generation,
        attempt=attempt,
        index=index,
        status=ImageStatus.MISSING if item.trouble else ImageStatus.COMING,
        trouble=store(item.trouble) if item.trouble else None,
        link=item.link,
        extra=index >= generation.images_asked,
        flagged=found,
        late=generation.stopped_at is not None,
        team_id=generation.team_id,
        user_id=generation.user_id,
        private=generation.private,
        engine=generation.engine,
        ratio=request.get("ratio", ""),
        tier=request.get("tier", ""),
        referenced=bool(request.get("references")),
    )
