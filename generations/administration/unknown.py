"""The inbox of what nobody knows, and what ended badly. Only a person who has seen the provider's bill can close a case."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from generations.access import site_administrator
from generations.administration.case import cases
from generations.models import Attempt, Entry, Generation, Status
from generations.pipeline import choices, money
from generations.web.requests import StudioRequest
from generations.web.spoken import answer
from generations.web.team import without_team

PAGE = 20
BAD = (Status.REFUSED, Status.FAILED, Status.EXPIRED)


@dataclass(frozen=True)
class Choice:
    make: choices.Choice
    said: Any


CHOICES = {
    "check": Choice(choices.check_again, gettext_lazy("The provider is asked again.")),
    "came": Choice(choices.came, gettext_lazy("Noted: it was charged.")),
    "not-came": Choice(choices.not_came, gettext_lazy("Noted: it was not charged.")),
    "send-again": Choice(choices.send_again, gettext_lazy("It is sent again. The first attempt may still be charged.")),
}


# --- looking ---


@require_safe
@without_team
@site_administrator
def unknown(request: StudioRequest) -> HttpResponse:
    return render(request, "administration/unknown.html", inbox(before(request)))


@require_safe
@without_team
@site_administrator
def failures(request: StudioRequest) -> HttpResponse:
    found = list(islice(merge(*(ended(status, before(request)) for status in BAD), key=lambda one: -one.generation_id), PAGE + 1))
    return render(request, "administration/failures.html", page(found, lambda one: one.generation_id))


@require_safe
@without_team
@site_administrator
def raw_answer(request: StudioRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(Attempt.objects.select_related("account"), pk=pk)
    response = HttpResponse(answer(attempt), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answer-{attempt.generation_id}-{attempt.number}.txt"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def inbox(last: int | None = None) -> dict[str, Any]:
    """A page of it, and what is at stake in all."""
    open = Attempt.objects.undecided()
    rows = open.filter(pk__lt=last) if last else open
    found = list(shown(rows).order_by("-pk")[: PAGE + 1])
    held = Entry.objects.filter(attempt__in=open.values("pk")).aggregate(held=money.still_held())["held"]
    return {**page(found, lambda one: one.pk), "held": held, "open": open.count(), "older": bool(last)}


def ended(status: Status, last: int | None) -> QuerySet[Attempt]:
    """Each by its last attempt. One status at a time, for which there is an index."""
    newest = Attempt.objects.filter(generation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Generation.objects.filter(status=status, **({"pk__lt": last} if last else {})).order_by("-pk")
    wanted = list(rows.annotate(newest=Subquery(newest)).values_list("newest", flat=True)[: PAGE + 1])
    return shown(Attempt.objects.filter(pk__in=wanted)).order_by("-generation")


def shown(rows: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return rows.select_related("account", "generation__user", "generation__team")


def page(found: list[Attempt], place: Callable[[Attempt], int]) -> dict[str, Any]:
    return {"cases": cases(found[:PAGE]), "next": place(found[PAGE - 1]) if len(found) > PAGE else None}


def before(request: StudioRequest) -> int | None:
    text = request.GET.get("before", "")
    return min(int(text[:18]), 2**62) if text.isascii() and text.isdecimal() else None


# --- deciding ---


@require_POST
@without_team
@site_administrator
def decide(request: StudioRequest, pk: int, choice: str) -> HttpResponse:
    attempt = get_object_or_404(Attempt, pk=pk)
    if choice not in CHOICES:
        raise Http404
    if choice == "send-again" and "accept" not in request.POST:
        return told(request, _("It was not sent: accept first that it may be charged twice."), 422)
    try:
        done = choices.about(attempt, CHOICES[choice].make, request.user)
    except money.OverBudget as over:
        return told(request, _(over.problem.message).format(**over.problem.values), 422)
    return told(request, CHOICES[choice].said) if done else told(request, _("Somebody decided this already."), 409)


def told(request: StudioRequest, said: str, status: int = 200) -> HttpResponse:
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    if not request.htmx:
        return redirect("unknown")
    return render(request, "administration/_inbox.html", inbox() | {"fresh": True}, status=status)
