"""How far the days are counted, and whose turn it is to count."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from generations.models import Bookmark, Tally

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
COUNTED = "usage"  # its bookmark says until when everything is counted


def reader() -> str:
    """The bookmark of who reads changes. In another time zone days begin elsewhere, and all of them are counted anew."""
    return f"{COUNTED} {settings.TIME_ZONE}"


def bookmark() -> Bookmark:
    return Bookmark.objects.filter(name=reader()).first() or begin()


@transaction.atomic
def begin() -> Bookmark:
    names = [reader(), COUNTED]
    if Bookmark.objects.filter(name__startswith=COUNTED).exclude(name__in=names).delete()[0]:
        Tally.objects.all().delete()
        Bookmark.objects.filter(name=COUNTED).delete()
    Bookmark.objects.bulk_create([Bookmark(name=name, at=NEVER) for name in names], ignore_conflicts=True)
    return Bookmark.objects.get(name=reader())


def take_turn() -> None:
    """Until the end of the transaction. On SQLite every transaction that writes has its turn by itself."""
    bookmark()
    Bookmark.objects.select_for_update().get(name=reader())
