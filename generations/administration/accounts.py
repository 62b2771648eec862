"""Provider accounts."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from generations import journal, vault
from generations.administration.cards import said
from generations.administration.engines import engine_rows, gone, instead_of
from generations.administration.forms import AccountForm, LimitsForm
from generations.connecting import way_to
from generations.journal import Deed
from generations.models import ProviderAccount, User
from generations.pipeline import gate
from generations.providers.failure import Failure
from generations.providers.probe import probe
from generations.web.addresses import safe_next
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest

MENDS = {"key", "address", "private", "dialect"}  # a new one may be what was missing


@administrators("GET", "POST", confirm=True)
def add_account(request: StudioRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            account = form.keep()
            journal.write(Deed.ACCOUNT_ADD, actor=request.user, subject=account, dialect=account.dialect)
        messages.success(request, _("%(account)s was added.") % {"account": account})
        return redirect("account_page", account.pk)
    return render(request, "administration/account.html", {"form": form}, status=422 if form.errors else 200)


@administrators("GET", "POST", confirm=True)
def account_page(request: StudioRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(ProviderAccount, pk=pk)
    form = (LimitsForm if account.sandbox else AccountForm)(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        keep_changes(request.user, form, account)
        messages.success(request, _("Saved."))
        return redirect("account_page", account.pk)
    context = {"form": form, "account": account, **standing(account)}
    return render(request, "administration/account.html", context, status=422 if form.errors else 200)


def standing(account: ProviderAccount) -> dict[str, Any]:
    """Its engines, and why nothing goes out to it now."""
    rows, held_up = engine_rows(account), gate.reason(account, timezone.now())
    return {
        "rows": rows,
        "gone": gone(account),
        "instead": instead_of(),
        "currency": settings.CURRENCY,
        "priceless": any(row.enabled and row.priceless for row in rows),
        "held_up": said(held_up[0]) if held_up else "",
    }


@transaction.atomic
def keep_changes(user: User, form: AccountForm | LimitsForm, account: ProviderAccount) -> None:
    form.keep()
    if MENDS & set(form.changed_data):
        gate.open_gate(account, timezone.now())
    if changed := [name for name in form.changed_data if name != "key"]:
        journal.write(Deed.ACCOUNT_CHANGE, actor=user, subject=account, changed=changed)
    if "key" in form.changed_data:
        journal.write(Deed.KEY_CHANGE, actor=user, subject=account)


@administrators("POST")
def try_key(request: StudioRequest, pk: int) -> HttpResponse:
    """With a call that costs nothing, where the provider has one; otherwise it is said that there is none."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    try:
        with way_to(account) as way:
            good, sentence, theirs = probe(account.dialect, way)
    except Failure as failure:
        good, sentence, theirs = False, _("The provider could not be reached."), _(failure.message).format(**failure.values)
    except vault.Unreadable as problem:
        good, sentence, theirs = False, _("The key cannot be read."), str(problem)
    level = {True: messages.SUCCESS, False: messages.ERROR, None: messages.INFO}[good]
    messages.add_message(request, level, f"{_(sentence)} {theirs}".strip())
    return redirect("account_page", account.pk)


@administrators("POST")
def switch_account(request: StudioRequest, pk: int) -> HttpResponse:
    """On or off. Several clicks land on what the last form said, not on the opposite of whatever was there."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    wanted = request.POST.get("enabled") == "on"
    if account.enabled != wanted:
        switch(request.user, account, wanted)
    sentence = _("%(account)s is switched on.") if account.enabled else _("%(account)s is switched off.")
    messages.success(request, sentence % {"account": account})
    if request.htmx:
        return render(request, "administration/_switch.html", {"account": account})
    return redirect(safe_next(request, "administration"))


@transaction.atomic
def switch(user: User, account: ProviderAccount, on: bool) -> None:
    account.enabled = on
    account.save(update_fields=["enabled"])
    if on:
        gate.open_gate(account, timezone.now())
    journal.write(Deed.ACCOUNT_CHANGE, actor=user, subject=account, changed=["enabled"], enabled=on)


@administrators("POST")
def pause(request: StudioRequest, pk: int) -> HttpResponse:
    """Its engines stay on offer, and what is asked for waits in line."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    with transaction.atomic():
        gate.pause(account)
        journal.write(Deed.ACCOUNT_CHANGE, actor=request.user, subject=account, changed=["gate"], paused=True)
    messages.success(request, _("%(account)s is paused. What is asked for waits.") % {"account": account})
    return redirect("account_page", account.pk)


@administrators("POST")
def reopen(request: StudioRequest, pk: int) -> HttpResponse:
    """Whatever closed it has been mended: requests go out again."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    with transaction.atomic():
        gate.open_gate(account, timezone.now())
        journal.write(Deed.ACCOUNT_CHANGE, actor=request.user, subject=account, changed=["gate"])
    messages.success(request, _("Requests to %(account)s go out again.") % {"account": account})
    return redirect("account_page", account.pk)
