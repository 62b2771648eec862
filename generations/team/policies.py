"""The rules a team works by. Of two administrators who change them at once the later is told, and overwrites nothing unseen."""

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from generations import journal
from generations.access import team_role
from generations.catalogue import ENGINES
from generations.journal import Deed
from generations.models import Draft, JournalLine, Role, Team, User
from generations.team.forms import PolicyForm
from generations.web.confirm import confirmed
from generations.web.requests import StudioRequest
from generations.web.words import moment

NAMES = {
    "private": gettext_lazy("who sees what is made"),
    "watermark": gettext_lazy("the watermark"),
    "review": gettext_lazy("what is reviewed"),
    "sealed": gettext_lazy("closed originals"),
    "prompt_travels": gettext_lazy("the prompt in copies"),
    "ask_above": gettext_lazy("what needs approval"),
    "engines": gettext_lazy("the engines"),
}
BEGUN_WITH = ("private", "watermark")  # what stands in a new request
ON = "on"
LAST = 10  # changes that are shown


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.ADMIN)
@confirmed
def policies(request: StudioRequest) -> HttpResponse:
    if request.method != "POST":
        return page(request, PolicyForm(team=request.team))
    form = PolicyForm(request.POST, team=request.team)
    if not form.is_valid():
        return page(request, form, 422, seen=request.POST.get("seen", ""))
    if not keep(request, form.cleaned_data):
        return merged(request, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("policies")


@transaction.atomic
def keep(request: StudioRequest, wanted: dict[str, Any]) -> bool:
    """False: they are not the ones any more that stood on the page."""
    team = Team.objects.select_for_update(no_key=True).get(pk=request.team.pk)
    if read(request) != values(team):
        return False
    changed = {name: wanted[name] for name in NAMES if wanted[name] != getattr(team, name)}
    if changed:
        Team.objects.filter(pk=team.pk).update(**changed)
        begin_with(team, {name: changed[name] for name in BEGUN_WITH if name in changed})
        journal.write(Deed.POLICY_CHANGE, actor=request.user, team=team, subject=team, changed=list(changed), **changed)
    return True


def begin_with(team: Team, changed: dict[str, bool]) -> None:
    """Also where a request is being written: hardly anybody ever begins with an empty form."""
    for draft in Draft.objects.filter(team=team) if changed else ():
        engine = ENGINES.get(str(draft.form.get("engine", "")).partition("@")[0])
        taken = [name for name in changed if name != "watermark" or (engine and engine.watermark is not None)]
        draft.form |= {name: ON if changed[name] else "" for name in taken}
        draft.save(update_fields=["form"])


def values(team: Team) -> dict[str, Any]:
    return {name: getattr(team, name) for name in NAMES}


def read(request: StudioRequest) -> dict[str, Any]:
    """What stood on the page when somebody began to change it."""
    try:
        found = json.loads(request.POST.get("seen", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def merged(request: StudioRequest, wanted: dict[str, Any]) -> HttpResponse:
    """What this person has changed stays as they wanted it; all else is as the other one left it."""
    request.team.refresh_from_db()
    now, before = values(request.team), read(request)
    mine = {name: wanted[name] for name in NAMES if name in before and wanted[name] != before[name]}
    return page(request, PolicyForm(team=request.team, wanted=now | mine), 409, wrong=overtaken(request.team))


def changes(team: Team, most: int = LAST) -> list[dict[str, str]]:
    """Who changed them, when, and about what: the newest first. The whole journal is for site administrators."""
    lines = list(JournalLine.objects.filter(team=team.pk, deed=Deed.POLICY_CHANGE).order_by("-pk")[:most])
    people = User.objects.in_bulk({line.actor for line in lines if line.actor})
    return [{"name": str(people[line.actor]), "about": about(line), "time": moment(line.at)} for line in lines if line.actor in people]


def about(line: JournalLine) -> str:
    return ", ".join(str(NAMES[name]) for name in line.details.get("changed", []) if name in NAMES)


def overtaken(team: Team) -> str:
    """By whom."""
    found = changes(team, 1)
    if not found:
        return _("Somebody has changed them meanwhile. Nothing of yours is saved yet: look once more, and save again.")
    return _("%(name)s changed %(about)s at %(time)s. Nothing of yours is saved yet: look once more, and save again.") % found[0]


def page(request: StudioRequest, form: PolicyForm, status: int = 200, *, seen: str = "", wrong: str = "") -> HttpResponse:
    chosen = set(form["engines"].value() or [])
    rows = [(id, name, by, id in chosen) for id, name, by in form.engine_rows]
    context = {
        "form": form,
        "rows": rows,
        "seen": seen or json.dumps(values(request.team)),
        "wrong": wrong,
        "changes": changes(request.team),
    }
    return render(request, "team/policies.html", context, status=status)
