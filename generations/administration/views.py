from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from generations.access import site_administrator
from generations.health.checks import examine
from generations.models import ProviderAccount
from generations.web.requests import StudioRequest
from generations.web.team import without_team

SUBJECTS = {
    "database": _("Database"),
    "migrations": _("Migrations"),
    "journal": _("Journal"),
    "integrity": _("Integrity"),
    "workers": _("Workers"),
    "storage": _("Storage"),
    "settings": _("Settings"),
    "versions": _("Versions"),
}
WORST_FIRST = ["bad", "warn", "ok"]


@require_safe
@without_team
@site_administrator
def administration(request: StudioRequest) -> HttpResponse:
    findings = sorted(examine(), key=lambda finding: WORST_FIRST.index(finding.state))
    rows = [(SUBJECTS.get(finding.subject, finding.subject), finding) for finding in findings]
    return render(request, "administration/page.html", {"accounts": ProviderAccount.objects.all(), "rows": rows})
