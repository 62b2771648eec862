"""What people outside look at: all pictures of a link, and one of them, large."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from generations.outside import shown
from generations.outside.entrance import ask, greet, knock, outside, unlocked
from generations.outside.forms import GuestForm
from generations.outside.pocket import GUEST, Link
from generations.outside.shown import Picture, earlier, later
from generations.outside.talk import add, said

PAGE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@outside
def shared(request: HttpRequest, link: Link) -> HttpResponse:
    if request.method == "POST":
        return knock(request, link)
    if not unlocked(request, link):
        return ask(request, link)
    rows, first = page(link, request.GET.get("after", ""))
    pictures = [Picture(link, row.image, first + place) for place, row in enumerate(rows[:PAGE])]
    if link.share.collection_id is None and first == len(rows) == 1:
        return redirect(pictures[0].page)
    context = {"pictures": pictures, "begun": first > 1, "next": pictures[-1].image.uid if len(rows) > PAGE else None}
    return greet(request, link, render(request, "outside/page.html", framed(link) | context))


def page(link: Link, after: str) -> tuple[list[Any], int]:
    """One more than is shown, and the number of the first. If the one before it is gone meanwhile, from the beginning."""
    every = shown.rows(link.share).select_related("image__generation")
    here = every.filter(image__uid=uid).first() if (uid := read(after)) else None
    if here is None:
        return list(every[: PAGE + 1]), 1
    return list(every.filter(later(here))[: PAGE + 1]), shown.number(link.share, here) + 1


def read(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
@outside
def shared_image(request: HttpRequest, link: Link, uid: UUID) -> HttpResponse:
    if not unlocked(request, link):
        return ask(request, link)
    row = shown.find(link.share, uid)
    if request.method == "POST":
        form, status = add(request, link, row.image)
        if status < 400:
            response: HttpResponse = redirect(f"{link.to('shared_image', uid)}#comments")
            GUEST.put(response, link, form.cleaned_data["guest"])
            return response
        return draw(request, link, row, form, status)
    return greet(request, link, draw(request, link, row, GuestForm(initial={"guest": GUEST.get(request, link)})))


def draw(request: HttpRequest, link: Link, row: Any, form: GuestForm, status: int = 200) -> HttpResponse:
    every = shown.rows(link.share).select_related("image__generation")
    before, after = every.filter(earlier(row)).order_by("-position", "-image").first(), every.filter(later(row)).first()
    context = {
        "picture": Picture(link, row.image, shown.number(link.share, row)),
        "previous": before and link.to("shared_image", before.image.uid),
        "next": after and link.to("shared_image", after.image.uid),
        "alone": link.share.collection_id is None and not before and not after,
        "comments": said(link, row.image) if link.share.commenting else [],
        "form": form,
    }
    return render(request, "outside/image.html", framed(link) | context, status=status)


def framed(link: Link) -> dict[str, Any]:
    return {"share": link.share, "address": link.address, "until": link.share.last_day}
