"""Where files are, how much room they take, and whose they are. Nothing is counted for the page."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from generations import jobs
from generations.administration.forecast import Forecast
from generations.models import Stock, Team
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest
from generations.web.words import size

WIDTH = 1000  # of the bar


@dataclass(frozen=True)
class Part:
    label: str
    size: str
    style: str
    x: int
    width: int


@dataclass(frozen=True)
class Share:
    team: Team
    images: int
    size: str


@administrators("GET")
def storage(request: StudioRequest) -> HttpResponse:
    forecast = Forecast.now()
    context = {
        "forecast": forecast,
        "folder": isinstance(settings.STORAGE, Path),
        "place": settings.STORAGE,
        "data": settings.DATA,
        "free": _("%(free)s of %(total)s") % {"free": size(forecast.free), "total": size(forecast.total)} if forecast.total else "",
        "together": size(forecast.newest.bytes) if forecast.newest else "",
        "parts": parts(forecast.newest) if forecast.newest else [],
        "shares": shares(forecast.newest) if forecast.newest else [],
    }
    return render(request, "administration/storage.html", context)


def parts(stock: Stock) -> list[Part]:
    kinds = [
        (_("Originals"), stock.originals, "s1"),
        (_("Smaller copies"), stock.copies, "s2"),
        (_("References"), stock.uploads, "s3"),
        (_("Raw answers, until all in them is safe, or 30 days after the end"), stock.spool, "s4"),
    ]
    whole, x, found = stock.bytes or 1, 0, []
    for label, count, style in kinds:
        width = round(WIDTH * count / whole)
        found.append(Part(label, size(count) if count else "–", style, x, width))
        x += width
    return found


def shares(stock: Stock) -> list[Share]:
    teams = Team.objects.in_bulk([pk for pk, _images, _bytes in stock.teams])
    return [Share(teams[pk], images, size(count)) for pk, images, count in stock.teams if pk in teams]


@administrators("POST")
def count_now(request: StudioRequest) -> HttpResponse:
    """A worker does what it does every night."""
    jobs.ring("nightly")
    messages.success(request, _("A worker compares rows and files now. The figures are here when it is done."))
    return redirect("storage")
