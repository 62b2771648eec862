"""Who asks, and in which team, on the short way: for questions that every open page asks again and again."""

from typing import NamedTuple

from django.db import connection
from django.http import HttpRequest

from generations.models import Membership, Team, User
from generations.web.claim import claim
from generations.web.team import working

WHO = """
SELECT person.password, person.signed_out, person.team_id, member.id, member.team_id, member.role
FROM generations_membership member
JOIN generations_user person ON person.id = member.user_id
WHERE person.id = %s AND person.is_active
"""


class Asker(NamedTuple):
    """As far as questions about rights go; nothing else of them was read."""

    user: User
    team: Team
    membership: Membership


def asker(request: HttpRequest) -> Asker | None:
    """Whoever asks, in the team that they work in now."""
    said = claim(request)
    with connection.cursor() as cursor:
        cursor.execute(WHO, [said.user])
        rows = cursor.fetchall()
    if not rows or not said.holds(*rows[0][:2]):
        return None
    member = working((Membership(pk=pk, team_id=team, role=role) for *_person, pk, team, role in rows), rows[0][2])
    return Asker(User(pk=said.user), Team(pk=member.team_id), member)
