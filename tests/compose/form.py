"""What a browser sends from the composer, complete and in order, and what of it stands in a page that comes back."""

import re
from html import unescape
from uuid import uuid4

from django.http import HttpResponse

from generations.catalogue import ENGINES
from tests.made import ENGINE, sandbox

PROMPT = "A red kite above terraced tea fields"
HTMX = {"hx-request": "true"}


def filled(engine: str = ENGINE, **changes: object) -> dict[str, object]:
    ratio, tier = ENGINES[engine].usual
    form = {"engine": f"{engine}@{sandbox(engine).pk}", "prompt": PROMPT, "images": "1", "ratio": ratio, "tier": tier, "key": str(uuid4())}
    return {**form, **changes}


def text(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def prompt(answer: HttpResponse) -> str:
    """As the browser reads it: the line break after the tag is not part of it."""
    found = re.search(r'<textarea [^>]*name="prompt"[^>]*>\n?(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def value(answer: HttpResponse, name: str) -> str:
    """Of a hidden or a written field, a chosen radio button or a chosen option."""
    page = answer.content.decode()
    fields = re.findall(rf'<input [^>]*name="{name}"[^>]*>', page)
    chosen = [field for field in fields if 'type="radio"' not in field or " checked" in field]
    found = re.search(r'value="([^"]*)"', chosen[0]) if chosen else None
    return unescape(found[1]) if found else ""


def reasons(answer: HttpResponse) -> list[str]:
    """Why Generate is off."""
    box = re.search(r'id="reasons".*?</div>', answer.content.decode(), re.DOTALL)
    return [unescape(one) for one in re.findall(r"<a [^>]*>(.*?)</a>", box[0])] if box else []
