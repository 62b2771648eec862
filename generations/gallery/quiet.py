"""“Is there anything newer?”, on the short way where there is not: every open gallery asks now and then.

Who asks, and in which team, is read anew each time. Every doubt goes the long way, and so does everything that there is to tell.
"""

from django.http import HttpRequest

from generations.gallery.news import Shown, newer
from generations.web.asker import asker
from generations.web.filters import Filter
from generations.web.unchanged import UnchangedMiddleware


class StillMiddleware(UnchangedMiddleware):
    address = "/gallery/news/"

    def unchanged(self, request: HttpRequest, tag: str) -> bool:
        who, shown = asker(request), Shown.read(tag)
        return who is not None and len(newer(who, Filter.read(request.GET), shown)) == shown.told
