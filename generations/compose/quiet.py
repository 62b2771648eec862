"""Polls of which nothing came, on the short way: every open page asks every other second, and hardly ever has anything changed.

Who asks, in which team and as what is read anew for each. Wherever that is in doubt, or something has changed, the feed itself answers.
"""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified

from generations.compose.feed import number
from generations.compose.news import Seen, news
from generations.compose.sieve import Sieve
from generations.compose.watched import Onlooker
from generations.models import Membership, Role
from generations.web.claim import claim
from generations.web.team import working

ADDRESS = "/feed/"
WHO = """
SELECT person.password, person.signed_out, person.team_id, member.id, member.team_id, member.role
FROM generations_membership member
JOIN generations_user person ON person.id = member.user_id
WHERE person.id = %s AND person.is_active
"""


class QuietMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return (request.path_info == ADDRESS and request.method == "GET" and quiet(request)) or self.get_response(request)


def quiet(request: HttpRequest) -> HttpResponse | None:
    tag, whose = request.headers.get("If-None-Match"), request.GET.get("whose")
    if not tag or whose not in ("mine", "team") or Sieve.named(request.GET) or request.headers.get("HX-Request") != "true":
        return None
    onlooker = find(request, whose == "mine")
    if onlooker is None or news(onlooker, Seen.read(tag), number(request.GET.get("before", ""))):
        return None
    return HttpResponseNotModified()


def find(request: HttpRequest, mine: bool) -> Onlooker | None:
    """Whoever asks, in the team that they work in now."""
    said = claim(request)
    with connection.cursor() as cursor:
        cursor.execute(WHO, [said.user])
        rows = cursor.fetchall()
    if not rows or not said.holds(*rows[0][:2]):
        return None
    member = working((Membership(pk=pk, team_id=team, role=role) for *_person, pk, team, role in rows), rows[0][2])
    return Onlooker(said.user, member.team_id, member.may(Role.ADMIN), mine)
