"""The pictures of a synchronous answer, both ways."""

import re
from collections.abc import Mapping
from typing import Any

from generations.catalogue.sizes import Size
from generations.dialects import faults
from generations.dialects.complaint import judge, read_complaint, read_refusal, senseless
from generations.dialects.dialect import Asked
from generations.dialects.faults import failed
from generations.dialects.filters import read_filters
from generations.dialects.loose import entries, links, members, name, read_json, text, whole
from generations.dialects.outcome import Finished, Item, Next, Sent, Trouble
from generations.dialects.uri import read_base64, write_base64
from generations.dialects.wire import Answer

MOST = 100  # pictures; more were never asked for
IDS = ("x-request-id", "x-oneapi-request-id")
ID = re.compile(r"[\x21-\x7e]{1,200}")
BROKEN_PICTURE = Trouble(Next.REPORT, Sent.YES, faults.EMPTY.taken)


def read_delivery(answer: Answer) -> Finished | Trouble:
    """200 is done; what is in it may still be errors, picture by picture."""
    value = read_json(answer.body)
    items = tuple(read_item(one) for one in entries(members(value).get("data"))[:MOST])
    came = 200 <= answer.status < 300 and any(not item.trouble for item in items)
    if not came and (trouble := read_refusal(answer, value)):  # an error beside pictures does not make them go away
        return trouble
    if all(item.trouble == BROKEN_PICTURE for item in items):
        return senseless(answer)
    billed = whole(members(members(value).get("usage")).get("generated_images"))
    return Finished(
        items=items,
        billed=billed if billed is not None and billed >= 0 else None,
        engine=name(members(value).get("model")),
        request_id=read_id(answer.headers),
        filters=read_filters(value),
    )


def read_item(value: Any) -> Item:
    """New-api writes every field, empty where unused; upstream charges only for what it delivers."""
    entry = members(value)
    found = links(value if isinstance(value, str) else entry.get("url"))
    inline = text(entry.get("b64_json")) or next((link for link in found if link.startswith("data:")), "")
    link = next((link for link in found if not link.startswith("data:")), "")
    content = (read_base64(inline) if inline else None) or b""
    if link or content:
        return Item(link, content, Size.read(text(entry.get("size"))), filters=read_filters(entry))
    if complaint := read_complaint(entry):
        return Item(trouble=failed(judge(complaint), True, complaint.message, complaint.label), filters=read_filters(entry))
    return Item(trouble=BROKEN_PICTURE)


def read_id(headers: Mapping[str, str]) -> str:
    found = (headers.get(name, "").strip() for name in IDS)
    return next((id for id in found if ID.fullmatch(id)), "")


def write_delivery(asked: Asked | None, finished: Finished, now: int, id_name: str, empty: Mapping[str, str]) -> Answer:
    """`empty`: the fields that are written though nothing is in them."""
    engine = finished.engine or (asked.wire_id if asked else "")
    body: dict[str, Any] = {"model": engine} if engine else {}
    body |= {"created": now, "data": [write_item(item, empty) for item in finished.items], **(finished.filters or {})}
    if finished.billed is not None:
        tokens = sum(round(item.size.pixels / 256) for item in finished.pictures if item.size)
        body["usage"] = {"generated_images": finished.billed, "output_tokens": tokens, "total_tokens": tokens}
    return Answer.of(200, body, **({id_name: finished.request_id} if finished.request_id else {}))


def write_item(item: Item, empty: Mapping[str, str]) -> dict[str, Any]:
    if item.trouble:
        return {**(item.filters or {}), "error": {"code": item.trouble.code, "message": item.trouble.said or item.trouble.sentence}}
    fields: dict[str, Any] = {**empty, **(item.filters or {})}
    if item.link:
        fields["url"] = item.link
    if item.content:
        fields["b64_json"] = write_base64(item.content)
    if item.size:
        fields["size"] = str(item.size)
    return fields
