"""The composer as an answer: alone for htmx, or with the feed and the inspector beside it."""

from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from generations.compose.composer import Composer
from generations.compose.feed import shown
from generations.compose.figures import Figures
from generations.compose.uploads.lane import lay
from generations.models import ProviderAccount
from generations.web import seen
from generations.web.requests import StudioRequest


def answer(request: StudioRequest, composer: Composer, status: int = 200, *, whole: bool = False) -> HttpResponse:
    """`whole`: it is exchanged and not adapted, because what was typed is to go."""
    if not request.htmx:
        return page(request, composer, status)
    response = render(request, "compose/_composer.html", context(composer), status=status)
    if whole:
        response["HX-Reswap"] = "outerHTML"
    return response


def page(request: StudioRequest, composer: Composer, status: int = 200) -> HttpResponse:
    return render(request, "compose/page.html", {**context(composer), **shown(request), "beginning": Beginning(request)}, status=status)


def context(composer: Composer) -> dict[str, Any]:
    return {
        "composer": composer,
        "figures": Figures(composer),
        "filled": composer.filled,
        "engine": composer.engine,
        "lane": lay(composer.team, composer.filled.references, composer.engine, composer.each),
    }


class Beginning:
    """For the first run; nothing of it is looked up while there are requests to show."""

    def __init__(self, request: StudioRequest) -> None:
        self.request, self.team = request, request.team

    @cached_property
    def first(self) -> bool:
        """Nobody here has asked for anything yet, as far as this person may know."""
        return not seen.generations(self.request).exists()

    @cached_property
    def providers(self) -> int:
        return ProviderAccount.objects.filter(enabled=True, sandbox=False).count()

    @cached_property
    def people(self) -> int:
        return self.team.memberships.count()
