from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from generations.access import site_administrator
from generations.health.checks import examine
from generations.models import ProviderAccount
from generations.web.requests import StudioRequest
from generations.web.team import without_team

SUBJECTS = {
    "database": gettext_lazy("Database"),
    "migrations": gettext_lazy("Migrations"),
    "workers": gettext_lazy("Workers"),
    "storage": gettext_lazy("Storage"),
    "settings": gettext_lazy("Settings"),
    "versions": gettext_lazy("Versions"),
}
WORST_FIRST = ["bad", "warn", "ok"]


@require_safe
@without_team
@site_administrator
def administration(request: StudioRequest) -> HttpResponse:
    findings = sorted(examine(), key=lambda finding: WORST_FIRST.index(finding.state))
    rows = [(SUBJECTS.get(finding.subject, finding.subject), finding) for finding in findings]
    return render(request, "administration/page.html", {"accounts": ProviderAccount.objects.all(), "rows": rows})


@require_POST
@without_team
@site_administrator
def switch_account(request: StudioRequest, pk: int) -> HttpResponse:
    """On or off. Several clicks land on what the last form said, not on the opposite of whatever was there."""
    account = get_object_or_404(ProviderAccount, pk=pk)
    account.enabled = request.POST.get("enabled") == "on"
    account.save(update_fields=["enabled"])
    sentence = _("%(account)s is switched on.") if account.enabled else _("%(account)s is switched off.")
    messages.success(request, sentence % {"account": account})
    if request.htmx:
        return render(request, "administration/_account.html", {"account": account})
    return redirect("administration")
