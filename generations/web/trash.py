"""Out of sight, and back again. What lies there for thirty days is gone: gallery/trash.py."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from generations import journal, search
from generations.journal import Deed
from generations.models import Generation, Image, Team, User


def trash(images: QuerySet[Image], user: User, team: Team) -> tuple[int, datetime]:
    """How many, and the moment that they have in common: what takes all of them back."""
    now = timezone.now()
    return move(images.filter(trashed_at=None), now, Deed.IMAGE_TRASH, user, team), now


def restore(images: QuerySet[Image], user: User, team: Team) -> int:
    return move(images.filter(trashed_at__isnull=False), None, Deed.IMAGE_RESTORE, user, team)


@transaction.atomic
def move(images: QuerySet[Image], at: datetime | None, deed: Deed, user: User, team: Team) -> int:
    found = list(images.values_list("pk", flat=True))
    if found:
        Image.objects.filter(pk__in=found).update(trashed_at=at)
        changed(found)
        journal.write(deed, actor=user, team=team, subject=f"image/{found[0]}" if len(found) == 1 else "", images=len(found))
    return len(found)


def changed(images: Iterable[int]) -> None:
    """They are found elsewhere now, and the cards of their generations look different."""
    told = {"version": F("version") + 1, "changed_at": timezone.now()}
    Generation.objects.filter(pk__in=Image.objects.filter(pk__in=images).values("generation")).update(**told)
    search.renew(images)
