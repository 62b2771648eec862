"""The journal as people read it: newest first, some of it, and all of it to take away."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from generations import journal
from generations.administration.keyed import number
from generations.administration.sayings import GROUPS, Line, read
from generations.health.journal import whole
from generations.journal import Deed, export
from generations.journal.anchors import noted
from generations.models import JournalLine, Team, User
from generations.web import sheets
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest

PAGE = 50
REACH = 20_000  # lines that one look goes back for a kind of deed; the next begins where it ended
FORMATS = ("csv", "jsonl")


@dataclass(frozen=True)
class Wanted:
    """What somebody picked. What makes no sense is as if it were not there."""

    group: str = ""
    person: str = ""
    team: str = ""
    day: str = ""

    @classmethod
    def of(cls, given: Any) -> Self:
        texts = {name: given.get(name, "").replace("\0", "").strip()[:100] for name in ("group", "person", "team", "day")}
        return cls(**texts)

    def rows(self) -> QuerySet[JournalLine]:
        """By index."""
        found = JournalLine.objects.all()
        if self.person:
            found = found.filter(actor__in=self.people())
        if self.team:
            found = found.filter(team__in=Team.objects.filter(slug=self.team).values("pk"))
        if until := self.until():
            last = JournalLine.objects.filter(at__lt=until).order_by("-at").values_list("pk", flat=True).first()
            found = found.filter(pk__lte=last or 0)
        return found

    def people(self) -> list[int]:
        """Of a name or an address; a few, or none at all."""
        q = Q(email__icontains=self.person) | Q(name__icontains=self.person)
        return list(User.objects.filter(q).order_by("pk").values_list("pk", flat=True)[:20])

    def until(self) -> datetime | None:
        """The end of that day."""
        try:
            day = parse_date(self.day)
        except ValueError:  # such as the 31st of February
            day = None
        if day is None or day.year > 9000:
            return None
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))

    def deeds(self) -> list[str]:
        return (
            [deed.value for deed in journal.Deed if deed.value.partition(".")[0] in GROUPS[self.group][1]] if self.group in GROUPS else []
        )

    def items(self) -> list[tuple[str, str]]:
        return [(name, text) for name, text in vars(self).items() if text]

    @property
    def query(self) -> str:
        return urlencode(self.items())


@administrators("GET")
def journal_page(request: StudioRequest) -> HttpResponse:
    wanted, before = Wanted.of(request.GET), number(request.GET.get("before", ""))
    lines, further = page(wanted, before, request.team.pk if request.team else None)
    context = {
        "lines": lines,
        "further": further,
        "wanted": wanted,
        "groups": [(name, label) for name, (label, _deeds) in GROUPS.items()],
        "teams": Team.objects.values_list("slug", "name")[:200],
        "formats": [("csv", "CSV"), ("jsonl", "JSON")],
        "findings": whole() if not (before or wanted.query) else [],
        "anchor": max(noted().values(), key=lambda one: one.line, default=None),
    }
    return render(request, "administration/journal.html", context)


def page(wanted: Wanted, before: int | None, inside: int | None) -> tuple[list[Line], int | None]:
    view = wanted.rows()
    rows = (view.filter(pk__lt=before) if before else view).order_by("-pk")
    floor = 0
    if deeds := wanted.deeds():
        newest = rows.values_list("pk", flat=True).first() or 0
        floor = max(0, newest - REACH)
        rows = rows.filter(pk__gt=floor, deed__in=deeds)
    found = list(rows[: PAGE + 1])
    if len(found) > PAGE:
        return read(found[:PAGE], inside), found[PAGE - 1].pk
    return read(found, inside), floor + 1 if floor and view.filter(pk__lte=floor).exists() else None


# --- to take away ---


@administrators("POST")
def export_journal(request: StudioRequest, format: str) -> HttpResponseBase:
    """Written while it is sent: a journal of any length fits. That somebody took it is a line too, and the last one in it."""
    if format not in FORMATS:
        raise Http404
    wanted = Wanted.of(request.POST)
    take_note(request.user, format)
    rows = wanted.rows().order_by("pk")
    rows = rows.filter(deed__in=deeds) if (deeds := wanted.deeds()) else rows
    return as_table(rows) if format == "csv" else as_lines(rows)


def take_note(user: User, format: str) -> None:
    with transaction.atomic():
        journal.write(Deed.EXPORT, actor=user, subject="studio/journal", format=format)


def as_table(rows: QuerySet[JournalLine]) -> HttpResponseBase:
    heads = ["line", "at", "person", "name", "team", "team name", "deed", "subject", "details", "hash"]
    return sheets.answer("journal", heads, cells(rows))


def cells(rows: QuerySet[JournalLine]) -> Iterator[list[sheets.Cell]]:
    """With the names that belong to the numbers today."""
    for some in export.pages(rows):
        names = dict(User.objects.filter(pk__in={line.actor for line in some}).values_list("pk", "name"))
        teams = dict(Team.objects.filter(pk__in={line.team for line in some}).values_list("pk", "name"))
        for line in some:
            told = json.dumps(line.details, ensure_ascii=False)
            who, whose = names.get(line.actor or 0, ""), teams.get(line.team or 0, "")
            yield [line.pk, line.at.isoformat(), line.actor, who, line.team, whose, line.deed, line.subject, told, line.hash]


def as_lines(rows: QuerySet[JournalLine]) -> HttpResponseBase:
    """Exactly as kept, one JSON object on each line: whoever has it can check the chain."""
    told = (export.row(line) for some in export.pages(rows) for line in some)
    texts = (f"{json.dumps({name: one[name] for name in export.FIELDS}, ensure_ascii=False)}\n" for one in told)
    response = StreamingHttpResponse(sheets.in_pieces(texts), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal.jsonl"'
    response["Cache-Control"] = "private, no-store"
    return response
