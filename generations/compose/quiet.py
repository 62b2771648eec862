"""Polls of which nothing came, on the short way: every open page asks every other second, and hardly ever has anything changed.

Who asks, in which team and as what is read anew for each. Wherever that is in doubt, or something has changed, the feed itself answers.
"""

from django.http import HttpRequest

from generations.compose.feed import number
from generations.compose.news import Seen, news
from generations.compose.sieve import Sieve
from generations.compose.watched import Onlooker
from generations.models import Role
from generations.web.asker import asker
from generations.web.unchanged import UnchangedMiddleware


class QuietMiddleware(UnchangedMiddleware):
    address = "/feed/"

    def unchanged(self, request: HttpRequest, tag: str) -> bool:
        whose = request.GET.get("whose")
        who = None if whose not in ("mine", "team") or Sieve.named(request.GET) else asker(request)
        if who is None:
            return False
        onlooker = Onlooker(who.user.pk, who.team.pk, who.membership.may(Role.ADMIN), whose == "mine")
        return not news(onlooker, Seen.read(tag), number(request.GET.get("before", "")))
