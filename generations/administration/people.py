"""Everybody who has an account here: found, invited."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from generations import journal
from generations.administration.forms import NewPersonForm
from generations.administration.keyed import by_name, number
from generations.journal import Deed
from generations.models import Invitation, Membership, Role, User
from generations.web.addresses import public_link
from generations.web.administrators import administrators
from generations.web.letters import send_invitation
from generations.web.requests import StudioRequest

LASTS = timedelta(days=7)
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Row:
    user: User
    memberships: list[Membership]
    protected: bool  # by a second factor or a passkey


@administrators("GET", "POST", confirm=True)
def people(request: StudioRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return page(request, NewPersonForm(), **invite(request, form))
    return page(request, form)


def page(request: StudioRequest, form: NewPersonForm, **more: object) -> HttpResponse:
    search = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    found, further = by_name(matching(search), number(request.GET.get("after", "")))
    context = {"form": form, "rows": rows(found), "further": further, "search": search, **more}
    return render(request, "administration/people.html", context, status=422 if form.errors else 200)


def matching(search: str) -> QuerySet[User]:
    wanted = User.objects.all()
    return wanted.filter(Q(name__icontains=search) | Q(email__icontains=search)) if search else wanted


def rows(found: list[User]) -> list[Row]:
    """With two questions, however many they are."""
    theirs: dict[int, list[Membership]] = {}
    for member in Membership.objects.filter(user__in=found).select_related("team").order_by("team__name"):
        theirs.setdefault(member.user_id, []).append(member)
    protected = set(Authenticator.objects.filter(user__in=found).values_list("user_id", flat=True))
    return [Row(user, theirs.get(user.pk, []), user.pk in protected) for user in found]


def invite(request: StudioRequest, form: NewPersonForm) -> dict[str, object]:
    """The link is shown once: only its hash is kept."""
    given = form.cleaned_data
    with transaction.atomic():
        invitation, token = Invitation.write(given["team"], given["email"], Role(given["role"]), request.user, LASTS)
        journal.write(Deed.PERSON_INVITE, actor=request.user, team=given["team"], subject=invitation, role=invitation.role)
    link = public_link(request, reverse("join", args=[token]))
    return {"written": invitation, "link": link, "sent": send_invitation(invitation, link)}
