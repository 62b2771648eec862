"""Every check, in reading order. A check that breaks is a finding too."""

import logging
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from generations.health import backups, configuration, database, integrity, journal, storage, versions, workers
from generations.health.finding import Finding, bad

Check = Callable[[], list[Finding]]
Steps = list[tuple[str, Check]]

log = logging.getLogger("studio.health")

ALL: Steps = [
    ("storage", storage.folders),
    ("storage", storage.space),
    ("storage", storage.secrets),
    ("settings", configuration.slips),
    ("settings", configuration.address),
    ("settings", configuration.hosts),
    ("settings", configuration.debug),
    ("settings", configuration.mail),
    ("versions", versions.python),
    ("versions", versions.packages),
    ("database", database.answer),
    ("database", database.engine),
    ("migrations", database.migrations),
    ("journal", journal.whole),
    ("integrity", integrity.checked),
    ("backup", backups.recent),
    ("workers", workers.heartbeat),
    ("workers", workers.queue),
]
# What comes after one of these cannot do better than it: one cause, one finding.
GROUND: list[Check] = [database.answer, database.migrations]


def examine(steps: Steps = ALL) -> Iterator[Finding]:
    for subject, check in steps:
        found = run(subject, check)
        yield from found
        if check in GROUND and any(finding.state == "bad" for finding in found):
            return


def run(subject: str, check: Check) -> list[Finding]:
    try:
        return check()
    except Exception as error:
        log.exception("The check of %s broke.", subject)
        return [bad(subject, _("A check could not be made."), f"{type(error).__name__}: {error}")]
