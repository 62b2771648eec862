"""Templates for prompts: one's own and the team's."""

from django import forms
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from generations.access import team_role
from generations.compose import drafts
from generations.compose.composer import Composer
from generations.compose.filled import Filled
from generations.compose.memory import Memory
from generations.compose.opening import begun, settle
from generations.compose.page import answer
from generations.compose.patterns import STARTERS, Starter, fill, places, starter
from generations.models import PromptTemplate, Role
from generations.web.requests import StudioRequest

PAGE = 50
LONGEST = 10_000  # as long as the longest prompt


class TemplateForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Words in braces are asked for each time."),
    )
    shared = forms.BooleanField(label=gettext_lazy("For the whole team"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.DESIGNER)
def templates(request: StudioRequest) -> HttpResponse:
    """All of them; and a new one, with what stands in the composer to begin with."""
    if request.method == "POST":
        return add(request, TemplateForm(request.POST))
    draft = drafts.find(request.user, request.team)
    return listing(request, TemplateForm(initial={"text": draft.prompt if draft else ""}))


def add(request: StudioRequest, form: TemplateForm) -> HttpResponse:
    if form.is_valid() and keep(form, PromptTemplate(team=request.team, user=request.user)):
        return listing(request, TemplateForm()) if request.htmx else redirect("templates")
    return listing(request, form, 422)


def keep(form: TemplateForm, template: PromptTemplate) -> bool:
    for name, value in form.cleaned_data.items():
        setattr(template, name, value)
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError:
        form.add_error("name", _("There is a template of this name already."))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.DESIGNER)
def template(request: StudioRequest, pk: str) -> HttpResponse:
    """One of them: what it asks for, and its words for whoever may change them."""
    found = find(request, pk)
    if request.method == "HEAD" or request.method == "GET":
        return one(request, found, form_of(found))
    form = TemplateForm(request.POST)
    if form.is_valid() and keep(form, mine(request, pk)):
        return listing(request, TemplateForm()) if request.htmx else redirect("templates")
    return one(request, found, form, 422)


@require_POST
@team_role(Role.DESIGNER)
def delete_template(request: StudioRequest, pk: str) -> HttpResponse:
    mine(request, pk).delete()
    return listing(request, TemplateForm()) if request.htmx else redirect("templates")


@require_POST
@team_role(Role.DESIGNER)
def use_template(request: StudioRequest, pk: str) -> HttpResponse:
    """Into the prompt, whose former words an Undo brings back."""
    found = find(request, pk)
    text = str(found.text)
    asked = places(text)
    values = {name: request.POST.get(f"place-{number}", "").strip() for number, name in enumerate(asked)}
    if asked and not any(f"place-{number}" in request.POST for number in range(len(asked))):
        return one(request, found, form_of(found))
    filled = Filled.posted(request.POST) if "prompt" in request.POST else begun(request)
    memory = Memory.of(_("The prompt is from “%(name)s”.") % {"name": found.name}, filled, "prompt", "batch")
    settled = settle(request, filled.with_(prompt=fill(text, values), batch=""))
    composer = Composer(request, settled.filled, memory)
    composer.keep()
    return answer(request, composer, whole=True) if request.htmx else redirect("compose")


# --- who may ---


def visible(request: StudioRequest) -> QuerySet[PromptTemplate]:
    found = PromptTemplate.objects.filter(team=request.team).filter(Q(user=request.user) | Q(shared=True))
    return found.select_related("user").order_by("name", "pk")


def find(request: StudioRequest, pk: str) -> PromptTemplate | Starter:
    if written := starter(pk):
        return written
    return get_object_or_404(visible(request), pk=number(pk))


def mine(request: StudioRequest, pk: str) -> PromptTemplate:
    """To change: one's own, and for team administrators every shared one."""
    found = visible(request)
    return get_object_or_404(found if request.membership.may(Role.ADMIN) else found.filter(user=request.user), pk=number(pk))


def number(pk: str) -> int:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        raise Http404
    return int(pk)


# --- answering ---


def listing(request: StudioRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
    name = "compose/_templates.html" if request.htmx else "compose/templates.html"
    after = request.GET.get("after", "")
    found = list(following(visible(request), after)[: PAGE + 1])
    further = found[PAGE - 1].pk if len(found) > PAGE else None
    context = {"form": form, "templates": found[:PAGE], "further": further, "starters": () if after else STARTERS}
    return render(request, name, context, status=status)


def following(found: QuerySet[PromptTemplate], after: str) -> QuerySet[PromptTemplate]:
    """What comes after one of them, by name."""
    last = found.filter(pk=int(after)).first() if after.isascii() and after.isdecimal() and len(after) < 19 else None
    return found.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)) if last else found


def one(request: StudioRequest, found: PromptTemplate | Starter, form: TemplateForm, status: int = 200) -> HttpResponse:
    name = "compose/_template.html" if request.htmx else "compose/template.html"
    own = isinstance(found, PromptTemplate) and (found.user == request.user or request.membership.may(Role.ADMIN))
    return render(request, name, {"template": found, "asked": places(str(found.text)), "form": form, "own": own}, status=status)


def form_of(found: PromptTemplate | Starter) -> TemplateForm:
    return TemplateForm(initial={"name": found.name, "text": found.text, "shared": found.shared})
