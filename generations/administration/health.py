"""What the checks found, who is at work, and how the studio is set up; secrets are only said to be set."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.health.checks import examine
from generations.health.workers import PATIENCE
from generations.models import Driver, Heartbeat
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest
from studio.settings import env

SUBJECTS = {
    "database": _("Database"),
    "migrations": _("Migrations"),
    "journal": _("Journal"),
    "integrity": _("Integrity"),
    "backup": _("Backup"),
    "workers": _("Workers"),
    "storage": _("Storage"),
    "settings": _("Settings"),
    "versions": _("Versions"),
}
WORST_FIRST = ["bad", "warn", "ok"]
RECENT, CROWD = timedelta(hours=1), 50


@administrators("GET")
def health(request: StudioRequest) -> HttpResponse:
    findings = sorted(examine(), key=lambda finding: WORST_FIRST.index(finding.state))
    now = timezone.now()
    beats = Heartbeat.objects.filter(beat_at__gt=now - RECENT).order_by("-beat_at")[:CROWD]
    context = {
        "rows": [(SUBJECTS.get(finding.subject, finding.subject), finding) for finding in findings],
        "beats": [(beat.name, beat.beat_at, now - beat.beat_at < PATIENCE) for beat in beats],
        "drivers": Driver.objects.alive().exclude(process=0).count(),
        "version": settings.VERSION,
        "database": connection.display_name,
        "readings": sorted(env.readings.values(), key=lambda reading: reading.name),
    }
    return render(request, "administration/health.html", context)
