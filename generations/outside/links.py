"""The links of a team: each member's own, and all of them for team administrators."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from generations import journal
from generations.access import team_role
from generations.journal import Deed
from generations.models import Role, Share, Shown
from generations.outside.forms import DAYS, MOST_DAYS, end_of
from generations.web.requests import StudioRequest

PAGE = 50


@require_safe
def links(request: StudioRequest) -> HttpResponse:
    found = counted(mine(request)).select_related("user", "collection").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal():
        found = found.filter(pk__lt=int(before[:18]))
    page = list(found[: PAGE + 1])
    context = {
        "links": page[:PAGE],
        "older": page[PAGE - 1].pk if len(page) > PAGE else None,
        "later": bool(before),
        "leads": request.membership.may(Role.ADMIN),
        "makes": request.membership.may(Role.DESIGNER),
        "days": DAYS,
        "now": timezone.now(),
    }
    return render(request, "outside/links.html", context)


def mine(request: StudioRequest) -> QuerySet[Share]:
    found = Share.objects.filter(team=request.team)
    return found if request.membership.may(Role.ADMIN) else found.filter(user=request.user)


def counted(shares: QuerySet[Share]) -> QuerySet[Share]:
    """With how many images were chosen, and whether the link works."""
    chosen = Shown.objects.filter(share=OuterRef("pk")).order_by().values("share").annotate(n=Count("pk")).values("n")
    return shares.annotate(chosen=Coalesce(Subquery(chosen), 0), works=Exists(Share.objects.working().filter(pk=OuterRef("pk"))))


@require_POST
def revoke_link(request: StudioRequest, uid: UUID) -> HttpResponse:
    share = get_object_or_404(mine(request), uid=uid)
    with transaction.atomic():
        if Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=timezone.now()):
            journal.write(Deed.SHARE_REVOKE, actor=request.user, team=request.team, subject=share)
    messages.success(request, _("The link “%(title)s” no longer works.") % {"title": share.title})
    return redirect("links")


@require_POST
@team_role(Role.DESIGNER)
def extend_link(request: StudioRequest, uid: UUID) -> HttpResponse:
    """Also one that is over: who has it can use it again."""
    share = get_object_or_404(mine(request), uid=uid, revoked_at=None)
    share.expires_at = longer(share)
    with transaction.atomic():
        if Share.objects.filter(pk=share.pk, revoked_at=None, expires_at__lt=share.expires_at).update(expires_at=share.expires_at):
            journal.write(Deed.SHARE_CHANGE, actor=request.user, team=request.team, subject=share, days=DAYS)
            said = _("“%(title)s” works until %(day)s.")
        else:
            said = _("“%(title)s” works until %(day)s already: a year from now at most.")
    messages.success(request, said % {"title": share.title, "day": date_format(share.last_day)})
    return redirect("links")


def longer(share: Share) -> datetime:
    today = timezone.localdate()
    return end_of(min(max(share.last_day, today) + timedelta(days=DAYS), today + timedelta(days=MOST_DAYS)))
