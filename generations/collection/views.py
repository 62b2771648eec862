"""Collections: making them, finding them, and what they are called."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from generations import collecting
from generations.access import deletes, team_role
from generations.collection.forms import CollectionForm
from generations.collection.shelf import Shelf
from generations.models import Collection, Role
from generations.web.requests import StudioRequest


@require_http_methods(["GET", "HEAD", "POST"])
def collections(request: StudioRequest) -> HttpResponse:
    form = CollectionForm(request.POST or None)
    if request.method == "POST":
        return create(request, form)
    return page(request, form)


@team_role(Role.DESIGNER)
def create(request: StudioRequest, form: CollectionForm) -> HttpResponse:
    if not form.is_valid():
        return page(request, form, status=422)
    return redirect("collection", found_one(request, form).uid)


def found_one(request: StudioRequest, form: CollectionForm) -> Collection:
    form.instance.team, form.instance.user = request.team, request.user
    collection: Collection = form.save()
    return collection


def page(request: StudioRequest, form: CollectionForm, status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    context = {"shelf": Shelf.page(request, before), "form": form, "makes": request.membership.may(Role.DESIGNER), "later": bool(before)}
    return render(request, "collection/page.html", context, status=status)


@require_POST
@team_role(Role.DESIGNER)
def change_collection(request: StudioRequest, uid: UUID) -> HttpResponse:
    """The form says what it was called: whoever else renamed it meanwhile is not overruled unseen."""
    collection, was = find(request, uid), request.POST.get("was", "")
    form = CollectionForm(request.POST, instance=Collection(team=request.team, user=collection.user))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("collection", uid)
    wanted = {
        "name": form.cleaned_data["name"],
        "private": form.cleaned_data["private"] if owns(request, collection) else collection.private,
    }
    if Collection.objects.filter(pk=collection.pk, name=was).update(**wanted, changed_at=timezone.now()):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Somebody renamed it to “%(name)s” meanwhile. Nothing was changed.") % {"name": find(request, uid).name})
    return redirect("collection", uid)


@require_POST
@team_role(Role.DESIGNER)
def delete_collection(request: StudioRequest, uid: UUID) -> HttpResponse:
    collection = find(request, uid)
    if not deletes(request.membership, collection):
        raise PermissionDenied(_("Only whoever made a collection, and team administrators, delete it."))
    collecting.delete(collection)
    messages.success(request, _("“%(name)s” is deleted. Its images are still in the gallery.") % {"name": collection.name})
    return redirect("collections")


def owns(request: StudioRequest, collection: Collection) -> bool:
    return collection.user_id == request.user.pk


def find(request: StudioRequest, uid: UUID) -> Collection:
    return get_object_or_404(Collection.objects.seen_by(request.user, request.team).select_related("user"), uid=uid)
