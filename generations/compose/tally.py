"""How many of somebody's requests run: for the status line, and for the title."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from generations.models import RUNNING, Generation, Status
from generations.models.generations import GenerationSet


@dataclass(frozen=True)
class Tally:
    running: int
    waiting: int

    @classmethod
    def of(cls, view: GenerationSet) -> Self:
        return cls.count(due(view).values_list("status", flat=True))

    @classmethod
    def count(cls, statuses: Iterable[str]) -> Self:
        found = Counter(statuses)
        waiting = found[Status.QUEUED]
        return cls(sum(found[status] for status in RUNNING) - waiting, waiting)

    def __str__(self) -> str:
        values = {"running": self.running, "waiting": self.waiting}
        if not self.any:
            return _("Nothing is running")
        if not self.waiting:
            return _("%(running)s running") % values
        return (_("%(running)s running, %(waiting)s waiting") if self.running else _("%(waiting)s waiting")) % values

    @property
    def any(self) -> int:
        return self.running + self.waiting

    @property
    def mark(self) -> str:
        """In a page's list of what it shows."""
        return f"{self.running}.{self.waiting}"


def due(view: GenerationSet) -> GenerationSet:
    """All that runs, and a little more. Asked by status and team, SQLite would look through the whole history."""
    return view.order_by().filter(pk__in=Generation.objects.filter(due_at__isnull=False).order_by().values("pk"))
