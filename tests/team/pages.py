"""What the pages of a team say."""

import re
from html import unescape

from django.http import HttpResponse


def text(answer: HttpResponse) -> str:
    """As a person reads it, with what stands in fields."""
    page = re.sub(r"<(style|script).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).replace("\xa0", " ").split())


def field(answer: HttpResponse, name: str) -> str:
    found = re.search(rf'<input [^>]*name="{name}"[^>]*>', answer.content.decode())
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return unescape(value[1]) if value else ""
