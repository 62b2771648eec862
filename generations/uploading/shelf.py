"""The uploads of a team: found by their hashes, in the order somebody wants them, and remembered for the next request."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from generations.catalogue.request import Reference as Asked
from generations.catalogue.sizes import Size
from generations.models import Reference, Team, Upload, User

PAGE = 40
HASH = re.compile("[0-9a-f]{64}")
LONGEST_SEARCH = 100
FORGOTTEN = datetime(1970, 1, 1, tzinfo=UTC)  # of what was taken off the list: a generation needs it, or it goes at night

MADE_FROM = Exists(Reference.objects.filter(upload=OuterRef("pk")))  # a generation was


@dataclass(frozen=True)
class Page:
    uploads: list[Upload]
    further: str = ""  # where the next page begins; empty on the last


def find(team: Team, hashes: Iterable[str]) -> dict[str, Upload]:
    wanted = [sha for sha in hashes if HASH.fullmatch(sha)]
    return {upload.sha256: upload for upload in Upload.objects.filter(team=team, sha256__in=wanted)} if wanted else {}


def asked(team: Team, hashes: Iterable[str]) -> tuple[Asked, ...]:
    """As a request names them, each once. One that is not the team's has no size, and the check says that it cannot be read."""
    wanted = once(hashes)
    found = find(team, wanted)
    return tuple(found[sha].asked() if sha in found else Asked(sha, "", Size(0, 0), 0) for sha in wanted)


def once(hashes: Iterable[str]) -> list[str]:
    """A picture is a reference once, at its first place."""
    return list(dict.fromkeys(filter(None, hashes)))


def touch(upload: Upload) -> Upload:
    upload.used_at = timezone.now()
    upload.save(update_fields=["used_at"])
    return upload


def recent(user: User, team: Team) -> QuerySet[Upload]:
    return Upload.objects.filter(team=team, user=user, used_at__gt=FORGOTTEN)


def library(team: Team) -> QuerySet[Upload]:
    return Upload.objects.filter(team=team, shared=True)


def page(uploads: QuerySet[Upload], search: str = "", before: str = "") -> Page:
    """What was used last comes first."""
    if search := search.replace("\0", "").strip()[:LONGEST_SEARCH]:
        uploads = uploads.filter(name__icontains=search)
    if start := read_place(before):
        uploads = uploads.filter(Q(used_at__lt=start[0]) | Q(used_at=start[0], pk__lt=start[1]))
    found = list(uploads.order_by("-used_at", "-pk")[: PAGE + 1])
    return Page(found[:PAGE], place(found[PAGE - 1]) if len(found) > PAGE else "")


def place(upload: Upload) -> str:
    return f"{upload.used_at.isoformat()}_{upload.pk}"


def read_place(text: str) -> tuple[datetime, int] | None:
    moment, _, pk = text.partition("_")
    try:
        return datetime.fromisoformat(moment).astimezone(UTC), min(int(pk[:20]), 2**63 - 1)
    except (ValueError, OverflowError):
        return None


def share(upload: Upload, shared: bool) -> None:
    upload.shared = shared
    upload.save(update_fields=["shared"])


def forget(upload: Upload) -> None:
    """Off the lists. What a generation was made from stays, or it could not be run again; the rest goes at night."""
    Upload.objects.filter(pk=upload.pk).update(shared=False, used_at=FORGOTTEN)


def needed(team: Team) -> QuerySet[Upload]:
    """Without those that only wait for the night: they take no room from others."""
    return Upload.objects.filter(Q(used_at__gt=FORGOTTEN) | MADE_FROM, team=team)
