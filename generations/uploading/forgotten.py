"""Uploads that nobody came back for: once put into a composer, but into no request, or taken off the list again."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from generations.media import names
from generations.media.names import Name
from generations.media.store import changed, store
from generations.models import Draft, Image, ImageStatus, Upload
from generations.uploading.shelf import MADE_FROM

AFTER = timedelta(days=30)  # as long as the trash keeps a picture: whoever comes back within a month finds it where it was
FRESH = timedelta(days=1)  # a file as young may have been given again at this moment
AT_ONCE = 100


def purge(now: datetime, pulse: Callable[[], object] = lambda: None) -> int:
    """For every night. Rows first, some at a time: whoever is killed in between leaves a file without a row, never a row without a file."""
    gone = 0
    for some in batches(now):
        for upload in drop(some, now):
            discard(upload)
            gone += 1
        pulse()
    return gone


def unused(now: datetime) -> QuerySet[Upload]:
    return Upload.objects.filter(~MADE_FROM, shared=False, used_at__lt=now - AFTER).order_by("pk")


def batches(now: datetime) -> Iterator[list[Upload]]:
    last, open = 0, drafted()
    while some := list(unused(now).filter(pk__gt=last)[:AT_ONCE]):
        last = some[-1].pk
        yield [upload for upload in some if (upload.team_id, upload.sha256) not in open and not young(upload, now)]


def drafted() -> set[tuple[int, str]]:
    """What stands in somebody's composer, however long ago they wrote it."""
    found = Draft.objects.values_list("team", "form__references")
    return {(team, sha) for team, hashes in found if isinstance(hashes, list) for sha in hashes if isinstance(sha, str)}


def young(upload: Upload, now: datetime) -> bool:
    since = changed(reference(upload))
    return since is not None and since > now - FRESH


@transaction.atomic
def drop(some: list[Upload], now: datetime) -> list[Upload]:
    """Asked once more: somebody may have taken one of them up again this moment."""
    still = list(unused(now).filter(pk__in=[upload.pk for upload in some]).select_for_update())
    Upload.objects.filter(pk__in=[upload.pk for upload in still]).delete()
    return still


def discard(upload: Upload) -> None:
    """Its files, unless another team gave the same picture; and the smaller copies, unless an image shows them."""
    if Upload.objects.filter(sha256=upload.sha256).exists():
        return
    store().remove(reference(upload))
    images = Image.objects.filter(sha256=upload.sha256).exclude(status=ImageStatus.REMOVED, trashed_at=None)
    if not images.exists():
        for side in names.SIDES:
            store().remove(names.derived(upload.sha256, side))


def reference(upload: Upload) -> Name:
    return names.reference(upload.sha256, upload.format)
