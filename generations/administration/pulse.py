"""Four figures that say whether the studio is sound. None of them is counted for the page: they are kept, or found by an index."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.administration.forecast import Forecast
from generations.health import backups
from generations.health.workers import PATIENCE
from generations.models import AT_PROVIDER, Generation, Heartbeat, Status, Stock
from generations.web.words import NO_BREAK, moment, size

LATE = timedelta(minutes=2)  # for something that is due


@dataclass(frozen=True)
class Figure:
    label: str
    text: str
    hint: str
    state: str = ""


def figures() -> list[Figure]:
    forecast = Forecast.now()
    return [books(forecast.newest), work(timezone.now()), backup(), room(forecast)]


def books(newest: Stock | None) -> Figure:
    label = _("Delivered, stored, missing")
    if newest is None:
        return Figure(label, "–", _("Counted every night; not yet."))
    text = " · ".join(f"{count:,}" for count in (newest.delivered, newest.stored, newest.missing))
    hint = _("%(share)s of the files read again and hashed, last at %(time)s")
    return Figure(label, text, hint % {"share": f"{newest.sample}{NO_BREAK}%", "time": moment(newest.at)}, "bad" if newest.missing else "")


def work(now: datetime) -> Figure:
    due = Generation.objects.filter(due_at__isnull=False)
    flying, line = Q(status__in=AT_PROVIDER), Q(status=Status.QUEUED)
    found = due.aggregate(oldest=Min("due_at"), flying=Count("pk", filter=flying), line=Count("pk", filter=line))
    alive = Heartbeat.objects.filter(beat_at__gt=now - PATIENCE).count()
    age = max(timedelta(), now - found["oldest"]) if found["oldest"] else timedelta()
    said = _("%(flying)s in flight, %(line)s in line") % found
    workers = ngettext("%(n)s worker alive", "%(n)s workers alive", alive) % {"n": alive}
    state = "bad" if not alive else "warn" if age > LATE else ""
    return Figure(_("Oldest due request"), spelled(age) if found["oldest"] else _("None"), f"{said}, {workers}", state)


def spelled(age: timedelta) -> str:
    seconds = int(age.total_seconds())
    if seconds < 600:
        return f"{seconds}{NO_BREAK}s"
    return f"{seconds // 60}{NO_BREAK}min" if seconds < 7200 else f"{seconds // 3600}{NO_BREAK}h"


def backup() -> Figure:
    line, how = backups.newest(), _("Run %(command)s every night.") % {"command": backups.HOW}
    if line is None:
        return Figure(_("Last backup"), _("None yet"), how, "warn")
    age = timezone.now() - line.at
    hint = _("%(size)s in %(place)s") % {"size": size(line.details["bytes"]), "place": line.details.get("place", line.details["made"])}
    if age > backups.OLD:
        return Figure(_("Last backup"), ago(age), f"{hint}. {how}", "warn")
    return Figure(_("Last backup"), ago(age), hint)


def ago(age: timedelta) -> str:
    if age < timedelta(days=2):
        return _("%(time)s ago") % {"time": spelled(age)}
    return ngettext("%(n)s day ago", "%(n)s days ago", age.days) % {"n": age.days}


def room(forecast: Forecast) -> Figure:
    used = size(forecast.newest.bytes) if forecast.newest else "–"
    if forecast.total is None:
        return Figure(_("Storage"), used, _("in the bucket %(name)s") % {"name": settings.STORAGE})
    hint = _("%(free)s free of %(total)s") % {"free": size(forecast.free), "total": size(forecast.total)}
    return Figure(_("Storage"), used, ", ".join(filter(None, [hint, forecast.pace])), forecast.state)
