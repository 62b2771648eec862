"""What will be sent, so that a person can read it: the real call, with pictures named instead of written out, and no key."""

from typing import Any, BinaryIO

from generations.catalogue.engine import Engine
from generations.catalogue.problem import megabytes
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import settle
from generations.dialects import get_dialect
from generations.dialects.wire import Call, Inline, Part, Picture

HIDDEN = {"Idempotency-Key"}  # new for every request; it would only puzzle


def foresee(request: GenerationRequest, engine: Engine, base: str) -> dict[str, Any]:
    """Of a request that nobody has sent yet, and perhaps nobody will."""
    pictures = [Picture(one.sha256, one.format, one.bytes, unopened) for one in request.references]
    return preview(get_dialect(engine.dialect).write_request(settle(request, engine), engine, pictures, ""), base)


def unopened() -> BinaryIO:
    raise RuntimeError("A preview opens no files.")


def preview(call: Call, base: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"call": f"{call.method} {base}{call.path}"}
    headers = {name: text for name, text in call.headers.items() if name not in HIDDEN}
    if headers:
        shown["headers"] = headers
    if call.json is not None:
        shown["json"] = plain(call.json)
    if call.form is not None:
        shown["form"] = [[part.name, field(part)] for part in call.form]
    return shown


def plain(value: Any) -> Any:
    if isinstance(value, Inline):
        return named(value.picture)
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def field(part: Part) -> str:
    return named(part.picture) if part.picture else part.text


def named(picture: Picture) -> str:
    return f"<{picture.format.upper()}, {megabytes(picture.bytes)}, sha256 {picture.sha256[:12]}…>"
