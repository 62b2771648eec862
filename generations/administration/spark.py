"""The small chart of an account: a bar for every hour of the last day, drawn here, because pages may carry no style of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.administration.scorecard import Hour

WIDTH, HEIGHT, GAP = 150, 28, 1.75
ALARM, WORRY = 0.25, 0.05  # the share of an hour's requests that went wrong


@dataclass(frozen=True)
class Bar:
    x: str  # as SVG wants it, in every language
    y: str
    width: str
    height: str
    state: str


def bars(hours: Sequence[Hour]) -> list[Bar]:
    most = max((hour.count for hour in hours), default=0) or 1
    step = WIDTH / max(len(hours), 1)
    return [bar(place * step, step - GAP, hour, most) for place, hour in enumerate(hours)]


def bar(x: float, width: float, hour: Hour, most: int) -> Bar:
    """An hour without requests is a hairline, so that the day can be read."""
    high = 1.0 if not hour.count else max(3.0, HEIGHT * hour.count / most)
    return Bar(f"{x:.2f}", f"{HEIGHT - high:.2f}", f"{width:.2f}", f"{high:.2f}", state(hour))


def state(hour: Hour) -> str:
    if not hour.count:
        return "none"
    wrong = hour.bad / hour.count
    return "bad" if wrong >= ALARM else "warn" if wrong >= WORRY else ""


def told(hours: Sequence[Hour]) -> str:
    """What the chart shows, for people who do not see it."""
    count, bad = sum(hour.count for hour in hours), sum(hour.bad for hour in hours)
    said = ngettext("Last 24 hours: %(n)s request", "Last 24 hours: %(n)s requests", count) % {"n": count}
    return f"{said}, {_('%(n)s went wrong') % {'n': bad}}"
