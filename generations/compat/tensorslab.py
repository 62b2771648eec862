"""TensorsLab, seed documents 000 and 001: a form, a task, a question. What it says of a request it says in HTTP 200."""

from functools import partial

from django.http import HttpRequest, HttpResponse

from generations.compat import later
from generations.compat.counter import Door, serves
from generations.compat.refusal import deny
from generations.dialects import tensorslab

KNOWN = frozenset({"category", "prompt", "batchsize", "resolution", "sourceImage", "imageUrl"})
DOOR = Door(tensorslab, partial(deny, tensorslab), "/compat/tensorslab", naked=True, knows=KNOWN)


@serves(DOOR, "POST")
def submit(request: HttpRequest, engine: str) -> HttpResponse:
    return later.submit(DOOR, request)


@serves(DOOR, "POST")
def ask(request: HttpRequest) -> HttpResponse:
    return later.ask(DOOR, request)
