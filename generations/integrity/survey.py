"""All of it, once through; and what is kept of it, for whoever asks when the studio was last looked after."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from generations import journal
from generations.health.integrity import SUBJECT
from generations.integrity import attempts, books, decisions, left, pictures, references, rows, tallies
from generations.integrity.finding import WASTE, Finding, Kind
from generations.integrity.share import Share
from generations.journal import Deed
from generations.media.store import store
from generations.models import Image

CROWD = 20

log = logging.getLogger("studio.integrity")

Tell = Callable[[Finding, bool], object]
Pulse = Callable[[], object]  # called again and again: whoever watches us sees that we live


class CannotCheck(Exception):
    """What would be found would not be true."""


@dataclass(frozen=True)
class Leave:
    """What the one who asks allows."""

    repair: bool = False
    delete: bool = False

    def gives(self, finding: Finding) -> bool:
        return self.delete if finding.deletes else self.repair


@dataclass
class Tally:
    found: Counter[Kind] = field(default_factory=Counter)
    mended: Counter[Kind] = field(default_factory=Counter)

    @property
    def open(self) -> Counter[Kind]:
        return self.found - self.mended

    @property
    def damage(self) -> int:
        return sum(count for kind, count in self.open.items() if kind not in WASTE)

    @property
    def waste(self) -> int:
        return self.open.total() - self.damage


def survey(share: Share, pulse: Pulse = lambda: None) -> Iterator[Finding]:
    now = timezone.now()
    ground()
    yield from chain(rows.check(now), attempts.check(), attempts.nameless(), references.check(), decisions.check())
    yield from chain(books.check_money(), books.check_journal(lambda lines: pulse()), left.check())
    yield from tallies.check(share, pulse)
    yield from pictures.check(share, now, pulse)


def ground() -> None:
    """A disk that is not mounted looks like an empty one, and everything would be missing."""
    count = Image.objects.stored()[:CROWD].count()
    if count >= CROWD and next(store().kept("o"), None) is None:
        raise CannotCheck("The store has no picture at all, though there are rows of many. Is its disk mounted, its bucket the right one?")


def inspect(share: Share, leave: Leave, tell: Tell, pulse: Pulse = lambda: None) -> Tally:
    tally = Tally()
    for finding in survey(share, pulse):
        tally.found[finding.kind] += 1
        mended = leave.gives(finding) and mend(finding)
        tally.mended[finding.kind] += mended
        tell(finding, mended)
    keep(tally, share)
    return tally


def mend(finding: Finding) -> bool:
    try:
        return bool(finding.mend and finding.mend())
    except OSError as error:
        log.warning("%s could not be mended: %s", finding.subject, error)
        return False


@transaction.atomic
def keep(tally: Tally, share: Share) -> None:
    """In the journal, which all nodes share and nobody edits."""
    counts = {str(kind): count for kind, count in tally.open.items() if count}
    mended = tally.mended.total()
    told: dict[str, Any] = {"damage": tally.damage, "waste": tally.waste, "mended": mended, "sample": share.percent, **counts}
    journal.write(Deed.STUDIO_CHECK, subject=SUBJECT, **told)
