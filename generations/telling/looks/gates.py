"""Provider accounts to which nothing goes out until an administrator has mended something."""

from datetime import datetime

from django.db import transaction

from generations.models import Bookmark, Event, Gate, User
from generations.pipeline.gate import MENDED_BY_HAND
from generations.telling.news import News, publish

WHY = {sentence: str(next) for next, sentence in MENDED_BY_HAND.items()}
TOLD = "paused/"  # a bookmark for each that was told of, until it is open again


def paused(now: datetime) -> None:
    closed = {gate.pk: gate for gate in Gate.objects.exclude(paused="").select_related("account")}
    marks = {int(mark.name.removeprefix(TOLD)): mark for mark in Bookmark.objects.filter(name__startswith=TOLD)}
    if opened := marks.keys() - closed.keys():
        Bookmark.objects.filter(name__in=[marks[pk].name for pk in opened]).delete()
    for pk in closed.keys() - marks.keys():
        say(closed[pk], now)


@transaction.atomic
def say(gate: Gate, now: datetime) -> None:
    """The mark that stands, whoever wrote it, names the message: two who see it at once write the same one."""
    name = f"{TOLD}{gate.pk}"
    Bookmark.objects.bulk_create([Bookmark(name=name, at=now)], ignore_conflicts=True)
    mark = Bookmark.objects.get(name=name)
    details = {"account": gate.pk, "name": gate.account.name, "next": WHY.get(gate.paused, "")}
    users = tuple(User.objects.administrators())
    publish([News(Event.PAUSED, f"{name}/{mark.at.timestamp():.6f}", users, details=details)])
