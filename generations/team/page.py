"""The team's own page: who is in it, and who is invited."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from generations.models import Invitation, Membership, Role, Team
from generations.team.forms import InviteForm
from generations.web.requests import StudioRequest

PAGE = 50
INVITED = 20


def page(request: StudioRequest, form: InviteForm | None = None, status: int = 200, **more: object) -> HttpResponse:
    people, further = members(request.team, number(request.GET.get("after", "")))
    leads = request.membership.may(Role.ADMIN)
    count = request.team.memberships.count()
    context: dict[str, object] = {"people": people, "further": further, "leads": leads, "roles": Role.choices, "count": count}
    if leads:
        context |= {"form": form or InviteForm(team=request.team), **invited(request.team, number(request.GET.get("before", "")))}
    return render(request, "team/page.html", {**context, **more}, status=status)


def members(team: Team, after: int | None = None) -> tuple[list[Membership], int | None]:
    """A page of them by name, and where the next one begins."""
    found = list(following(team, after).select_related("user").order_by("user__name", "pk")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def following(team: Team, after: int | None) -> QuerySet[Membership]:
    last = team.memberships.select_related("user").filter(pk=after).first() if after else None
    if last is None:
        return team.memberships.all()
    return team.memberships.filter(Q(user__name__gt=last.user.name) | Q(user__name=last.user.name, pk__gt=last.pk))


def invited(team: Team, before: int | None = None) -> dict[str, object]:
    rows = Invitation.objects.filter(team=team).select_related("invited_by", "accepted_by")
    found = list((rows.filter(pk__lt=before) if before else rows)[: INVITED + 1])
    earlier = found[INVITED - 1].pk if len(found) > INVITED else None
    return {"invitations": found[:INVITED], "earlier": earlier, "now": timezone.now()}


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
