"""Are the sums that pages show still those of the requests?"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

from django.db.models import Max, Min

from generations.accounting import Day, differs, recount
from generations.integrity.finding import Finding, Kind
from generations.integrity.share import Share
from generations.models import Generation

DO = "Run fsck --repair: the day is counted anew."


def check(share: Share, pulse: Callable[[], object] = lambda: None) -> Iterator[Finding]:
    for day in days():
        pulse()
        if chosen(day, share) and differs(day):
            said = f"What team {day.team} did on {day.date} is summed up otherwise than its requests say."
            yield Finding(Kind.SUMS, f"day/{day.team}/{day.date}", said, DO, partial(recount, day))


def days() -> Iterator[Day]:
    """All of each team, from its first request to its last."""
    spans = Generation.objects.order_by("team").values_list("team").annotate(first=Min("created_at"), last=Max("created_at"))
    for team, first, last in spans:
        begin, end = Day.of(team, first).date, Day.of(team, last).date
        yield from (Day(team, begin + timedelta(days=number)) for number in range((end - begin).days + 1))


def chosen(day: Day, share: Share) -> bool:
    """Others every night, as with files."""
    turn = (day.date.toordinal() + day.team - share.day * share.percent) % 100
    return turn < share.percent
