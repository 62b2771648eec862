"""Images that a filter finds, by their numbers."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from generations import search
from generations.models import Collection, Image, Placement, Role
from generations.search import facets
from generations.search.find import NEWEST, word
from generations.search.words import Phrase
from generations.web import seen
from generations.web.filters import Filter
from generations.web.requests import Whoever


def numbers(
    who: Whoever,
    chosen: Filter,
    limit: int,
    before: int = NEWEST,
    after: int = 0,
    *,
    trash: bool = False,
    oldest_first: bool = False,
) -> list[int]:
    """Newest first, between two images and within the dates that were chosen."""
    where = discarded(who) if trash else visible(who)
    oldest = bound(who, chosen.since) if chosen.since else 1
    newest = bound(who, chosen.until + timedelta(days=1)) if chosen.until else NEWEST
    parts = [where, *chosen.parts(who.user)]
    return search.find(parts, limit, min(before, newest), max(after, oldest - 1), oldest_first=oldest_first)


def readable(who: Whoever, *, trash: bool = False) -> QuerySet[Image]:
    """The index proposes, this decides."""
    everything, administrates = Image.objects.stored(), who.membership.may(Role.ADMIN)
    rule = everything.trashed_by if trash else everything.kept().seen_by
    return rule(who.user, who.team, administrates=administrates)


def bound(who: Whoever, day: date) -> int:
    """The number of the first image of a day, or what it would be: numbers and times grow together."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    last = Image.objects.filter(team=who.team, created_at__lt=begins).order_by("-created_at").values_list("pk", flat=True).first()
    return (last or 0) + 1


def visible(who: Whoever) -> list[Phrase]:
    """What this person may see of the team: where they look first, whatever else they want."""
    team, user = who.team.pk, who.user.pk
    if who.membership.may(Role.ADMIN):
        return [word(facets.alive(team))]
    return [word(facets.shared(team)), word(facets.alive(team, user))]


def discarded(who: Whoever) -> list[Phrase]:
    """What this person may take out of the trash."""
    everybody = who.membership.may(Role.ADMIN)
    return [word(facets.trashed(who.team.pk, None if everybody else who.user.pk))]


def placed(who: Whoever, collection: Collection) -> QuerySet[Placement]:
    """What this person sees in a collection, in its order."""
    kept = seen.images(who).kept().order_by()
    return Placement.objects.filter(collection=collection, image__in=kept).order_by("position", "image")
