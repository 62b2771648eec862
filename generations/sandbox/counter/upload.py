"""APIMart takes a reference beforehand and gives a link to it. What is uploaded here is known when the link comes back."""

from secrets import token_hex

from generations.dialects import faults
from generations.dialects.dialect import Dialect
from generations.dialects.faults import Fault, refused
from generations.sandbox.counter import door
from generations.sandbox.counter.receive import passed, receive
from generations.sandbox.links import base
from generations.sandbox.sight import Illegible, facts
from generations.sandbox.wire import Answer, Refusal, Request, say
from generations.sandbox.world import Upload, World

LARGEST = 20 * 1024 * 1024
TAKEN = ("jpeg", "png", "gif", "webp")


def upload(world: World, dialect: Dialect, request: Request) -> Answer:
    def complain(fault: Fault, said: str, code: str = "") -> Answer:
        return passed(dialect.write_answer(None, refused(fault, said, code), int(world.now())))

    if trouble := door.closed(door.key(request.headers, dialect.NAME), buys=False):
        return passed(dialect.write_answer(None, trouble, int(world.now())))
    content = dict(receive(request, dialect.NAME).files).get("file")
    if content is None:
        return complain(faults.REQUEST, "The field file is required.")
    if len(content) > LARGEST:
        return complain(faults.REFERENCE, "The file may have at most 20 MB.", "413")
    try:
        format = facts(content).format
    except Illegible:
        format = ""
    return keep(world, request, content, format) if format in TAKEN else complain(faults.REFERENCE, "The file is not an image.")


def keep(world: World, request: Request, content: bytes, format: str) -> Answer:
    name = f"{token_hex(8)}.{format}"
    world.uploads.put(name, Upload(content, f"image/{format}"), len(content))
    link = f"{base(request)}/apimart/f/image/{name}"
    told = {"url": link, "filename": name, "content_type": f"image/{format}", "bytes": len(content), "created_at": int(world.now())}
    return say(200, told)


def uploaded(world: World, request: Request) -> Answer:
    kept = world.uploads.get(request.wild["name"])
    if kept is None:
        raise Refusal(404, f"There is nothing at {request.path}.")
    return Answer(200, kept.content, kept.type)
