"""What is done with chosen pictures."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from generations import collecting, journal, search
from generations.access import puts_away, sees_original, team_role
from generations.gallery.archive import archive
from generations.gallery.selection import MOST, chosen, filter_of, read
from generations.journal import Deed
from generations.models import Collection, Image, Mark, Role
from generations.web.addresses import safe_next
from generations.web.carried import pack
from generations.web.found import numbers, readable
from generations.web.requests import StudioRequest
from generations.web.trash import restore, trash

COLLECTIONS = 20  # that are offered
LINKED = 200  # pictures of one link for people outside
NEEDED = ("uid", "sha256", "format", "bytes", "created_at", "review", "generation__prompt")  # of an image, to put it into a ZIP


@require_POST
def count_all(request: StudioRequest) -> HttpResponse:
    """How many a filter shows, as far as one click reaches."""
    found = len(numbers(request, filter_of(request), MOST + 1))
    return render(request, "gallery/_all.html", {"count": min(found, MOST), "more": found > MOST, "most": MOST})


@require_http_methods(["GET", "HEAD", "POST"])
def download_zip(request: StudioRequest) -> HttpResponseBase:
    """What was chosen; by a plain link, what is in a collection."""
    wanted = chosen(request).order_by("-pk") if request.method == "POST" else collected(request)
    images = list(wanted.select_related("generation").only(*NEEDED)[:MOST])
    if not images:
        return nothing(request)
    given = [image for image in images if sees_original(request.membership, image)]
    left = [image for image in images if not sees_original(request.membership, image)]
    if left and not (given and told(request, len(left))):
        return tell(request, len(given), len(left))
    with transaction.atomic():
        journal.write(Deed.EXPORT, actor=request.user, team=request.team, images=len(given))
    response = StreamingHttpResponse(archive(given, left), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, zip_name(len(given)))
    return response


def told(request: StudioRequest, left: int) -> bool:
    """Whether this person knows already how many of them stay here."""
    return (request.POST or request.GET).get("left") == str(left)


def tell(request: StudioRequest, given: int, left: int) -> HttpResponse:
    """Before a download without them, which originals are closed."""
    sentence = ngettext(
        "%(n)s of %(all)s is not approved yet and stays here.", "%(n)s of %(all)s are not approved yet and stay here.", left
    )
    context = {"sentence": sentence % {"n": left, "all": given + left}, "given": given, "left": left, "back": back_from(request)}
    return render(request, "gallery/closed.html", {**context, "carried": carried(request)})


def back_from(request: StudioRequest) -> str:
    posted = request.method == "POST"
    return safe_next(request, "gallery") if posted else reverse("collection", args=[read(request.GET.get("collection", ""))])


def carried(request: StudioRequest) -> list[tuple[str, str]]:
    """What was chosen, for the form that is shown in between."""
    names = ("image", "all", "filter", "next", "collection")
    said = request.POST or request.GET
    return [(name, " ".join(said.getlist(name))) for name in names if name in said]


def collected(request: StudioRequest) -> QuerySet[Image]:
    found = collection(request, request.GET.get("collection", ""))
    return readable(request).filter(placements__collection=found).order_by("placements__position", "pk")


def zip_name(count: int) -> str:
    counted = ngettext("%(n)s image", "%(n)s images", count) % {"n": count}
    return f"Seedbed {timezone.localdate():%Y-%m-%d}, {counted}.zip"


@require_POST
def star_all(request: StudioRequest) -> HttpResponse:
    """A second click takes nothing back: that is what the star on each picture is for."""
    found = list(chosen(request).values_list("pk", flat=True))
    if not found:
        return nothing(request)
    with transaction.atomic():
        put_stars(request, found)
        search.renew(found)
    messages.success(request, ngettext("%(n)s image starred.", "%(n)s images starred.", len(found)) % {"n": len(found)})
    return stay(request)


def put_stars(request: StudioRequest, images: Iterable[int]) -> None:
    marks = [Mark(user=request.user, image_id=image, starred=True) for image in images]
    Mark.objects.bulk_create(marks, update_conflicts=True, unique_fields=["user", "image"], update_fields=["starred"])


@require_POST
@team_role(Role.DESIGNER)
def collect_all(request: StudioRequest) -> HttpResponse:
    """The first time it asks where to; with a collection, or the name of a new one, it does it."""
    found, uid, name = (
        list(chosen(request).order_by("-pk").values_list("pk", flat=True)),
        *(request.POST.get(it) for it in ("collection", "name")),
    )
    if not found:
        return nothing(request)
    if uid is None and name is None:
        return where_to(request, len(found))
    with transaction.atomic():
        target = new_collection(request, name or "") if uid is None else collection(request, uid)
        added = collecting.place(target.pk, found)
    messages.success(
        request,
        ngettext("%(n)s image added to “%(name)s”.", "%(n)s images added to “%(name)s”.", added) % {"n": added, "name": target.name},
    )
    return stay(request)


def where_to(request: StudioRequest, count: int) -> HttpResponse:
    found = Collection.objects.seen_by(request.user, request.team).order_by("-changed_at", "-pk")[:COLLECTIONS]
    context = {"collections": found, "count": count, "carried": carried(request)}
    return render(request, "gallery/_collect.html" if request.htmx else "gallery/collect.html", context)


def collection(request: StudioRequest, uid: str) -> Collection:
    return get_object_or_404(Collection.objects.seen_by(request.user, request.team), uid=read(uid))


def new_collection(request: StudioRequest, name: str) -> Collection:
    named = name.strip()[:80] or date_format(timezone.localdate(), "DATE_FORMAT")
    return Collection.objects.create(team=request.team, user=request.user, name=named)


@require_POST
@team_role(Role.DESIGNER)
def share_all(request: StudioRequest) -> HttpResponse:
    """On to the page where a link for people outside is made."""
    found = list(chosen(request).order_by("-pk").values_list("pk", flat=True))
    if not found:
        return nothing(request)
    if len(found) > LINKED:
        said = _("A link takes %(most)s images, and %(n)s are chosen. Choose fewer, or share a collection.")
        messages.error(request, said % {"most": LINKED, "n": len(found)})
        return stay(request)
    target = f"{reverse('new_link')}?images={pack(found)}"
    return HttpResponse(headers={"HX-Redirect": target}) if request.htmx else redirect(target)


@require_POST
@team_role(Role.DESIGNER)
def trash_all(request: StudioRequest) -> HttpResponse:
    rows = list(chosen(request).values_list("uid", "user_id"))
    uids = [uid for uid, author in rows if puts_away(request.membership, author)]
    count, moment = trash(Image.objects.filter(uid__in=uids), request.user, request.team)
    if count:
        context = {"count": count, "others": len(rows) - len(uids), "moment": moment.isoformat()}
        messages.success(request, render_to_string("gallery/_trashed.html", context, request))
    else:
        messages.error(request, _("Nothing was moved: only whoever made an image, or a team administrator, can put it in the trash."))
    return render(request, "gallery/_gone.html", {"uids": uids}) if request.htmx else back(request)


@require_POST
@team_role(Role.DESIGNER)
def restore_all(request: StudioRequest) -> HttpResponse:
    """What was chosen in the trash, or everything that went there together."""
    moment = read_moment(request.POST.get("moment", ""))
    images = readable(request, trash=True).filter(trashed_at=moment) if moment else chosen(request, trash=True)
    count = restore(images, request.user, request.team)
    messages.success(request, ngettext("%(n)s image is back.", "%(n)s images are back.", count) % {"n": count})
    return back(request)


def read_moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def nothing(request: StudioRequest) -> HttpResponse:
    messages.error(request, _("No image was chosen."))
    return stay(request)


def stay(request: StudioRequest) -> HttpResponse:
    """Nothing on the page looks different, or its script has changed it already."""
    return HttpResponse(headers={"HX-Reswap": "none"}) if request.htmx else back(request)


def back(request: StudioRequest) -> HttpResponse:
    """To the page it was sent from; htmx draws that page anew."""
    target = safe_next(request, "gallery")
    return HttpResponse(headers={"HX-Redirect": target}) if request.htmx else redirect(target)
