"""Of several accounts that serve what a program asks for, the first is asked first: here an administrator says which that is."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from generations import journal
from generations.journal import Deed
from generations.models import ProviderAccount, User
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest


@administrators("POST")
def place_account(request: StudioRequest, pk: int) -> HttpResponse:
    """Before or behind a neighbour: a second click finds it there already."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    for where, behind in (("before", False), ("behind", True)):
        if (wanted := request.POST.get(where, "")) and wanted.isascii() and wanted.isdecimal():
            put(request.user, account, wanted, behind)
    messages.success(request, _("%(account)s has its place.") % {"account": account})
    return redirect("administration")


@transaction.atomic
def put(user: User, account: ProviderAccount, neighbour: str, behind: bool) -> None:
    """All of its kind are numbered anew, so that what was never put anywhere has a place as well."""
    line = in_turn(list(ProviderAccount.objects.select_for_update().filter(sandbox=account.sandbox).order_by("pk")))
    others = [one for one in line if one != account]
    at = next((place for place, one in enumerate(others) if str(one.pk) == neighbour), None)
    if at is None:
        return
    wanted = [*others[: at + behind], account, *others[at + behind :]]
    if wanted == line:
        return
    for place, one in enumerate(wanted, start=1):
        one.place = place
    ProviderAccount.objects.bulk_update(wanted, ["place"])
    journal.write(Deed.ACCOUNT_CHANGE, actor=user, subject=account, changed=["place"])


def in_turn(accounts: list[ProviderAccount]) -> list[ProviderAccount]:
    return sorted(accounts, key=lambda account: account.turn)
