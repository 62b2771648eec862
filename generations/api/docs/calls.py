"""Examples as text to copy, and the same with a little colour."""

import json
import re
from dataclasses import dataclass
from shlex import quote
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

BEARER = "$STUDIO_TOKEN"
ENVIRONMENT = "os.environ['STUDIO_TOKEN']"
BODY = "-d '"
QUOTED = re.compile(r"(?P<text>\"[^\"\n]*\"|'[^'\n]*')")
PARTS = re.compile(
    r"""(?P<key>"[^"\n]*"(?=\s*:))|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<value>\b(?:true|false|null|True|False|None|\d[\d.]*)\b)"""
)


@dataclass(frozen=True)
class Call:
    method: str
    address: str
    body: Any = None
    form: bool = False
    key: str = ""


def curl(call: Call) -> str:
    plain = call.method == "GET" or (call.method == "POST" and call.body is not None)  # what curl does by itself
    lines = [f"curl {'' if plain else f'-X {call.method} '}{quote(call.address)}"]
    lines.append(f'-H "Authorization: Bearer {BEARER}"')
    if call.key:
        lines.append(f'-H "Idempotency-Key: {call.key}"')
    if call.form:
        lines += [f"-F {quote(f'{name}={value}')}" for name, value in call.body.items()]
    elif call.body is not None:
        lines += ['-H "Content-Type: application/json"', f"-d {quote(written(call.body))}"]
    return " \\\n  ".join(lines)


def python(call: Call) -> str:
    headers = f'"Authorization": f"Bearer {{{ENVIRONMENT}}}"' + (f', "Idempotency-Key": "{call.key}"' if call.key else "")
    lines = [f'"{call.address}"', f"headers={{{headers}}}"]
    if call.form:
        lines += [f'files={{"{name}": open("{value.lstrip("@")}", "rb")}}' for name, value in call.body.items() if value.startswith("@")]
    elif call.body is not None:
        lines.append(f"json={literal(call.body, 1)}")
    inside = "".join(f"    {line},\n" for line in lines)
    return f"import os\n\nimport requests\n\nanswer = requests.{call.method.lower()}(\n{inside})\nprint(answer.json())"


def written(value: Any) -> str:
    """JSON; what is short stays on one line."""
    return fold(json.dumps(value, ensure_ascii=False, indent=2))


def fold(text: str) -> str:
    """Innermost lists and objects that are short, on one line."""
    return re.sub(r"[\[{]\n\s+([^\[\]{}]{1,70}?)\n\s*[\]}]", lambda found: re.sub(r"\n\s+", " ", found[0]), text)


def literal(value: Any, deep: int = 0) -> str:
    """As Python writes it."""
    indent, out = "    " * (deep + 1), "    " * deep
    if isinstance(value, dict) and value:
        inside = "".join(f"{indent}{literal(name)}: {literal(one, deep + 1)},\n" for name, one in value.items())
        return f"{{\n{inside}{out}}}"
    if isinstance(value, list):
        return f"[{', '.join(literal(one, deep + 1) for one in value)}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def shell(text: str) -> SafeString:
    """A call, and the JSON in it as JSON."""
    head, body, rest = text.partition(BODY)
    return SafeString(paint(head, QUOTED) + escape(body) + paint(rest, PARTS))


def coloured(text: str) -> SafeString:
    """Names, texts and values told apart."""
    return SafeString(paint(text, PARTS))


def paint(text: str, parts: re.Pattern[str]) -> str:
    done, out = 0, ""
    for found in parts.finditer(text):
        out += f'{escape(text[done : found.start()])}<span class="{found.lastgroup}">{escape(found[0])}</span>'
        done = found.end()
    return out + escape(text[done:])
