"""What a poll looks at, in one statement: every open page asks it every other second.

It is written out, for to put it together from objects takes longer than its answer. Who sees what is the same as in
`GenerationSet.seen_by`; a test compares the two.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db import connection

BEYOND = 2**63 - 1  # no row has such a number
ROWS = 1000  # that are looked at for one poll
PART = "SELECT id, version, status, account_id FROM generations_generation WHERE "
MINE = "team_id = %s AND user_id = %s"
OURS = "team_id = %s AND (NOT private OR user_id = %s)"
ALL = "team_id = %s"
NEWEST = "id >= %s AND id < %s"
# all that runs, and a little more: asked by status and team, SQLite would look through the whole history
DUE = "id IN (SELECT id FROM generations_generation WHERE due_at IS NOT NULL)"


class Row(NamedTuple):
    pk: int
    version: int
    status: str
    account: int


class Onlooker(NamedTuple):
    """Who looks at the feed, and whether at all of the team's."""

    user: int
    team: int
    administrates: bool
    mine: bool

    @property
    def rule(self) -> tuple[str, tuple[int, ...]]:
        if self.administrates and not self.mine:
            return ALL, (self.team,)
        return (MINE if self.mine else OURS), (self.team, self.user)


def watched(onlooker: Onlooker, floor: int, before: int | None, older: Collection[int]) -> dict[int, Row]:
    """The newest, the older ones that may still change, and what runs. Joined by OR, SQLite would look through the whole history."""
    rule, whom = onlooker.rule
    parts = list(questions(floor, before, older))
    sql = " UNION ALL ".join(f"{PART}{rule} AND {question}" for question, _numbers in parts)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {ROWS}", [number for _question, numbers in parts for number in (*whom, *numbers)])
        return {row[0]: Row(*row) for row in cursor.fetchall()}


def questions(floor: int, before: int | None, older: Collection[int]) -> Iterator[tuple[str, Collection[int]]]:
    yield NEWEST, (floor, before or BEYOND)
    if older:
        yield f"id IN ({', '.join(['%s'] * len(older))})", older
    yield DUE, ()
