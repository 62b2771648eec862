"""Requests that wait for their price to be approved, and what was said of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from generations.models import Event, Generation, JournalLine, Role, Status, User
from generations.telling.audience import Audience
from generations.telling.body import of_generation
from generations.telling.news import News
from generations.telling.words import excerpt

ALLOWED, DECLINED = "spend.allow", "spend.decline"


def asked(since: datetime) -> Iterator[list[News]]:
    rows = Generation.objects.filter(status=Status.ASKING, created_at__gte=since).select_related("team", "user", "account")
    found = list(rows.defer("request").order_by("pk"))
    if found:
        yield list(waiting(found))


def waiting(rows: Sequence[Generation]) -> Iterator[News]:
    """Team administrators see private ones too: it is their budget."""
    audience = Audience(row.team_id for row in rows)
    for row in rows:
        if not row.private:
            yield News(Event.SPENDING, f"{Event.SPENDING}/{row.pk}", team=row.team, subject=partial(of_generation, row))
    for group in together(rows):
        last = group[-1]
        users = audience.covering(last.team_id, Role.ADMIN, but=last.user_id)
        details = {"by": str(last.user), "requests": len(group), "held": sum(row.held for row in group)}
        yield News(Event.SPENDING, f"spending/{name(last)}", users, last.team, last, details=details, grows="requests")


def decided(lines: Sequence[JournalLine]) -> list[News]:
    """The row does not say that it ever waited; the journal does, and who let it go."""
    spoken = {number(line): line for line in lines if line.deed in (ALLOWED, DECLINED)}
    if not spoken:
        return []
    rows = list(Generation.objects.filter(pk__in=spoken).select_related("team", "user", "account").order_by("pk"))
    audience = Audience(row.team_id for row in rows)
    actors = User.objects.in_bulk({line.actor for line in spoken.values() if line.actor})
    return [one for deed in (ALLOWED, DECLINED) for one in settled(rows, spoken, deed, audience, actors)]


def settled(
    rows: Sequence[Generation], spoken: dict[int, JournalLine], deed: str, audience: Audience, actors: dict[int, User]
) -> Iterator[News]:
    mine = [row for row in rows if spoken[row.pk].deed == deed]
    for row in mine:
        if not row.private:
            subject = partial(of_generation, row, allowed=deed == ALLOWED)
            yield News(Event.ALLOWED, f"{Event.ALLOWED}/{row.pk}", team=row.team, subject=subject)
    for group in together(mine):
        last = group[-1]
        by = spoken[last.pk].actor
        users = audience.people(last.team_id, [last.user_id], but=by)
        reason = str(((last.trouble or {}).get("values") or {}).get("reason", "")) if deed == DECLINED else ""
        details = {"by": str(actors.get(by or 0, "")), "allowed": deed == ALLOWED, "requests": len(group), "reason": excerpt(reason)}
        yield News(Event.ALLOWED, f"{deed}/{name(last)}", users, last.team, last, details=details, grows="requests")


def together(rows: Sequence[Generation]) -> list[list[Generation]]:
    """Those of one click."""
    groups: dict[object, list[Generation]] = {}
    for row in rows:
        groups.setdefault(row.batch or row.pk, []).append(row)
    return list(groups.values())


def name(row: Generation) -> str:
    return str(row.batch or row.pk)


def number(line: JournalLine) -> int:
    return int(line.subject.rpartition("/")[2])
