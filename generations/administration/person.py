"""One person: what they may do in the whole studio, where they are signed in, whether they may come in at all."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from generations import journal, tokens
from generations.access import site_administrator
from generations.administration.forms import JoinForm
from generations.administration.teams import let_in
from generations.dialects.outcome import Next, Sent
from generations.models import UNSENT, Generation, Role, Token, User
from generations.people import end_sessions
from generations.pipeline.choices import cancel
from generations.pipeline.trouble import LEFT, own, store
from generations.web.confirm import confirmed
from generations.web.programs import listed
from generations.web.requests import StudioRequest
from generations.web.team import without_team

ENDING = ("disable", "sign-out")

Deed = Callable[[User, User], bool]


class LastAdministrator(Exception):
    """Nobody would be left who holds the keys."""


# --- looking ---


@require_safe
@without_team
@site_administrator
def person(request: StudioRequest, pk: int) -> HttpResponse:
    return page(request, get_object_or_404(User, pk=pk))


def page(request: StudioRequest, who: User, joining: JoinForm | None = None) -> HttpResponse:
    context = {
        "who": who,
        "memberships": who.memberships.select_related("team").order_by("team__name", "pk"),
        "roles": Role.choices,
        "joining": joining or JoinForm(person=who),
        "factors": sorted(set(Authenticator.objects.filter(user=who).values_list("type", flat=True))),
        "sessions": UserSession.objects.filter(user=who).count(),
        "unsent": Generation.objects.filter(user=who, status__in=UNSENT)[:100].count(),
        "alone": not others(who).exists(),
        **listed(Token.objects.alive().filter(user=who), request.GET.get("before", "")),
    }
    return render(request, "administration/person.html", context, status=422 if joining and joining.errors else 200)


def others(who: User) -> Any:
    """Who else could put things right."""
    return User.objects.administrators().exclude(pk=who.pk)


# --- doing ---


@require_POST
@without_team
@site_administrator
@confirmed
def change_person(request: StudioRequest, pk: int, deed: str) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    if deed not in DEEDS:
        raise Http404
    make, said = DEEDS[deed]
    try:
        done = make(who, request.user)
    except LastAdministrator:
        messages.error(request, _("%(name)s is the only site administrator. Make somebody else one first.") % {"name": who})
        return redirect("person", who.pk)
    ours = who == request.user and deed in ENDING
    if ours:
        logout(request)  # a session that is gone cannot be written to
    words = said if done else gettext_lazy("Nothing to change for %(name)s: it is so already.")
    messages.success(request, str(words) % {"name": who})
    return redirect("account_login") if ours else redirect("person", who.pk)


@require_POST
@without_team
@site_administrator
@confirmed
def join_team(request: StudioRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    form = JoinForm(request.POST, person=who)
    if not form.is_valid():
        return page(request, who, form)
    team, role = form.cleaned_data["team"], Role(form.cleaned_data["role"])
    let_in(who, team, role, request.user)
    messages.success(request, _("%(name)s is in %(team)s now.") % {"name": who, "team": team})
    return redirect("person", who.pk)


@transaction.atomic
def promote(who: User, by: User) -> bool:
    done = User.objects.filter(pk=who.pk, is_superuser=False, is_active=True).update(is_superuser=True, is_staff=True)
    return told(done, who, by, administrator=True)


@transaction.atomic
def demote(who: User, by: User) -> bool:
    keep_one(who)
    done = User.objects.filter(pk=who.pk, is_superuser=True).update(is_superuser=False, is_staff=False)
    return told(done, who, by, administrator=False)


@transaction.atomic
def disable(who: User, by: User) -> bool:
    """They are out at once, and what they had in line goes with them. What was sent, and all their work, stays with their teams."""
    keep_one(who)
    if not User.objects.filter(pk=who.pk, is_active=True).update(is_active=False):
        return False
    end_sessions(who)
    cancelled, ended = drop(who), tokens.end(Token.objects.filter(user=who), by)
    told(1, who, by, active=False, cancelled=len(cancelled))
    for generation in cancelled:
        journal.write("generation.cancel", actor=by, team=generation.team, subject=generation)
    tokens.tell(ended, by)
    return True


def drop(who: User) -> list[Generation]:
    """All rows are locked before money moves, in one order."""
    rows = Generation.objects.select_for_update(no_key=True, of=("self",)).select_related("team", "user", "account")
    unsent = list(rows.filter(user=who, status__in=UNSENT).order_by("pk"))
    return [generation for generation in unsent if cancel(generation, trouble=store(own(Next.RUN_AGAIN, Sent.NO, LEFT)))]


@transaction.atomic
def enable(who: User, by: User) -> bool:
    return told(User.objects.filter(pk=who.pk, is_active=False).update(is_active=True), who, by, active=True)


@transaction.atomic
def sign_out(who: User, by: User) -> bool:
    """Also out of every program of theirs: whoever took a computer may have found a token on it."""
    end_sessions(who)
    ended = tokens.end(Token.objects.filter(user=who), by)
    journal.write("sessions.end", actor=by, subject=who)
    tokens.tell(ended, by)
    return True


@transaction.atomic
def reset_factor(who: User, by: User) -> bool:
    """For whoever has lost their telephone. Their password still counts."""
    count, _each = Authenticator.objects.filter(user=who).delete()
    return told(count, who, by, factors=count)


def told(done: int, who: User, by: User, **details: Any) -> bool:
    if done:
        journal.write("person.change", actor=by, subject=who, **details)
    return bool(done)


def keep_one(who: User) -> None:
    """Of two who end each other at the same moment the second is asked when the first is gone."""
    list(User.objects.administrators().select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if not others(who).exists():
        raise LastAdministrator


DEEDS: dict[str, tuple[Deed, Promise | str]] = {
    "promote": (promote, gettext_lazy("%(name)s is a site administrator now.")),
    "demote": (demote, gettext_lazy("%(name)s is not a site administrator any more.")),
    "disable": (disable, gettext_lazy("%(name)s cannot sign in any more. What was in line is cancelled; the work stays.")),
    "enable": (enable, gettext_lazy("%(name)s can sign in again.")),
    "sign-out": (sign_out, gettext_lazy("%(name)s is signed out everywhere.")),
    "reset-factor": (reset_factor, gettext_lazy("%(name)s has no second factor any more, and can set up a new one.")),
}
