"""A look at what was asked, as the real provider would have: which engine, with which references, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from generations.catalogue import Engine, by_wire_id
from generations.catalogue.check import Problem, check
from generations.catalogue.request import GenerationRequest, Reference
from generations.catalogue.settle import settle
from generations.dialects import faults
from generations.dialects.dialect import Asked
from generations.dialects.faults import Fault, refused
from generations.dialects.outcome import Trouble
from generations.sandbox.sight import Illegible, facts, glance, unseen
from generations.sandbox.sizing import usual
from generations.sandbox.world import World

FAULTS: Mapping[str, Fault] = {"size": faults.SIZE, "ratio": faults.SIZE, "tier": faults.SIZE, "references": faults.REFERENCE}


@dataclass(frozen=True)
class Wish:
    """A request that could be taken on."""

    asked: Asked  # without the references' bytes
    request: GenerationRequest
    engine: Engine
    sights: tuple[bytes, ...] = ()


def look(world: World, dialect: str, asked: Asked) -> Wish | Trouble:
    engine = by_wire_id(dialect, asked.wire_id, len(asked.references))
    if engine is None:
        return refused(faults.GONE, f"The model {asked.wire_id} does not exist or you do not have access to it.")
    contents = tuple(held(world, reference) for reference in asked.references)
    try:
        request = settle(usual(asked.request.with_(references=seen(contents, engine)), engine), engine)  # the rest they ignore
        if problems := check(request, engine):
            return objection(problems)
        sights = tuple(glanced(world, one) for one in contents if isinstance(one, bytes))
    except Illegible:
        return refused(faults.REFERENCE, "The parameter `image` specified in the request is not valid: the image cannot be decoded.")
    links = tuple(reference for reference in asked.references if isinstance(reference, str))
    return Wish(replace(asked, references=links), request, engine, sights)


def held(world: World, reference: str | bytes) -> str | bytes:
    """What was uploaded to us is known. Any other link stays a link: the sandbox never calls anybody."""
    if isinstance(reference, bytes):
        return reference
    upload = world.uploads.get(reference.rpartition("/")[2])
    return upload.content if upload else reference


def seen(contents: tuple[str | bytes, ...], engine: Engine) -> tuple[Reference, ...]:
    return tuple(unseen(one, engine) if isinstance(one, str) else facts(one) for one in contents)


def glanced(world: World, content: bytes) -> bytes:
    key = sha256(content).hexdigest()
    sight = world.sights.get(key)
    if sight is None:
        sight = glance(content)
        world.sights.put(key, sight, len(sight))
    return sight


def objection(problems: list[Problem]) -> Trouble:
    fault = FAULTS.get(problems[0].field, faults.REQUEST)
    return refused(fault, " ".join(str(problem) for problem in problems))
