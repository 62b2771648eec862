"""Pages are for people who are signed in. Whoever was, and is not any more, keeps what they wrote; whoever still comes stays signed in."""

from time import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase

from generations.models import User
from generations.web.errors import signed_out

DAY = 24 * 3600
RENEWED = "renewed"


class StrangerMiddleware(LoginRequiredMiddleware):
    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponseBase | None:
        if isinstance(request.user, User):
            renew(request, request.user)
        return super().process_view(request, view, args, options)

    def handle_no_permission(self, request: HttpRequest, view: Any) -> HttpResponseBase:  # type: ignore[override]
        return signed_out(request) or super().handle_no_permission(request, view)


def renew(request: HttpRequest, user: User) -> None:
    """A session ends a week after it was last used, not after it began. Once a day is often enough to write that down."""
    begun = max((one.get("at", 0) for one in get_authentication_records(request, user)), default=time())
    if time() - max(begun, request.session.get(RENEWED, 0)) > DAY:
        request.session[RENEWED] = time()
