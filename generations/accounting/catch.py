"""What has changed since the last look, found by one index; the days it belongs to are counted anew, all of each.

A change may be committed a little later than its time says. So the bookmark stays a minute behind, and what is younger is looked at
every time: to count a day twice changes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from generations.accounting.days import Day, count, kept, recount
from generations.accounting.turn import COUNTED, NEVER, bookmark, reader, take_turn
from generations.models import Bookmark, Generation, Tally, Team

SETTLED = timedelta(minutes=1)
DAYS = 40  # at a time; the next call goes on
ROWS = 10_000

Change = tuple[datetime, int, int, datetime]  # when, which request, of which team, made when


def catch_up() -> bool:
    """True: there is more to do than was done. Where nothing has changed it is one look into the index."""
    return look(SETTLED)


def look(patience: timedelta) -> bool:
    now, mark = timezone.now(), bookmark()
    found = list(changes(mark)[:ROWS])
    taken, days = portion(found)
    whole = len(taken) == len(found) < ROWS
    for day in days:
        recount(day)
    if taken:
        advance(mark, taken, now - patience)
        note(now if whole else taken[-1][0])
    return not whole


def changes(mark: Bookmark) -> "QuerySet[Generation, Change]":
    later = Q(changed_at__gt=mark.at) | Q(pk__gt=mark.number)
    rows = Generation.objects.filter(later, changed_at__gte=mark.at).order_by("changed_at", "pk")
    return rows.values_list("changed_at", "pk", "team_id", "created_at")


def portion(found: list[Change]) -> tuple[list[Change], set[Day]]:
    """As many as lie in so many days."""
    days: set[Day] = set()
    for place, (_at, _pk, team, made) in enumerate(found):
        day = Day.of(team, made)
        if day not in days and len(days) == DAYS:
            return found[:place], days
        days.add(day)
    return found, days


def advance(mark: Bookmark, taken: list[Change], settled: datetime) -> None:
    """Never past what may still be joined by something older; whoever was quicker has been further already."""
    final = [(at, pk) for at, pk, *_rest in taken if at <= settled]
    if final:
        place = Bookmark.objects.filter(name=mark.name, at=mark.at, number=mark.number)
        place.update(at=final[-1][0], number=final[-1][1])


def note(until: datetime) -> None:
    Bookmark.objects.filter(name=COUNTED, at__lt=until).update(at=until)


def behind(team: Team | None) -> datetime | None:
    """Until when everything is counted, if something of the team has changed since. Asked by the time alone: for that there is an index."""
    at = Bookmark.objects.filter(name=COUNTED).values_list("at", flat=True).first() or NEVER
    since = Generation.objects.filter(changed_at__gt=at).order_by("changed_at")[:ROWS]
    teams = set(since.values_list("team", flat=True))
    return at if (team.pk in teams if team else teams) else None


def differs(day: Day) -> bool:
    """Is it kept otherwise than it would be counted? What has changed since it was is no difference."""
    if count(day) == kept(day):
        return False
    with transaction.atomic():
        take_turn()  # or it may be counted between our two looks
        return count(day) != kept(day) and not fresh(day)


def fresh(day: Day) -> bool:
    at = Bookmark.objects.get(name=COUNTED).at
    return at == NEVER or Generation.objects.filter(**day.within(), changed_at__gt=at - SETTLED).exists()


def rebuild() -> None:
    """All days, from nothing; and once more what changes meanwhile."""
    began = timezone.now()
    with transaction.atomic():
        Tally.objects.all().delete()
        Bookmark.objects.filter(name__in=[reader(), COUNTED]).delete()
    while many():
        pass
    Bookmark.objects.filter(name=reader(), at__gt=began - SETTLED).update(at=began - SETTLED, number=0)


@transaction.atomic
def many() -> bool:
    """Some days are committed together: nobody waits for a single one."""
    return look(timedelta())
