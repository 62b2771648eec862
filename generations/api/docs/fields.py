"""What a shape consists of, as lines that a person reads: names, kinds, figures, and what they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DEEPEST = 4
KINDS = {"uuid": "id", "date-time": "time", "date": "day", "binary": "file"}
BACKTICKS, BOLD = re.compile(r"`([^`]+)`"), re.compile(r"\*\*([^*]+)\*\*")
Schema = dict[str, Any]


@dataclass(frozen=True)
class Line:
    name: str
    kind: str
    about: SafeString
    needed: bool = False
    deep: int = 0


def marked(text: str) -> SafeString:
    """In the reader's language; `code` and **weight**, and nothing else of Markdown."""
    told = escape(_(text)) if text else ""
    return SafeString(BOLD.sub(r"<b>\1</b>", BACKTICKS.sub(r"<code>\1</code>", told)))


class Reader:
    def __init__(self, document: dict[str, Any]) -> None:
        self.shapes: dict[str, Schema] = document["components"]["schemas"]

    def lines(self, schema: Schema, deep: int = 0) -> Iterator[Line]:
        """Of an object and what lies in it; nothing of what is no object."""
        found = self.follow(self.sole(schema))
        needed = found.get("required", ())
        for name, inner in found.get("properties", {}).items():
            yield Line(name, self.kind(inner), self.about(inner), name in needed, deep)
            if deep < DEEPEST:
                yield from self.lines(self.within(inner), deep + 1)

    def parameter(self, found: dict[str, Any]) -> Line:
        return Line(found["name"], self.kind(found["schema"]), self.about(found), bool(found.get("required")))

    def follow(self, schema: Schema) -> Schema:
        (only,) = schema.get("allOf", [schema]) or [schema]
        name = only.get("$ref", "").rpartition("/")[2]
        return self.shapes[name] if name else only

    def sole(self, schema: Schema) -> Schema:
        """Of what may also be null, the rest."""
        return next((one for one in schema.get("anyOf", ()) if one != {"type": "null"}), schema)

    def within(self, schema: Schema) -> Schema:
        found = self.follow(self.sole(schema))
        return found["items"] if found.get("type") == "array" else found

    def about(self, schema: Schema) -> SafeString:
        return marked(schema.get("description") or "")

    # --- kinds ---

    def kind(self, schema: Schema) -> str:
        choices = schema.get("anyOf", [schema])
        names = [self.plain(one) for one in choices if one != {"type": "null"}]
        default = schema.get("default")
        said = " or ".join(dict.fromkeys([*names, *(["null"] if len(names) < len(choices) else [])]))
        return said if default in (None, "", False) else f"{said}, {default} if not said"

    def plain(self, schema: Schema) -> str:
        found = self.follow(schema)
        if "enum" in found:
            return ", ".join(map(str, found["enum"]))
        type = found.get("type", "any")
        if type == "array":
            return f"list of {self.plain(found['items'])}"
        return f"{KINDS.get(found.get('format', ''), type)}{self.figures(found)}"

    def figures(self, schema: Schema) -> str:
        least, most = schema.get("minimum"), schema.get("maximum")
        if least is not None and most is not None and abs(most) < 10**6:
            return f" {least:g} to {most:g}"
        return f" of at most {longest:,}".replace(",", " ") if (longest := schema.get("maxLength")) else ""
