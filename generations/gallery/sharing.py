"""Who in the team sees a generation and its images: everybody, or its author and the team's administrators."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generations import journal, search
from generations.gallery.marks import SWITCH
from generations.journal import Deed
from generations.models import Generation, Image, Role
from generations.web import seen
from generations.web.addresses import safe_next
from generations.web.requests import StudioRequest


@require_POST
def share(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation = seen.generation(request, uid)
    if not may_share(request, generation):
        raise PermissionDenied(_("Only whoever made it, and team administrators, decide who sees it."))
    if (private := SWITCH.get(request.POST.get("private", ""))) is None:
        raise BadRequest
    hide(generation, private, request)
    messages.success(request, _("Only its author and team administrators see it now.") if private else _("The team sees it now."))
    if request.htmx:
        generation.private = private
        return render(request, "gallery/_seen_by.html", {"generation": generation, "next": request.POST.get("next", "")})
    return redirect(safe_next(request, "gallery"))


def may_share(request: StudioRequest, generation: Generation) -> bool:
    """A viewer may have made it once."""
    return request.membership.may(Role.ADMIN) or (generation.user_id == request.user.pk and request.membership.may(Role.DESIGNER))


@transaction.atomic
def hide(generation: Generation, private: bool, request: StudioRequest) -> None:
    """Its images follow, also those that are still coming. Not by its fence: whoever drives it has no part in this."""
    told = {"private": private, "version": F("version") + 1, "changed_at": timezone.now()}
    if not Generation.objects.filter(pk=generation.pk, private=not private).update(**told):
        return
    images = Image.objects.filter(generation=generation)
    images.update(private=private)
    search.renew(images.values_list("pk", flat=True))
    journal.write(Deed.IMAGE_SHARE, actor=request.user, team=request.team, subject=generation, private=private)
