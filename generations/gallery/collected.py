"""A collection, as a wall of pictures in its own order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.gallery.tiles import row_of, tiles
from generations.gallery.views import asks, barred, closed, judge, keys, row
from generations.gallery.wall import marked
from generations.models import Collection, Image, Placement, Role
from generations.web.found import placed
from generations.web.requests import StudioRequest

PAGE = 60


@require_safe
def collection(request: StudioRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(Collection.objects.seen_by(request.user, request.team).select_related("user"), uid=uid)
    after = request.GET.get("after", "")
    page = list(beyond(placed(request, found), after).values_list("image", "image__uid")[: PAGE + 1])
    shown = page[:PAGE]
    context = {
        "collection": found,
        "tiles": wall(request, [number for number, _uid in shown], f"collection={found.uid}"),
        "next": shown[-1][1] if len(page) > PAGE else None,
    }
    if request.htmx:
        return render(request, "collection/_more.html", context)
    return render(request, "collection/collection.html", context | around_it(request, found, begins=not after))


def around_it(request: StudioRequest, found: Collection, *, begins: bool) -> dict[str, Any]:
    """What the page has beside its pictures."""
    makes, mine = request.membership.may(Role.DESIGNER), found.user_id == request.user.pk
    why_not = barred(request)
    return {
        "here": "collections",
        "begins": begins,
        "makes": makes,
        "asks": asks(request),
        "closed": closed(request),
        "mine": mine,
        "deletes": request.membership.may(Role.ADMIN) or (mine and makes),
        "row": row(request.COOKIES.get("row", "")),
        "barred": why_not,
        "judge": "" if why_not else judge(request),
        "keys": [*keys(makes, not why_not, "collection"), *([("Alt ← →", _("Move it in the order"))] if makes else [])],
    }


def beyond(rows: QuerySet[Placement], after: str) -> QuerySet[Placement]:
    """What follows an image. If that was taken out meanwhile, or is none, everything from the beginning."""
    try:
        here = rows.filter(image__uid=UUID(after)).first()
    except ValueError:
        here = None
    return rows.filter(Q(position__gt=here.position) | Q(position=here.position, image__gt=here.image_id)) if here else rows


def wall(request: StudioRequest, numbers: Sequence[int], query: str) -> SafeString:
    found = tiles(Image.objects.filter(pk__in=numbers))
    return row_of(((number, found[number]) for number in numbers if number in found), query, marked(request, numbers))
