"""When were rows, files, money and journal last compared, and what was found? `manage.py fsck` does it, and a worker every night."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.health.finding import Finding, bad, ok, warn
from generations.models import JournalLine

SUBJECT = "studio/integrity"
PATIENCE = timedelta(days=3)


def checked() -> list[Finding]:
    line = JournalLine.objects.filter(subject=SUBJECT, deed="studio.check").order_by("-pk").first()
    if line is None:
        return [ok("integrity", _("Not checked yet. That happens every night."))]
    when = date_format(timezone.localtime(line.at), "DATETIME_FORMAT")
    damage, waste = line.details["damage"], line.details["waste"]
    if damage:
        said = ngettext("Last checked {when}: {count} finding.", "Last checked {when}: {count} findings.", damage)
        fix = _("Run manage.py fsck to see what it is, and manage.py fsck --repair to put right what can be.")
        return [bad("integrity", said.format(when=when, count=damage), fix)]
    if timezone.now() - line.at > PATIENCE:
        fix = _("See that the workers run: they check every night.")
        return [warn("integrity", _("Last checked {when}, which is long ago.").format(when=when), fix)]
    return [ok("integrity", sound(when, waste))]


def sound(when: str, waste: int) -> str:
    if not waste:
        return _("Last checked {when}: nothing found.").format(when=when)
    said = ngettext(
        "Last checked {when}: nothing is damaged; {count} file belongs to nothing.",
        "Last checked {when}: nothing is damaged; {count} files belong to nothing.",
        waste,
    )
    return said.format(when=when, count=waste)
