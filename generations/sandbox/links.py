"""Links to finished pictures, as object stores give them: signed, and good for a while."""

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from generations.sandbox.order import Order, Piece
from generations.sandbox.weather.choice import by_header
from generations.sandbox.weather.forgeries import FORGERIES
from generations.sandbox.weather.spoilers import INSIDE, spoil
from generations.sandbox.wire import Answer, Refusal, Request
from generations.sandbox.world import World

HOUR = 60 * 60.0
HOST = re.compile(r"[\w.-]+(:[0-9]+)?|\[[0-9a-fA-F:.]+\](:[0-9]+)?")
TINY = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ODD: Mapping[str, Callable[[str], str]] = {
    "link-inside": lambda link: f"{INSIDE}picture.png",
    "link-file": lambda link: "file:///etc/passwd",
    "link-data": lambda link: TINY,
    "link-user": lambda link: link.replace("://", "://user:password@", 1),
}
SAID = {
    403: ("AccessDenied", "Request has expired"),
    404: ("NoSuchKey", "The specified key does not exist."),
    410: ("Gone", "The object has been removed."),
}
DEAD = {"dead-link": 404, "expired-link": 403, "gone-link": 410}
AWAY = ("link-away", "link-on", "link-loop")


def expiry(world: World, order: Order) -> float:
    return order.due + (order.engine.link_hours * HOUR if world.link_life is None else world.link_life)


def links(world: World, order: Order, base: str) -> list[str]:
    """One for each piece, in order."""
    expires = 1.0 if world.strikes(order.drills, "fresh-link", order.id) else expiry(world, order)
    found = [link(world, f"{order.id}-{place}.{piece.suffix}", expires, base) for place, piece in enumerate(order.pieces)]
    for name, change in ODD.items():
        if name in order.drills:
            found = [change(one) for one in found]
    return found


def link(world: World, name: str, expires: float, base: str) -> str:
    return f"{base}/made/{name}?Expires={expires:.3f}&Signature={signed(world, name, f'{expires:.3f}')}"


def signed(world: World, name: str, expires: str) -> str:
    return hmac.new(world.secret, f"{name} {expires}".encode(), "sha256").hexdigest()[:32]


def download(world: World, request: Request) -> Answer:
    name, expires = request.wild["name"], request.query.get("Expires", "")
    if not hmac.compare_digest(signed(world, name, expires).encode(), request.query.get("Signature", "").encode()):
        return denied(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the one you provided.")
    id, _, rest = name.rpartition("-")
    order = world.orders.get(id)
    if order is None:
        return denied(404)
    if float(expires) < world.now():
        return denied(403)
    order = replace(order, drills={**order.drills, **by_header(request.headers, order.engine.dialect)})
    here = f"{request.path}?Expires={expires}&Signature={request.query['Signature']}"
    if (odd := struck(world, order, name, here)) and "on" not in request.query:
        return odd
    return delivered(world, order, order.pieces[int(rest.partition(".")[0])], name, here)


def struck(world: World, order: Order, name: str, here: str) -> Answer | None:
    """A drill that leaves no picture to be seen."""
    if dead := world.first(order.drills, DEAD, name):
        return denied(DEAD[dead])
    if away := world.first(order.drills, dict.fromkeys(AWAY), name):
        return Answer(302, b"", "text/html", {"Location": {"link-away": INSIDE, "link-on": f"{here}&on=1", "link-loop": here}[away]})
    return None


def delivered(world: World, order: Order, piece: Piece, name: str, here: str) -> Answer:
    answer = Answer(200, content(world, order, piece, name), f"image/{piece.called or piece.format}", {"ETag": f'"{name}"'})
    if spoiler := spoiling(world, order, name):
        return spoil(spoiler, answer, lambda: Answer(500, b"Internal Server Error", "text/plain"), here, world.pause)
    return answer


def content(world: World, order: Order, piece: Piece, name: str) -> bytes:
    picture = order.paint(piece, world.sheet)
    forged = world.first(order.drills, FORGERIES, name)
    return FORGERIES[forged](picture) if forged else picture


def spoiling(world: World, order: Order, name: str) -> str:
    wanted = {drill.removeprefix("load-"): drill for drill in order.drills if drill.startswith("load-")}
    return world.first(order.drills, wanted, name, "load-")


def denied(status: int, code: str = "", sentence: str = "") -> Answer:
    code, sentence = (code, sentence) if code else SAID[status]
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{sentence}</Message></Error>'
    return Answer(status, body.encode(), "application/xml")


def base(request: Request) -> str:
    """By the name under which the client has found us, which may not be one that we know."""
    host = request.headers.get("host", "")
    if not HOST.fullmatch(host):
        raise Refusal(400, "The sandbox needs a Host header, for the links to its pictures.")
    return f"http://{host}"
