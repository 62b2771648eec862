"""What the sandbox serves besides its dialects: a sign of life, a word about itself, and pictures."""

from generations.sandbox.atelier import painted
from generations.sandbox.painter import FORMATS, Unpaintable
from generations.sandbox.wire import Answer, Refusal, Request, Route, say

EXAMPLE = "/pictures/1024x768/0.jpg?prompt=a+red+kite"
HINT = f"Ask for /pictures/<width>x<height>/<index>.<{'|'.join(FORMATS)}>?prompt=…, for example {EXAMPLE}."


def health(request: Request) -> Answer:
    return Answer(200, b"ok\n", "text/plain; charset=utf-8")


def about(request: Request) -> Answer:
    return say(
        200,
        {
            "name": "Seedbed sandbox",
            "about": "A pretend image provider. Nothing here costs money and nothing leaves this machine.",
            "providers": ["/tensorslab", "/apimart", "/anyfast", "/gateway", "/ark"],
            "keys": "Any bearer key is good, but one with “bad” in it is refused, and one with “broke” has no credit.",
            "drills": "/drills",
            "ledger": "/ledger",
            "pictures": EXAMPLE,
            "health": "/healthz",
        },
    )


def picture(request: Request) -> Answer:
    width, height = _size(request.wild["size"])
    index, format = _name(request.wild["name"])
    try:
        return Answer(200, painted(request.query.get("prompt", ""), index, width, height, format), FORMATS[format])
    except Unpaintable as problem:
        raise Refusal(400, str(problem)) from problem


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return _number(width), _number(height)


def _name(text: str) -> tuple[int, str]:
    index, _, format = text.partition(".")
    if format not in FORMATS:
        raise Refusal(400, f"“{text}” is not a picture the sandbox has. {HINT}")
    return _number(index), format


def _number(text: str) -> int:
    """Plain short digits: `int()` would also take ` 1_0`, other scripts and numbers of any length."""
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Refusal(400, f"“{text}” is not a whole number. {HINT}")
    return int(text)


ROUTES = (
    Route("GET", "/healthz", health),
    Route("GET", "/", about),
    Route("GET", "/pictures/{size}/{name}", picture),
)
