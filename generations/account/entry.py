"""The two ways in: the set-up link of a new studio, and an invitation to a team. Each link works once."""

from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from generations import journal, people
from generations.account.forms import JoinForm, PersonForm, SetUpForm
from generations.journal import Deed
from generations.models import Invitation, Role, Team, User
from generations.web.team import without_team


class Taken(Exception):
    """The link was used while the form was on its way: by somebody else, or by the first of two clicks."""


@login_not_required
@without_team
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.open().by_token(token).filter(team=None).first()
    if invitation is None or User.objects.administrators().exists():
        return gone(request, request.POST.get("email", ""), setting_up=True)
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = found_studio(invitation, form.cleaned_data)
        except (Taken, IntegrityError):
            return gone(request, form.cleaned_data["email"], setting_up=True)
        return enter(request, user)
    return render(request, "account/set_up.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@without_team
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Any, token: str) -> HttpResponse:
    invitation = Invitation.objects.open().by_token(token).exclude(team=None).select_related("team", "invited_by").first()
    if invitation is None or invitation.team is None:
        used = Invitation.objects.by_token(token).exclude(team=None).exclude(accepted_at=None).first()
        return gone(request, used.email if used else "")
    if invitation.team.closed_at:
        return render(request, "account/link_gone.html", {"closed": invitation.team}, status=403)
    if User.objects.filter(email=invitation.email).exists():
        return join_known(request, invitation, invitation.team)
    form = JoinForm(request.POST or None, invited=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            user = join_new(invitation, invitation.team, form)
        except (Taken, IntegrityError):
            return gone(request, invitation.email)
        return enter(request, user)
    return render(request, "account/join.html", {"form": form, "invitation": invitation}, status=422 if form.errors else 200)


def join_known(request: Any, invitation: Invitation, team: Team) -> HttpResponse:
    """The invited person has an account: they sign in, and one click lets them into the team."""
    theirs = request.user.is_authenticated and request.user.email == invitation.email
    if request.method == "POST" and theirs:
        if not join_team(invitation, team, request.user):
            return gone(request)
        messages.success(request, _("You are in %(team)s now.") % {"team": team})
        return redirect("compose")
    return render(request, "account/join.html", {"invitation": invitation, "known": True, "theirs": theirs})


@transaction.atomic
def found_studio(invitation: Invitation, given: dict[str, Any]) -> User:
    user = people.add_person(given["email"], given["name"], given["password"], administrator=True)
    if not invitation.take(user):
        raise Taken
    team = people.found_team(given["team"])
    people.add_member(user, team, Role.ADMIN)
    journal.write(Deed.STUDIO_FOUND, actor=user, team=team, subject=user)
    return user


@transaction.atomic
def join_new(invitation: Invitation, team: Team, form: PersonForm) -> User:
    user = people.add_person(invitation.email, form.cleaned_data["name"], form.cleaned_data["password"])
    if not invitation.take(user):
        raise Taken
    people.add_member(user, team, Role(invitation.role))
    journal.write(Deed.PERSON_JOIN, actor=user, team=team, subject=user, role=invitation.role, invitation=invitation.pk)
    return user


@transaction.atomic
def join_team(invitation: Invitation, team: Team, user: User) -> bool:
    if not invitation.take(user):
        return False
    known = team.memberships.filter(user=user).first()
    if known is None or not known.may(Role(invitation.role)):  # an old link takes nothing from anybody, nor the team its last administrator
        people.add_member(user, team, Role(invitation.role))
    User.objects.filter(pk=user.pk).update(team=team)
    journal.write(Deed.PERSON_JOIN, actor=user, team=team, subject=user, role=invitation.role, invitation=invitation.pk)
    return True


def gone(request: HttpRequest, email: str = "", *, setting_up: bool = False) -> HttpResponse:
    """Of two clicks the first makes the account; the second comes in by the password that it brings."""
    user, password = None, request.POST.get("password")
    if email and password:
        with suppress(ValidationError):  # too many wrong ones: it is counted as at the door itself
            user = get_adapter().authenticate(request, email=email.strip().lower(), password=password)
    if isinstance(user, User):
        return enter(request, user)
    return render(request, "account/link_gone.html", {"setting_up": setting_up}, status=410)


def enter(request: HttpRequest, user: User) -> HttpResponse:
    """Sign in through allauth, so that the session is listed, renewed and ends like any other."""
    record_authentication(request, user, method="link")
    response: HttpResponse = perform_login(request, user, redirect_url="/")
    return response
