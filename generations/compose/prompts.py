"""Prompts of earlier requests, one's own and the team's, newest first: to look through, to search, to step through by keys."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.access import team_role
from generations.models import Generation, Role
from generations.web import seen
from generations.web.requests import StudioRequest

PAGE = 20
REACH = 20_000  # numbers of rows that one search goes back; the next begins where it ended, so that none takes long
LONGEST_SEARCH = 200
LAST = 2**63 - 1


@dataclass(frozen=True)
class Said:
    pk: int
    uid: UUID
    prompt: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Page:
    prompts: list[Said]
    further: int | None = None  # where the next page begins


@require_safe
@team_role(Role.DESIGNER)
def prompts(request: StudioRequest) -> HttpResponse:
    search, before = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH], number(request.GET.get("before", ""))
    found = page(seen.generations(request), search, before)
    name = "compose/prompts.html" if not request.htmx else "compose/_prompt_list.html" if listed(request) else "compose/_prompts.html"
    return render(request, name, {"page": found, "search": search})


def listed(request: StudioRequest) -> bool:
    """Only the list, or more of it: the field to search in stands already."""
    return "q" in request.GET


def page(view: QuerySet[Generation], search: str, before: int) -> Page:
    rows = view.filter(pk__lt=before).order_by("-pk")
    floor = 0
    if search:
        newest = rows.values_list("pk", flat=True).first() or 0
        floor = max(0, newest - REACH)
        rows = rows.filter(pk__gt=floor, prompt__icontains=search)
    found = [Said(*row) for row in rows.values_list("pk", "uid", "prompt", "user__name", "created_at")[: PAGE + 1]]
    if len(found) > PAGE:
        return Page(once(found[:PAGE]), found[PAGE - 1].pk)
    return Page(once(found), floor + 1 if view.filter(pk__lte=floor).exists() else None)


def once(found: Iterable[Said]) -> list[Said]:
    """The same words again and again are one prompt."""
    newest: dict[str, Said] = {}
    for said in found:
        newest.setdefault(said.prompt, said)
    return list(newest.values())


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else LAST
