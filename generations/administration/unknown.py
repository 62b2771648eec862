"""The inbox of what nobody knows, and what ended badly. Only a person who has seen the provider's bill can close a case."""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations import journal
from generations.administration.case import cases
from generations.journal import Deed
from generations.models import Attempt, Entry, Generation, ProviderAccount, Status, Team
from generations.pipeline import approval, choices, money, rules
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest
from generations.web.spoken import answer

PAGE = 20
MOST = 200  # accounts and teams to pick from
BAD = (Status.REFUSED, Status.FAILED, Status.EXPIRED, Status.PARTIAL)


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


@administrators("GET")
def unknown(request: StudioRequest) -> HttpResponse:
    return render(request, "administration/unknown.html", inbox(before(request)))


@administrators("GET")
def failures(request: StudioRequest) -> HttpResponse:
    picked = {name: number for name in ("account", "team") if (number := whole(request.GET.get(name, "")))}
    found = list(islice(merge(*(ended(status, before(request), picked) for status in BAD), key=lambda one: -one.generation_id), PAGE + 1))
    context = {
        **page(found, lambda one: one.generation_id),
        "accounts": ProviderAccount.objects.order_by("name", "pk").values_list("pk", "name")[:MOST],
        "teams": Team.objects.order_by("name", "pk").values_list("pk", "name")[:MOST],
        "picked": picked,
        "query": urlencode(picked),
    }
    return render(request, "administration/failures.html", context)


@administrators("GET")
def raw_answer(request: StudioRequest, pk: int) -> HttpResponse:
    attempt = get_object_or_404(Attempt.objects.select_related("account", "generation__team"), pk=pk)
    take_note(request, attempt)
    response = HttpResponse(answer(attempt), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answer-{attempt.generation_id}-{attempt.number}.txt"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@transaction.atomic
def take_note(request: StudioRequest, attempt: Attempt) -> None:
    if request.method == "GET":  # HEAD takes nothing
        told = {"attempt": attempt.number, "format": "txt"}
        journal.write(Deed.EXPORT, actor=request.user, team=attempt.generation.team, subject=attempt.generation, **told)


def inbox(last: int | None = None) -> dict[str, Any]:
    """A page of it, and what is at stake in all."""
    open = Attempt.objects.undecided()
    rows = open.filter(pk__lt=last) if last else open
    found = list(shown(rows).order_by("-pk")[: PAGE + 1])
    held = Entry.objects.filter(attempt__in=open.values("pk")).aggregate(held=money.still_held())["held"]
    return {**page(found, lambda one: one.pk), "held": held, "open": open.count(), "older": bool(last)}


def ended(status: Status, last: int | None, picked: dict[str, int]) -> QuerySet[Attempt]:
    """Each by its last attempt. One status at a time, for which there is an index."""
    newest = Attempt.objects.filter(generation=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Generation.objects.filter(status=status, **picked, **({"pk__lt": last} if last else {})).order_by("-pk")
    wanted = list(rows.annotate(newest=Subquery(newest)).values_list("newest", flat=True)[: PAGE + 1])
    return shown(Attempt.objects.filter(pk__in=wanted)).order_by("-generation")


def shown(rows: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return rows.select_related("account", "generation__user", "generation__team")


def page(found: list[Attempt], place: Callable[[Attempt], int]) -> dict[str, Any]:
    return {"cases": cases(found[:PAGE]), "next": place(found[PAGE - 1]) if len(found) > PAGE else None}


def before(request: StudioRequest) -> int | None:
    return whole(request.GET.get("before", ""))


def whole(text: str) -> int | None:
    return min(int(text[:18]), 2**62) if text.isascii() and text.isdecimal() else None


# --- deciding ---


@administrators("POST")
def decide(request: StudioRequest, pk: int, choice: str) -> HttpResponse:
    attempt = get_object_or_404(shown(Attempt.objects.all()), pk=pk)
    if choice not in CHOICES:
        raise Http404
    if choice == "send-again" and (why := forbids_again(request, attempt.generation)):
        return told(request, *why)
    try:
        done = choices.about(attempt, CHOICES[choice].make, request.user)
    except (money.OverBudget, rules.Against) as against:
        return told(request, _(against.problem.message).format(**against.problem.values), 422)
    return told(request, CHOICES[choice].said) if done else told(request, late(attempt), 409)


def forbids_again(request: StudioRequest, generation: Generation) -> tuple[str, int] | None:
    if "accept" not in request.POST:
        return _("It was not sent: accept first that it may be charged twice."), 422
    if approval.too_dear(generation, request.user):
        limit = money.format_money(generation.team.ask_above)
        return _("This costs more than %(limit)s, so a team administrator has to do it.") % {"limit": limit}, 403
    return None


def late(attempt: Attempt) -> str:
    if Generation.objects.filter(pk=attempt.generation_id, status=Status.SENDING).exists():
        return _("The studio is asking the provider just now. Look again in a few minutes.")
    return _("Somebody decided this already.")


def told(request: StudioRequest, said: str, status: int = 200) -> HttpResponse:
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    if not request.htmx:
        return redirect("unknown")
    return render(request, "administration/_inbox.html", inbox() | {"fresh": True}, status=status)
