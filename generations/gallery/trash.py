"""What lies in the trash is gone for good after thirty days."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from generations import journal
from generations.journal import Deed
from generations.media import names
from generations.media.names import Name
from generations.media.store import changed as put_at
from generations.media.store import store
from generations.models import Image, ImageStatus, Upload
from generations.web.trash import changed

DAYS = 30
GRACE = timedelta(days=7)  # between the end of a picture and that of its files: so long a mistake can be put right by hand
FRESH = timedelta(days=1)  # a file as young may belong to a picture that is being written down at this moment
AT_ONCE = 200

log = logging.getLogger("studio.gallery")


def purge(now: datetime) -> int:
    """For every night. Pictures end after their thirty days; their files follow a week later, unless something else shows them too."""
    ended = 0
    while some := list(due(now)[:AT_ONCE]):
        end(some)
        ended += len(some)
    for image in left_over(now):
        remove(image, now)
    return ended


def due(now: datetime) -> QuerySet[Image]:
    return Image.objects.stored().filter(trashed_at__lt=now - timedelta(days=DAYS)).select_related("team").order_by("pk")


@transaction.atomic
def end(images: list[Image]) -> None:
    """The row stays: that the picture came, and what it cost, is still true."""
    found = [image.pk for image in images]
    Image.objects.filter(pk__in=found).update(status=ImageStatus.REMOVED, placeholder="")
    changed(found)
    for team in {image.team_id: image.team for image in images}.values():
        journal.write(Deed.IMAGE_PURGE, team=team, images=sum(image.team_id == team.pk for image in images))


def left_over(now: datetime) -> QuerySet[Image]:
    """Ended pictures whose files are still there: they have their day in the trash until those are gone."""
    return Image.objects.filter(status=ImageStatus.REMOVED, trashed_at__lt=now - timedelta(days=DAYS) - GRACE).order_by("pk")


@transaction.atomic
def remove(image: Image, now: datetime) -> None:
    """A file that is young is left for another night."""
    original, shared = names.original(image.sha256, image.format), needed(image)
    if not shared and young(original, now):
        return
    Image.objects.filter(pk=image.pk).update(trashed_at=None, derived=False)
    if not shared:
        for name in (*(names.derived(image.sha256, side) for side in names.SIDES), original):
            store().remove(name)


def needed(image: Image) -> bool:
    """By another picture with the same bytes, or as a reference."""
    others = Image.objects.filter(sha256=image.sha256).exclude(pk=image.pk).exclude(status=ImageStatus.REMOVED, trashed_at=None)
    return others.exists() or Upload.objects.filter(sha256=image.sha256).exists()


def young(name: Name, now: datetime) -> bool:
    since = put_at(name)
    return since is not None and since > now - FRESH
