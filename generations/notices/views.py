"""What a person is told in the page, newest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from generations.models import Event, Notice, Verdict
from generations.models.notices import NoticeSet
from generations.telling.place import place
from generations.telling.words import sentence
from generations.web.requests import StudioRequest
from generations.web.team import without_team
from generations.web.words import moment

PAGE = 40

ICONS = {
    Event.DONE: ("done", "soft"),
    Event.FAILED: ("failed", "bad"),
    Event.UNKNOWN: ("unknown", "warn"),
    Event.ASKED: ("review", "soft"),
    Event.DECIDED: ("approved", "good"),
    Event.MENTIONED: ("comment", "good"),
    Event.COMMENTED: ("comment", "soft"),
    Event.SPENDING: ("clock", "warn"),
    Event.ALLOWED: ("check", "soft"),
    Event.BUDGET: ("chart", "warn"),
    Event.PAUSED: ("plug", "bad"),
    Event.OFF: ("link", "bad"),
}
VERDICTS = {Verdict.REJECTED: ("refused", "bad"), Verdict.CHANGE: ("pen", "warn"), Verdict.UNDONE: ("minus", "soft")}


@dataclass(frozen=True)
class Line:
    notice: Notice
    sentence: str
    when: str
    icon: str
    tone: str
    team: str  # where the person is in several


@require_safe
@without_team
def notices(request: StudioRequest) -> HttpResponse:
    return render(request, "notices/page.html", shown(request))


@require_safe
@without_team
def notice(request: StudioRequest, pk: int) -> HttpResponse:
    """What it is about. In another team than the one a person works in, that is changed first, and not without asking."""
    found = get_object_or_404(whole(request), pk=pk)
    if found.team is None or found.team == request.team:
        return redirect(place(found))
    return render(request, "notices/elsewhere.html", {"line": line(request, found), "place": place(found)})


@require_POST
@without_team
def see(request: StudioRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(whole(request), pk=pk)
    if found.seen_at is None:
        found.seen_at = timezone.now()
        Notice.objects.filter(pk=pk, seen_at=None).update(seen_at=found.seen_at)
    if request.htmx:
        return render(request, "notices/_seen.html", {"line": line(request, found)})
    return redirect("notices")


@require_POST
@without_team
def see_all(request: StudioRequest) -> HttpResponse:
    """As far as the page showed them: what came since has not been seen."""
    until = number(request.POST.get("until", ""))
    if until:
        Notice.objects.filter(user=request.user, pk__lte=until).unseen().update(seen_at=timezone.now())
    return redirect("notices")


def shown(request: StudioRequest) -> dict[str, Any]:
    before = number(request.GET.get("before", ""))
    rows = whole(request).filter(pk__lt=before) if before else whole(request)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return {
        "lines": [line(request, one) for one in found[:PAGE]],
        "next": found[PAGE - 1].pk if len(found) > PAGE else None,
        "older": bool(before),
        "fresh": any(one.seen_at is None for one in found[:PAGE]),
    }


def whole(request: StudioRequest) -> "QuerySet[Notice]":
    found: NoticeSet = Notice.objects.readable(request.user, request.memberships)
    return found.select_related("team", "generation", "image")


def line(request: StudioRequest, one: Notice) -> Line:
    icon, tone = VERDICTS.get(one.details.get("verdict", "")) or ICONS[Event(one.event)]
    team = str(one.team) if one.team and len(request.memberships) > 1 else ""
    return Line(one, sentence(one), moment(one.at), icon, tone, team)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None
