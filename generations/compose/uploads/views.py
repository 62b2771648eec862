"""References come into the composer and are moved, mended and taken out: with its script one by one, without it in one form."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generations.access import team_role
from generations.compose import drafts
from generations.compose.drafts import Tab
from generations.compose.engines import known
from generations.compose.filled import Filled
from generations.compose.opening import begun
from generations.compose.uploads.answer import is_script, refuse
from generations.compose.uploads.lane import Shown
from generations.compose.uploads.receive import with_files
from generations.compose.uploads.take import Basket, take
from generations.models import Role
from generations.web.requests import StudioRequest


@require_POST
@team_role(Role.DESIGNER)
@with_files
def upload(request: StudioRequest) -> HttpResponse:
    if is_script(request):
        return answer_script(request, take(request, request.POST.getlist("references")))
    # from the composer its whole form comes along; from anywhere else only the picture
    filled = Filled.posted(request.POST) if "prompt" in request.POST else begun(request)
    basket = take(request, list(filled.references))
    tab = Tab.read(request.POST["tab"]).now() if "tab" in request.POST else None
    drafts.keep(request.user, request.team, filled.with_(references=tuple(basket.references)), tab)
    return answer_page(request, basket)


def answer_script(request: StudioRequest, basket: Basket) -> HttpResponse:
    for _name, refusal in basket.refused:
        return refuse(request, refusal.status, str(refusal))
    if not basket.taken:
        return refuse(request, 422, _("There is no picture in this."))
    taken = basket.taken[-1]
    place = basket.references.index(taken.sha256) + 1
    shown = Shown(place, taken.sha256, taken, known(request.POST.get("engine", "")))
    return render(request, "compose/_reference.html", {"shown": shown})


def answer_page(request: StudioRequest, basket: Basket) -> HttpResponse:
    if basket.refused:
        sentences = [f"{name}: {refusal}" if name else str(refusal) for name, refusal in basket.refused]
        return refuse(request, basket.refused[0][1].status, *sentences)
    if not (basket.taken or asks_nothing(request)):
        return refuse(request, 422, _("There is no picture in this."))
    if request.htmx:  # from another page, which stays
        messages.success(request, _("Added to the request as reference %(place)s.") % {"place": len(basket.references)})
        return HttpResponse(headers={"HX-Reswap": "none"})
    return redirect("library" if request.POST.get("then") == "library" else "compose")


def asks_nothing(request: StudioRequest) -> bool:
    """Only to keep the form, or to bring what is there into another order."""
    return not {"then", "earlier", "later", "drop"}.isdisjoint(request.POST)
