"""Pages take forms. What is none is not read as an empty one: whoever sends it should know."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from generations.web.errors import toast

FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")


class FormMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponse | None:
        """Doors for scripts have tokens of their own instead of a form's, and say themselves what they take."""
        if request.method != "POST" or request.content_type in FORMS or getattr(view, "csrf_exempt", False):
            return None
        why = no_form()
        return toast(request, why, 415) or render(request, "web/400.html", {"why": why}, status=415)


def no_form() -> str:
    return _("This takes forms, and what came is none. Nothing was saved and nothing was charged.")
