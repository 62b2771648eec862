"""What a program asks for, as a door hands it on."""

from typing import Any

from generations.calling.caller import Caller, recognise
from generations.calling.wish import Wish
from generations.catalogue.request import GenerationRequest
from generations.dialects.dialect import Asked
from generations.models import Team, User
from tests.tokens.given import given

NAME = "doubao-seedream-4-0-250828"
ASKED = ("references", "inline", "key", "version")


def caller_of(user: User, team: Team) -> Caller:
    return recognise(given(user, team)[0])


def wish(prompt: str = "a red kite", name: str = NAME, **changes: Any) -> Wish:
    """Fields of the wish, of what was asked, and of the request itself."""
    asked = {key: changes.pop(key) for key in ASKED if key in changes and key != "key"}
    rest = {key: changes.pop(key) for key in ("key", "again", "private", "collection", "parent", "door") if key in changes}
    return Wish(Asked(name, GenerationRequest(engine="", prompt=prompt, **changes), **asked), **{"door": "gateway", **rest})
