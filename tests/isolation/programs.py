"""Every address that programs call with a token: what it does, what the token must be good for, and what it names."""

from dataclasses import dataclass, field
from typing import Any

from generations.models import Scope

READ, GENERATE, REVIEW = Scope.READ, Scope.GENERATE, Scope.REVIEW


@dataclass(frozen=True)
class Door:
    does: dict[str, Scope]  # by method
    names: dict[str, str] = field(default_factory=dict)  # what its address names, as things.py calls it
    given: dict[str, str] = field(default_factory=dict)  # what its body names
    body: dict[str, Any] = field(default_factory=dict)  # what else belongs into it
    fixed: dict[str, Any] = field(default_factory=dict)  # parts of the address that name nothing
    instead: tuple[str, ...] = ()  # methods that a token which only makes images may use as well
    lent: bool = False  # and sees there what it made itself


def look(**names: str) -> Door:
    return Door({"GET": READ}, names)


def either(**fixed: str) -> Door:
    return Door({"GET": READ}, fixed=fixed, instead=("GET",))


KITE = {"engine": "apimart/seedream-5.0-lite", "prompt": "A red kite"}

PROGRAMS = {
    "api_me": either(),
    "api_engines": either(),
    "api_engine": either(engine="apimart/seedream-5.0-lite"),
    "api_check": Door({"POST": GENERATE}, given={"parent": "generation", "collection": "collection", "references": "sha256"}, body=KITE),
    "api_generations": Door(
        {"GET": READ, "POST": GENERATE}, given={"parent": "generation", "collection": "collection", "references": "sha256"}, body=KITE
    ),
    "api_generation": Door({"GET": READ}, {"id": "generation"}, instead=("GET",), lent=True),
    "api_stop": Door({"POST": GENERATE}, {"id": "asking"}),
    "api_rerun": Door({"POST": GENERATE}, {"id": "generation"}),
    "api_images": look(),
    "api_image": Door({"GET": READ, "PATCH": READ}, {"id": "image"}, body={"starred": True}),
    **{name: Door({"POST": GENERATE}, {"id": "image"}) for name in ("api_trash", "api_restore", "api_ask")},
    "api_original": look(id="image"),
    "api_copy": Door({"GET": READ}, {"id": "image"}, fixed={"side": 320}),
    "api_comments": Door({"GET": READ, "POST": READ}, {"id": "image"}, body={"text": "Too dark"}, instead=("POST",)),
    "api_comment": Door(
        {"PATCH": READ, "DELETE": GENERATE}, {"id": "image", "comment": "comment"}, body={"settled": True}, instead=("PATCH",)
    ),
    "api_decisions": Door({"POST": REVIEW}, {"id": "image"}, given={"sha256": "sha256"}, body={"verdict": "approved"}),
    "api_reviews": Door({"GET": REVIEW}),
    "api_uploads": Door({"GET": GENERATE, "POST": GENERATE}, given={"image": "image"}),
    "api_collections": Door({"GET": READ, "POST": GENERATE}, body={"name": "Autumn"}),
    "api_collected": Door({"GET": READ, "POST": GENERATE}, {"id": "collection"}, given={"images": "image"}),
    "api_taken_out": Door({"DELETE": GENERATE}, {"id": "collection", "image": "image"}),
    "api_collection": Door(  # last: it is gone then
        {"GET": READ, "PATCH": GENERATE, "DELETE": GENERATE}, {"id": "collection"}, body={"name": "Winter"}
    ),
    "api_usage": look(),
}
LISTS = {"references", "images"}  # fields that take several
