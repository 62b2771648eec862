"""When was the studio last backed up, and where to? `manage.py backup` notes it in the journal."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from generations.health.finding import Finding, ok, warn
from generations.models import JournalLine

SUBJECT = "studio/backup"
OLD = timedelta(days=7)
HOW = "manage.py backup"


def newest() -> JournalLine | None:
    return JournalLine.objects.filter(subject=SUBJECT, deed="backup").order_by("-pk").first()


def recent() -> list[Finding]:
    line, fix = newest(), _("Run {command} every night, to another disk; docs/operating.md says how.").format(command=HOW)
    if line is None:
        return [warn("backup", _("No backup was ever made."), fix)]
    when = date_format(timezone.localtime(line.at), "DATETIME_FORMAT")
    if timezone.now() - line.at > OLD:
        return [warn("backup", _("Last backup {when}, which is long ago.").format(when=when), fix)]
    return [ok("backup", _("Last backup {when}.").format(when=when))]
