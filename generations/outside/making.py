"""A new link: to one image, to chosen ones, or to a collection."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from generations import journal
from generations.access import team_role
from generations.journal import Deed
from generations.models import Collection, Image, Role, Share, Shown
from generations.models.images import ImageSet
from generations.models.invitations import digest_of
from generations.outside import shown
from generations.outside.forms import LinkForm
from generations.web import seen
from generations.web.addresses import public_link
from generations.web.carried import unpack
from generations.web.requests import StudioRequest

MOST = 200  # images of a selection
FACES = 8  # that the form shows


@dataclass(frozen=True)
class Wanted:
    """What is to be shared, as far as this person may."""

    images: list[Image]  # of a collection the first ones
    own: int  # of them private to this person; of a collection: whether there are any
    left: int = 0  # private to somebody else, or in the trash: left out
    collection: Collection | None = None

    @property
    def title(self) -> str:
        return self.collection.name if self.collection else date_format(timezone.localdate(), "DATE_FORMAT")

    @property
    def faces(self) -> list[Image]:
        return self.images[:FACES]


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.DESIGNER)
def new_link(request: StudioRequest) -> HttpResponse:
    if request.team.closed_at:
        raise PermissionDenied(_("This team is closed, so links to it do not work."))
    wanted = read(request)
    share = Share(team=request.team, user=request.user, collection=wanted.collection, title=wanted.title)
    form = LinkForm(request.POST or None, instance=share, own=wanted.own)
    if request.method == "POST" and form.is_valid() and leaves_something(form, wanted):
        link = public_link(request, reverse("shared", args=[make(form.fill(share), wanted)]))
        return render(request, "outside/made.html", {"here": "links", "share": share, "link": link, "secret": form.cleaned_data["secret"]})
    return render(request, "outside/new.html", {"here": "links", "form": form, "wanted": wanted}, status=422 if form.errors else 200)


def read(request: StudioRequest) -> Wanted:
    if "collection" in request.GET:
        return of_collection(request, uid_in(request.GET["collection"]))
    if "images" in request.GET:
        return of_images(request, unpack(request.GET["images"]))
    image = get_object_or_404(may_leave(request), uid=uid_in(request.GET.get("image", "")))
    return Wanted([image], own=int(image.private))


def uid_in(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def may_leave(request: StudioRequest) -> ImageSet:
    """What this person sees, without what is private to others: team administrators look at that, and keep it inside."""
    return seen.images(request).kept().filter(Q(private=False) | Q(user=request.user)).select_related("generation")


def of_images(request: StudioRequest, numbers: list[int]) -> Wanted:
    """In the order they were chosen."""
    rows = may_leave(request).in_bulk(numbers[:MOST])
    images = [rows[number] for number in numbers if number in rows]
    if not images:
        raise Http404
    return Wanted(images, own=sum(image.private for image in images), left=len(numbers) - len(images))


def of_collection(request: StudioRequest, uid: UUID) -> Wanted:
    """A private one is seen by its owner only, and so shared by nobody else."""
    collection = get_object_or_404(Collection.objects.seen_by(request.user, request.team), uid=uid)
    rows = shown.rows(Share(team=request.team, user=request.user, collection=collection, private=True)).select_related("image__generation")
    own = rows.filter(image__private=True)[:MOST].count()
    return Wanted([row.image for row in rows[:FACES]], own=own, collection=collection)


def leaves_something(form: LinkForm, wanted: Wanted) -> bool:
    if wanted.collection or form.cleaned_data.get("private") or wanted.own < len(wanted.images):
        return True
    form.add_error("private", _("All of it is private, so the link would show nothing. Tick this, or let the team see it first."))
    return False


@transaction.atomic
def make(share: Share, wanted: Wanted) -> str:
    """The token, which nobody can ask for a second time."""
    token = secrets.token_urlsafe(24)
    share.digest = digest_of(token)
    share.save()
    chosen = [] if wanted.collection else [image for image in wanted.images if share.private or not image.private]
    Shown.objects.bulk_create(Shown(share=share, image=image, position=place) for place, image in enumerate(chosen))
    told = {"images": len(chosen), "collection": share.collection_id, "protected": bool(share.password)}
    allowed = {"commenting": share.commenting, "words": share.prompt, "originals": share.originals, "private": share.private}
    journal.write(Deed.SHARE_ADD, actor=share.user, team=share.team, subject=share, **told, **allowed)
    return token
