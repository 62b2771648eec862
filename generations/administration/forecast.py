"""What the files need, and how long the disk will do. Counted at night; only the disk itself is asked now, which costs nothing."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.models import Stock

MONTH = timedelta(days=30)
SHORT, LITTLE = 5 * 1000**3, 0.1  # of a disk
FAR = 60  # months: nobody plans further


@dataclass(frozen=True)
class Forecast:
    newest: Stock | None
    earlier: Stock | None  # about a month before it
    free: int | None
    total: int | None

    @classmethod
    def now(cls) -> "Forecast":
        newest = Stock.objects.first()
        earlier = Stock.objects.filter(at__gte=newest.at - MONTH).last() if newest else None
        return cls(newest, earlier, *disk())

    @property
    def growth(self) -> float:
        """Bytes a day."""
        if self.newest is None or self.earlier is None:
            return 0.0
        days = (self.newest.at - self.earlier.at) / timedelta(days=1)
        return max(0.0, (self.newest.bytes - self.earlier.bytes) / days) if days >= 1 else 0.0

    @property
    def months(self) -> int | None:
        """Until it is full, if all goes on like this."""
        return int(self.free / self.growth / 30) if self.free is not None and self.growth else None

    @property
    def pace(self) -> str:
        months = self.months
        if months is None:
            return ""
        if months >= FAR:
            return _("enough for years at this pace")
        if months < 1:
            return _("full within a month at this pace")
        return ngettext("about %(n)s month at this pace", "about %(n)s months at this pace", months) % {"n": months}

    @property
    def state(self) -> str:
        if self.free is None or self.total is None:
            return ""
        return "bad" if self.free < SHORT / 10 else "warn" if self.free < max(SHORT, LITTLE * self.total) or self.months == 0 else ""


def disk() -> tuple[int | None, int | None]:
    """Free and total of where pictures lie; nobody knows that of a bucket."""
    if not isinstance(settings.STORAGE, Path):
        return None, None
    try:
        found = shutil.disk_usage(settings.STORAGE)
    except OSError:
        return None, None
    return found.free, found.total
