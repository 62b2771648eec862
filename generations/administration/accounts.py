"""Provider accounts and the engines they serve."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from generations import journal, vault
from generations.access import site_administrator
from generations.administration.forms import AccountForm
from generations.catalogue.engine import Engine
from generations.connecting import engines_of, way_to
from generations.models import EngineChoice, ProviderAccount, User
from generations.providers.failure import Failure
from generations.providers.probe import probe
from generations.web.requests import StudioRequest
from generations.web.team import without_team

LONGEST_NAME = 120


@dataclass(frozen=True)
class Row:
    """An engine as the catalogue has it, and what was decided about it here."""

    engine: Engine
    enabled: bool = True
    wire_id: str = ""

    @property
    def field(self) -> str:
        return self.engine.id.partition("/")[2]


@require_http_methods(["GET", "HEAD", "POST"])
@without_team
@site_administrator
def add_account(request: StudioRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            account = form.keep()
            journal.write("account.add", actor=request.user, subject=account, dialect=account.dialect)
        messages.success(request, _("%(account)s was added.") % {"account": account})
        return redirect("account_page", account.pk)
    return render(request, "administration/account.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@without_team
@site_administrator
def account_page(request: StudioRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(ProviderAccount, pk=pk)
    form = None if account.sandbox else AccountForm(request.POST or None, account=account)
    if request.method == "POST" and form and form.is_valid():
        keep_changes(request.user, form, account)
        messages.success(request, _("Saved."))
        return redirect("account_page", account.pk)
    context = {"form": form, "account": account, "rows": engine_rows(account)}
    return render(request, "administration/account.html", context, status=422 if form and form.errors else 200)


@transaction.atomic
def keep_changes(user: User, form: AccountForm, account: ProviderAccount) -> None:
    form.keep()
    if changed := [name for name in form.changed_data if name != "key"]:
        journal.write("account.change", actor=user, subject=account, changed=changed)
    if "key" in form.changed_data:
        journal.write("key.change", actor=user, subject=account)


@require_POST
@without_team
@site_administrator
def choose_engines(request: StudioRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(ProviderAccount, pk=pk)
    changes: dict[str, dict[str, Any]] = {}
    for row in engine_rows(account):
        enabled, wire_id = f"{row.field}-on" in request.POST, request.POST.get(f"{row.field}-wire", "").strip()
        if len(wire_id) > LONGEST_NAME or not wire_id.isprintable():
            messages.error(
                request, _("The wire name of %(engine)s is too long or has characters that cannot be sent.") % {"engine": row.engine.name}
            )
            continue
        decided = {"enabled": enabled, "wire_id": "" if wire_id == row.engine.wire_id else wire_id}
        if decided != {"enabled": row.enabled, "wire_id": row.wire_id}:
            changes[row.engine.id] = decided
    keep_choices(request.user, account, changes)
    messages.success(request, _("Saved."))
    return redirect("account_page", account.pk)


@transaction.atomic
def keep_choices(user: User, account: ProviderAccount, changes: dict[str, dict[str, Any]]) -> None:
    for engine, decided in changes.items():
        EngineChoice.objects.update_or_create(account=account, engine=engine, defaults=decided)
    for engine, decided in changes.items():
        journal.write("engine.change", actor=user, subject=account, engine=engine, enabled=decided["enabled"])


@require_POST
@without_team
@site_administrator
def try_key(request: StudioRequest, pk: int) -> HttpResponse:
    """With a call that costs nothing, where the provider has one; otherwise it is said that there is none."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    try:
        with way_to(account) as way:
            good, sentence, said = probe(account.dialect, way)
    except Failure as failure:
        good, sentence, said = False, _("The provider could not be reached."), _(failure.message).format(**failure.values)
    except vault.Unreadable as problem:
        good, sentence, said = False, _("The key cannot be read."), str(problem)
    level = {True: messages.SUCCESS, False: messages.ERROR, None: messages.INFO}[good]
    messages.add_message(request, level, f"{_(sentence)} {said}".strip())
    return redirect("account_page", account.pk)


@require_POST
@without_team
@site_administrator
def switch_account(request: StudioRequest, pk: int) -> HttpResponse:
    """On or off. Several clicks land on what the last form said, not on the opposite of whatever was there."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    wanted = request.POST.get("enabled") == "on"
    if account.enabled != wanted:
        switch(request.user, account, wanted)
    sentence = _("%(account)s is switched on.") if account.enabled else _("%(account)s is switched off.")
    messages.success(request, sentence % {"account": account})
    if request.htmx:
        return render(request, "administration/_account.html", {"account": account})
    return redirect("administration")


@transaction.atomic
def switch(user: User, account: ProviderAccount, on: bool) -> None:
    account.enabled = on
    account.save(update_fields=["enabled"])
    journal.write("account.change", actor=user, subject=account, changed=["enabled"], enabled=on)


def engine_rows(account: ProviderAccount) -> list[Row]:
    chosen = {choice.engine: choice for choice in account.choices.all()}
    return [
        Row(engine, chosen[engine.id].enabled, chosen[engine.id].wire_id) if engine.id in chosen else Row(engine)
        for engine in engines_of(account)
    ]
