"""Requests that wait until somebody says that they may cost what they cost."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from generations import journal
from generations.access import team_role
from generations.catalogue import get_engine
from generations.journal import Deed
from generations.models import Generation, JournalLine, Role, Status, Upload, User
from generations.pipeline import approval
from generations.pipeline.budget import left
from generations.pipeline.money import format_money
from generations.pipeline.rules import against_team
from generations.team.forms import ReasonForm
from generations.team.page import number
from generations.web.requests import StudioRequest
from generations.web.words import moment, pixels, visible

PAGE = 20


@dataclass(frozen=True)
class Ask:
    generation: Generation
    together: int  # requests of the same click that wait too
    form: ReasonForm | None = None  # a reason that was none

    @property
    def prompt(self) -> str:
        return visible(self.generation.prompt)

    @property
    def engine(self) -> str:
        known = get_engine(self.generation.engine)
        return known.name if known else self.generation.engine

    @property
    def size(self) -> str:
        generation, asked = self.generation, self.generation.request
        measured = pixels(generation.width, generation.height) if generation.width else ""
        return " · ".join(filter(None, [asked.get("ratio"), asked.get("tier"), measured]))

    @cached_property
    def references(self) -> list[Upload]:
        return [one.upload for one in self.generation.references.all()]

    @property
    def when(self) -> str:
        return moment(self.generation.created_at)


@require_safe
@team_role(Role.ADMIN)
def spending(request: StudioRequest) -> HttpResponse:
    return page(request)


@require_POST
@team_role(Role.ADMIN)
def allow_spending(request: StudioRequest, uid: UUID) -> HttpResponse:
    """One, or all that were sent with the same click."""
    generation = find(request, uid)
    for problem in against_team(request.team):
        return told(request, _(problem.message).format(**problem.values), 422)
    wanted = [generation]
    if "together" in request.POST and generation.batch:
        wanted = list(approval.asking(request.team).filter(batch=generation.batch))
    done = [one for one in wanted if approval.allow(one, request.user)]
    if not done:
        return told(request, decided(generation), 409)
    held = format_money(sum(one.held for one in done))
    said = ngettext("%(n)s request is in line, %(held)s held.", "%(n)s requests are in line, %(held)s held.", len(done))
    return told(request, said % {"n": len(done), "held": held})


@require_POST
@team_role(Role.ADMIN)
def decline_spending(request: StudioRequest, uid: UUID) -> HttpResponse:
    generation, form = find(request, uid), ReasonForm(request.POST)
    if generation.status != Status.ASKING:
        return told(request, decided(generation), 409)
    if not form.is_valid():
        return page(request, 422, generation, form)
    if not approval.decline(generation, request.user, form.cleaned_data["reason"]):
        return told(request, decided(generation), 409)
    return told(request, _("Declined. What was held is released, and %(name)s reads why.") % {"name": generation.user})


def find(request: StudioRequest, uid: UUID) -> Generation:
    """Also one that is decided already: whoever comes second is told by whom."""
    return get_object_or_404(Generation.objects.select_related("team", "user", "account"), uid=uid, team=request.team)


def decided(generation: Generation) -> str:
    """By whom, and when."""
    deeds = (Deed.SPEND_ALLOW, Deed.SPEND_DECLINE, Deed.GENERATION_CANCEL)
    line = JournalLine.objects.filter(subject=journal.named(generation), deed__in=deeds).order_by("-pk").first()
    who = User.objects.filter(pk=line.actor or 0).first() if line else None
    if line is None or who is None:
        return _("This does not wait for approval any more.")
    values = {"name": who, "time": moment(line.at)}
    return {
        Deed.SPEND_ALLOW: _("%(name)s has allowed it already, at %(time)s."),
        Deed.SPEND_DECLINE: _("%(name)s has declined it already, at %(time)s."),
        Deed.GENERATION_CANCEL: _("%(name)s has withdrawn it, at %(time)s."),
    }[Deed(line.deed)] % values


# --- answering ---


def told(request: StudioRequest, said: str, status: int = 200) -> HttpResponse:
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    return redirect("spending") if status == 200 and not request.htmx else page(request, status)


def page(request: StudioRequest, status: int = 200, wrong: Generation | None = None, form: ReasonForm | None = None) -> HttpResponse:
    name = "team/_spending.html" if request.htmx else "team/spending.html"
    rows = approval.asking(request.team).select_related("user", "account").prefetch_related("references__upload")
    after = number(request.GET.get("after", ""))
    found = list((rows.filter(pk__gt=after) if after else rows)[: PAGE + 1])
    context = {
        "asks": asks(found[:PAGE], wrong, form),
        "further": found[PAGE - 1].pk if len(found) > PAGE else None,
        "later": bool(after),
        "left": left(request.team, request.user),
        "fresh": bool(request.htmx),
    }
    return render(request, name, context, status=status)


def asks(found: list[Generation], wrong: Generation | None, form: ReasonForm | None) -> list[Ask]:
    batches = {one.batch for one in found if one.batch}
    waiting = Generation.objects.filter(batch__in=batches, status=Status.ASKING).order_by() if batches else Generation.objects.none()
    counts: dict[UUID | None, int] = dict(waiting.values_list("batch").annotate(Count("pk")))
    return [Ask(one, counts.get(one.batch, 1), form if one == wrong else None) for one in found]
