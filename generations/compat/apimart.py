"""APIMart, seed document 002: JSON, a task, a question; pictures may be left with it beforehand."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from generations.compat import later, menu
from generations.compat.counter import Door, serves
from generations.compat.refusal import deny
from generations.compat.upload import take
from generations.dialects import apimart

KNOWN = frozenset(
    {
        *("model", "prompt", "size", "resolution", "n", "image_urls", "output_format", "watermark"),
        *("sequential_image_generation", "sequential_image_generation_options"),
    }
)
LANGUAGES = {"en": "en", "zh": "zh-hans"}  # which a question may ask for, and we have
DOOR = Door(apimart, partial(deny, apimart), "/compat/apimart", knows=KNOWN)


@serves(DOOR, "POST")
def submit(request: HttpRequest) -> HttpResponse:
    return later.submit(DOOR, request)


@serves(DOOR, "GET")
def ask(request: HttpRequest, task: str) -> HttpResponse:
    with translation.override(LANGUAGES.get(request.GET.get("language", ""), translation.get_language())):
        return later.ask(DOOR, request)


@serves(DOOR, "POST")
def upload(request: HttpRequest) -> HttpResponse:
    return take(DOOR, request)


models = menu.address(DOOR, menu.menu)
