"""Is the journal still what was written? The newest lines only: `manage.py journal verify` reads them all."""

from django.utils.translation import gettext as _

from generations import journal
from generations.health.finding import Finding, bad, ok

LATEST = 1000


def whole() -> list[Finding]:
    if flaw := journal.verify(latest=LATEST):
        return [bad("journal", flaw.sentence, repair(flaw))]
    newest = journal.head()
    if newest is None:
        return [ok("journal", _("The journal is empty and guarded."))]
    return [ok("journal", _("The journal is guarded, and its latest lines are as written, up to line {number}.").format(number=newest[0]))]


def repair(flaw: journal.Flaw) -> str:
    if flaw.kind == "unguarded":
        return _("Run manage.py journal guard, and find out who removed the guard.")
    return _("Find out who could write to the database. Run manage.py journal verify on a backup to see what was there before.")
