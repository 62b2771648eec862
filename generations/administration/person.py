"""One person: what they may do in the whole studio, where they are signed in, whether they may come in at all."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations import standing
from generations.administration.forms import JoinForm
from generations.administration.teams import let_in
from generations.models import UNSENT, Generation, Role, Token, User
from generations.web.administrators import administrators
from generations.web.programs import listed
from generations.web.requests import StudioRequest

ENDING = ("disable", "sign-out")

Change = Callable[[User, User], bool]


# --- looking ---


@administrators("GET")
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
        "alone": not standing.others(who).exists(),
        **listed(Token.objects.alive().filter(user=who), request.GET.get("before", "")),
    }
    return render(request, "administration/person.html", context, status=422 if joining and joining.errors else 200)


# --- doing ---


@administrators("POST", confirm=True)
def change_person(request: StudioRequest, pk: int, deed: str) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    if deed not in DEEDS:
        raise Http404
    make, said = DEEDS[deed]
    try:
        done = make(who, request.user)
    except standing.LastAdministrator:
        messages.error(request, _("%(name)s is the only site administrator. Make somebody else one first.") % {"name": who})
        return redirect("person", who.pk)
    ours = who == request.user and deed in ENDING
    if ours:
        logout(request)  # a session that is gone cannot be written to
    words = said if done else gettext_lazy("Nothing to change for %(name)s: it is so already.")
    messages.success(request, str(words) % {"name": who})
    return redirect("account_login") if ours else redirect("person", who.pk)


@administrators("POST", confirm=True)
def join_team(request: StudioRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    form = JoinForm(request.POST, person=who)
    if not form.is_valid():
        return page(request, who, form)
    team, role = form.cleaned_data["team"], Role(form.cleaned_data["role"])
    let_in(who, team, role, request.user)
    messages.success(request, _("%(name)s is in %(team)s now.") % {"name": who, "team": team})
    return redirect("person", who.pk)


DEEDS: dict[str, tuple[Change, Promise | str]] = {
    "promote": (standing.promote, gettext_lazy("%(name)s is a site administrator now.")),
    "demote": (standing.demote, gettext_lazy("%(name)s is not a site administrator any more.")),
    "disable": (standing.disable, gettext_lazy("%(name)s cannot sign in any more. What was in line is cancelled; the work stays.")),
    "enable": (standing.enable, gettext_lazy("%(name)s can sign in again.")),
    "sign-out": (standing.sign_out, gettext_lazy("%(name)s is signed out everywhere.")),
    "reset-factor": (standing.reset_factor, gettext_lazy("%(name)s has no second factor any more, and can set up a new one.")),
}
