"""Is the journal as it was written? Finds the first line that was changed, removed, put in between or moved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import DataError, connection
from django.utils.translation import gettext as _

from generations.journal import guard
from generations.journal.anchors import Anchor, noted
from generations.journal.chain import digest
from generations.models import JournalLine

PAGE = 1000
BOTTOM = -(2**63)  # a line with a number below 1 was not written by us, and must not hide there

Kind = Literal["changed", "gap", "moved", "rewritten", "cut", "unguarded"]
Anchors = dict[int, Anchor]


@dataclass(frozen=True)
class Flaw:
    kind: Kind
    line: int = 0  # none: it is not about a line
    day: str = ""

    @property
    def sentence(self) -> str:
        return {
            "changed": _("Line {line} was changed after it was written."),
            "gap": _("Lines before line {line} were removed."),
            "moved": _("Line {line} does not follow the line before it."),
            "rewritten": _("Line {line} is not the one that was noted on {day}."),
            "cut": _("Line {line}, noted on {day}, was removed."),
            "unguarded": _("The database no longer refuses changes to the journal."),
        }[self.kind].format(line=self.line, day=self.day)


def verify(progress: Callable[[int], object] = lambda count: None, latest: int | None = None) -> Flaw | None:
    """Reads page by page, so a journal of any length fits into memory. `latest` looks at that many lines only."""
    after, before = start(latest)
    anchors = {number: anchor for number, anchor in noted().items() if number > after}
    return walk(after, before, anchors, progress) or (None if guard.stands(connection) else Flaw("unguarded"))


def start(latest: int | None) -> tuple[int, str]:
    """Number and hash of the line before the first one to look at."""
    newest = JournalLine.objects.order_by("-pk").values_list("pk", "hash")
    found = None if latest is None else newest[latest : latest + 1].first()
    return found or (BOTTOM, "")


def walk(after: int, before: str, anchors: Anchors, progress: Callable[[int], object]) -> Flaw | None:
    count = 0
    while lines := read(after, PAGE):
        for line in lines:
            if flaw := flaw_of(line, before, anchors.pop(line.pk, None)):
                return flaw
            after, before = line.pk, line.hash
        count += len(lines)
        progress(count)
    lost = min(anchors.values(), key=lambda one: one.line, default=None)
    return Flaw("cut", lost.line, lost.day) if lost else None


def flaw_of(line: JournalLine, before: str, anchor: Anchor | None) -> Flaw | None:
    if digest(line) != line.hash:
        return Flaw("changed", line.pk)
    if line.before != before:
        elsewhere = not line.before or JournalLine.objects.filter(hash=line.before).exists()
        return Flaw("moved" if elsewhere else "gap", line.pk)
    if anchor and anchor.hash != line.hash:
        return Flaw("rewritten", line.pk, anchor.day)
    return None


def read(after: int, size: int) -> list[JournalLine]:
    """A value that cannot even be read, such as a time that is none, must not hide which line it stands in."""
    found = JournalLine.objects.filter(pk__gt=after).order_by("pk")[:size]
    try:
        return list(found)
    except (AttributeError, TypeError, ValueError, DataError):
        if size > 1:
            return read(after, size // 2)
        return [JournalLine(pk=number) for number in found.values_list("pk", flat=True)]  # empty, so it fits no hash
