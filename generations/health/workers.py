"""Does anybody do the work? The queue's own status says “alive” when it is wedged, so only work really done counts."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations import jobs
from generations.health.finding import Finding, bad, ok, warn
from generations.models import Heartbeat

PATIENCE = timedelta(seconds=30)
CROWD = 1000


def heartbeat() -> list[Finding]:
    silence = Heartbeat.silence()
    fix = _("Start the workers: manage.py up, or manage.py qcluster on a machine of their own. Their log says why they stopped.")
    if silence is None:
        return [bad("workers", _("No worker has ever reported."), fix)]
    if silence > PATIENCE:
        return [bad("workers", _("No worker has done anything for {time}.").format(time=spelled(silence)), fix)]
    return [ok("workers", _("Workers are at work."))]


def queue() -> list[Finding]:
    waiting = jobs.waiting()
    sentence = ngettext("{count} message waits in the queue.", "{count} messages wait in the queue.", waiting).format(count=waiting)
    if waiting > CROWD:
        return [warn("workers", sentence, _("Raise STUDIO_WORKERS, or start workers on another machine."))]
    return [ok("workers", sentence)]


def spelled(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    if seconds < 120:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    if seconds < 7200:
        return ngettext("{count} minute", "{count} minutes", seconds // 60).format(count=seconds // 60)
    return ngettext("{count} hour", "{count} hours", seconds // 3600).format(count=seconds // 3600)
