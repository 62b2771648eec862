"""What translating costs: a request on its way out, fourteen large references, a large answer."""

import base64
import json
import tracemalloc
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import BinaryIO

from generations.bench.figure import Figure, milliseconds
from generations.catalogue import ENGINES, get_engine
from generations.catalogue.check import check
from generations.catalogue.engine import MEGABYTE, Engine
from generations.catalogue.request import GenerationRequest, Reference
from generations.catalogue.settle import complete, settle
from generations.catalogue.sizes import Size
from generations.dialects import get_dialect
from generations.dialects.transfer import write_body
from generations.dialects.wire import Answer, Picture

REFERENCES, EACH = 14, 10 * MEGABYTE
ENCODED = REFERENCES * EACH * 4 / 3 / MEGABYTE


def figures() -> Iterator[Figure]:
    plain = [engine for engine in ENGINES.values() if engine.references.needed == 0]
    slowest = max(milliseconds(partial(write, engine), 200) for engine in plain)
    yield Figure("check and write_request, slowest engine", slowest, 1.0, "ms")
    yield Figure(f"memory for {REFERENCES} references of 10 MB, {ENCODED:.0f} MB encoded", references(), ENCODED, "MB")
    yield Figure("reading an answer with 20 MB of base64", milliseconds(partial(read, large_answer()), 3), 1000.0, "ms")


def write(engine: Engine) -> None:
    request = complete(GenerationRequest(engine.id, "a red kite above terraced tea fields"), engine)
    if check(request, engine):
        raise AssertionError(f"{engine.id} refuses its own defaults")
    get_dialect(engine.dialect).write_request(settle(request, engine), engine, [], "key")


def references() -> float:
    """The most that lies in memory while the body of such a request is sent, piece by piece."""
    engine = get_engine("gateway/seedream-5.0")
    assert engine  # noqa: S101  # the catalogue's own id
    seen = [Reference(f"{n:064x}", "png", Size(2048, 2048), EACH) for n in range(REFERENCES)]
    pictures = [Picture(one.sha256, "png", EACH, zeros) for one in seen]
    tracemalloc.start()
    request = settle(complete(GenerationRequest(engine.id, "x", references=tuple(seen)), engine), engine)
    body = write_body(get_dialect("gateway").write_request(request, engine, pictures, "key"))
    sent = sum(map(len, body.pieces)) if body else 0
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    if sent < REFERENCES * EACH:
        raise AssertionError("the pictures were not written")
    return most / MEGABYTE


def zeros() -> BinaryIO:
    return BytesIO(bytes(EACH))


def large_answer() -> Answer:
    content = base64.b64encode(bytes(15 * MEGABYTE)).decode()
    return Answer(200, json.dumps({"created": 1, "data": [{"b64_json": content, "url": ""}]}).encode())


def read(answer: Answer) -> None:
    get_dialect("gateway").read_answer(answer)
