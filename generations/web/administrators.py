"""Pages of the administration: for those who hold keys, prices, teams and people, whatever team they work in, or none."""

from collections.abc import Callable

from django.views.decorators.http import require_http_methods

from generations.access import View, site_administrator
from generations.web.confirm import confirmed
from generations.web.team import without_team


def administrators(*methods: str, confirm: bool = False) -> Callable[[View], View]:
    """All that such a page needs, at once, so that none can forget a part of it."""
    wanted = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: View) -> View:
        guarded = site_administrator(confirmed(view) if confirm else view)
        return without_team(require_http_methods(wanted)(guarded))

    return decorate
