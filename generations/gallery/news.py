"""Pictures that a page of the gallery does not show yet. The page says which ones it shows, and how many it was told of.

No “highest number so far” is trusted: pictures of several requests are stored in another order than they were announced.
"""

import re
from dataclasses import dataclass
from typing import Self

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from generations.web.filters import Filter
from generations.web.found import numbers, readable
from generations.web.requests import StudioRequest, Whoever

MOST = 20  # that are counted
LISTED = 60  # pictures that a page may list
TAG = re.compile(r'"(\d{1,2});(\d{1,18});([\d ]{0,1200})"')


@dataclass(frozen=True)
class Shown:
    told: int = 0
    oldest: int = 0  # of those that it lists; 0 where it lists everything there is
    known: tuple[int, ...] = ()

    @classmethod
    def read(cls, tag: str) -> Self:
        """From the page's If-None-Match; whatever is not ours reads as nothing shown."""
        found = TAG.fullmatch(tag)
        known = [int(text[:18]) for text in found[3].split()[:LISTED]] if found else []
        return cls(int(found[1]), int(found[2]), tuple(known)) if found else cls()


def newer(who: Whoever, chosen: Filter, shown: Shown) -> list[int]:
    """One more than is counted, to know whether there are more."""
    found = numbers(who, chosen, len(shown.known) + MOST + 1, after=shown.oldest)
    return [number for number in found if number not in shown.known][: MOST + 1]


@require_safe
def news(request: StudioRequest) -> HttpResponse:
    """How many there are; nothing where the page was told so already."""
    chosen = Filter.read(request.GET)
    if not request.htmx:
        return redirect(f"{reverse('gallery')}?{chosen.query}")
    shown = Shown.read(request.headers.get("If-None-Match", ""))
    count = readable(request).filter(pk__in=newer(request, chosen, shown)).count()
    if count == shown.told:
        return HttpResponseNotModified()
    return render(request, "gallery/_news.html", {"count": count, "most": MOST, "more": count > MOST, "query": chosen.query})
