"""What a line of the journal says beside who did what: each detail by a name, and its value as a person would write it."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generations.catalogue import get_engine
from generations.journal.details import SHA256
from generations.models import Reviewing, Role, Scope, Verdict
from generations.pipeline.money import format_money

LABELS: dict[str, Promise | str] = {
    "engine": _("engine"),
    "images": _("images"),
    "held": _("held"),
    "released": _("released"),
    "price": _("price"),
    "soft": _("warning"),
    "hard": _("limit"),
    "was_soft": _("warning before"),
    "was_hard": _("limit before"),
    "role": _("role"),
    "was": _("before"),
    "attempt": _("attempt"),
    "changed": _("changed"),
    "name": _("name"),
    "address": _("address"),
    "dialect": _("dialect"),
    "in_flight": _("calls at once"),
    "per_minute": _("calls a minute"),
    "place": _("place"),
    "gate": _("pause"),
    "enabled": _("switched on"),
    "paused": _("paused"),
    "closed": _("closed"),
    "active": _("active"),
    "administrator": _("site administrator"),
    "cancelled": _("requests cancelled"),
    "factors": _("second factors"),
    "private": _("private"),
    "verdict": _("verdict"),
    "number": _("decision"),
    "sha256": _("file"),
    "successor": _("in its place"),
    "damage": _("damaged"),
    "waste": _("left over"),
    "mended": _("mended"),
    "sample": _("percent of files read"),
    "format": _("format"),
    "review": _("what is reviewed"),
    "sealed": _("originals closed until approved"),
    "prompt_travels": _("prompt in copies"),
    "watermark": _("watermark of the provider"),
    "ask_above": _("approval above"),
    "engines": _("engines"),
    "collection": _("collection"),
    "protected": _("with a password"),
    "commenting": _("comments allowed"),
    "words": _("prompt shown"),
    "originals": _("originals given out"),
    "days": _("days"),
    "scopes": _("what it may do"),
    "comment": _("comment"),
    "mentions": _("people called"),
    "link": _("link"),
    "resolved": _("settled"),
    "invitation": _("invitation"),
    "method": _("proof"),
    "tries": _("tries since the last line"),
    "url": _("address"),
    "events": _("events"),
    "deleted": _("deleted"),
    "accounts": _("accounts"),
    "webhooks": _("webhooks"),
    "files": _("files"),
    "bytes": _("bytes"),
    "made": _("backup"),
    "command": _("command"),
    "prompts": _("with prompts"),
    "lines": _("lines"),
    "team": _("team"),
    "was_by": _("made by person"),
}
ORDER = {name: place for place, name in enumerate(LABELS)}
MONEY = {"held", "released", "price", "soft", "hard", "was_soft", "was_hard", "ask_above"}
CHOICES: dict[str, type[Role] | type[Verdict] | type[Reviewing]] = {"role": Role, "was": Role, "verdict": Verdict, "review": Reviewing}
METHODS: dict[str, Promise | str] = {
    "password": _("password"),
    "totp": _("code"),
    "recovery_codes": _("recovery code"),
    "webauthn": _("passkey"),
    "socialaccount": _("single sign-on"),
    "link": _("link"),
}
SCOPES: dict[str, Promise | str] = {Scope.GENERATE: _("make images"), Scope.READ: _("read"), Scope.REVIEW: _("review")}
SHORT = 8  # letters of a hash are enough to know a file by


def told(details: dict[str, Any]) -> Iterator[str]:
    """In an order of our own: not every database keeps the one in which they were written."""
    said = {name: value for name, value in details.items() if value not in ("", None, [])}
    if "changed" in said:  # what it was changed to says it already
        said["changed"] = [name for name in said["changed"] if name not in said]
    for name in sorted(said, key=lambda name: (ORDER.get(name, len(ORDER)), name)):
        if said[name] != []:
            yield f"{LABELS.get(name, name)}: {value_of(name, said[name])}"


def value_of(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(one_of(name, one) for one in value)
    if name in MONEY and isinstance(value, int):
        return format_money(value)
    return one_of(name, str(value))


def one_of(name: str, value: str) -> str:
    known = {"changed": LABELS, "method": METHODS, "scopes": SCOPES}.get(name, {})
    if value in known:
        return str(known[value])
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if name in ("engine", "engines", "successor") and (engine := get_engine(value)):
        return engine.name
    return f"{value[:SHORT]}…" if SHA256.fullmatch(value) else value
