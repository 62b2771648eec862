"""How an APIMart task is: the question, what is answered, and its envelopes for trouble."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote, unquote

from generations.dialects import faults
from generations.dialects.complaint import Complaint, complain, read_refusal, read_silence
from generations.dialects.delivery import read_id
from generations.dialects.envelope import code_of, status_of, waiting
from generations.dialects.faults import failed, refused
from generations.dialects.loose import entries, first, links, members, name, number, read_json, text, whole
from generations.dialects.outcome import Finished, Next, Pending, Reading, Sent, Trouble
from generations.dialects.task import ended, link_of, pictures, read_task
from generations.dialects.wire import Answer, Call, Received

PATH = "/v1/tasks/"
UPLOADS = "https://upload.apimart.ai"
QUEUED = {"pending", "submitted", "queued"}
DONE = {"completed", "success", "succeeded"}
FAILED = {"failed", "failure", "error"}
CANCELLED = {"cancelled", "canceled"}
MICRO = 1_000_000
TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "payment_required",
    403: "permission_error",
    429: "rate_limit_error",
    500: "server_error",
    502: "bad_gateway",
}
CODES = {Next.RUN_AGAIN: "OutputImageSensitiveContentDetected", Next.RAISE_LIMIT: "QuotaExceeded"}  # where a figure would not tell
PARAMS = {Next.EDIT_SIZE: "size", Next.EDIT_REFERENCE: "image_urls"}


def write_question(task: str) -> Call:
    return Call("GET", PATH + quote(task, safe=""), query={"language": "en"})


def read_question(received: Received) -> str | Trouble:
    task = read_task(unquote(received.path.partition("/tasks/")[2]))
    return task or refused(faults.REQUEST, "The task id is missing.", "400")


def read_no(answer: Answer, value: Any) -> Trouble | None:
    """By error, by `success`, by `code`: all of them have been seen in HTTP 200."""
    if trouble := read_refusal(answer, value):
        return trouble
    body = members(value)
    code = whole(body.get("code"))
    return read_refusal(answer, {"error": dict(body)}) if code and 400 <= code < 600 else None


def read_status(answer: Answer, task: str = "", sent: Collection[str] = ()) -> Reading:
    data = first(members(read_json(answer.body)).get("data")) if 200 <= answer.status < 300 else {}
    told = read_task(data.get("id")) or read_task(data.get("task_id"))
    if not text(data.get("status")) or (task and told and told != task):
        return read_silence(answer)
    return settled(data, answer, sent)


def settled(data: Mapping[str, Any], answer: Answer, sent: Collection[str]) -> Reading:
    state = text(data.get("status")).lower()
    shown = members(data.get("result"))
    entry = shown.get("images") or shown.get("url")
    items = pictures(map(whole_link, links(entry)), sent)
    if state in FAILED or state in CANCELLED:
        fault = faults.CANCELLED if state in CANCELLED else None
        return ended(fault, read_reason(data), items, free=state in FAILED)  # failed tasks are refunded
    if state not in DONE:
        return Pending(running=state not in QUEUED, progress=read_progress(data))
    if not items:
        return failed(faults.EMPTY, False)
    return Finished(
        items,
        cost=read_cost(data),
        expires_at=read_expiry(entry),
        engine=name(data.get("model")),
        request_id=read_id(answer.headers),
    )


def whole_link(link: str) -> str:
    return UPLOADS + link if link.startswith("/f/") else link


def read_reason(data: Mapping[str, Any]) -> Complaint:
    error = data.get("error")
    return complain(error if isinstance(error, dict) else {**data, "message": error or data.get("message")})


def read_progress(data: Mapping[str, Any]) -> int | None:
    found = number(text(data.get("progress")).rstrip("%") or data.get("progress"))
    return None if found is None else int(min(max(found, 0), 100))


def read_cost(data: Mapping[str, Any]) -> int | None:
    """US dollars, in millionths."""
    found = number(data.get("cost"))
    if found is None or not 0 <= found <= MICRO:
        return None
    return round(Decimal(str(found)) * MICRO)


def read_expiry(entry: Any) -> int | None:
    """The first of them: all links have to be fetched by then."""
    found = [whole(members(one).get("expires_at")) for one in (entries(entry) or [entry])]
    return min((moment for moment in found if moment and moment > 0), default=None)


def write_status(task: str, outcome: Pending | Finished | Trouble, now: int) -> Answer:
    if isinstance(outcome, Trouble):
        return write_end(task, outcome, now)
    data: dict[str, Any] = {"id": task, "created": now}
    if isinstance(outcome, Pending):
        data["status"] = "processing" if outcome.running else "pending"
        data |= {} if outcome.progress is None else {"progress": outcome.progress}
        return Answer.of(200, {"code": 200, "data": data})
    named = {"x_request_id": outcome.request_id} if outcome.request_id else {}
    return Answer.of(200, {"code": 200, "data": data | finished(outcome, now)}, **named)


def finished(outcome: Finished, now: int) -> dict[str, Any]:
    expires = {} if outcome.expires_at is None else {"expires_at": outcome.expires_at}
    troubles = [item.trouble for item in outcome.items if item.trouble]
    data: dict[str, Any] = {"status": "failed" if troubles else "completed", "progress": 100, "completed": now}
    data["result"] = {"images": [{"url": [link_of(item) for item in outcome.pictures], **expires}]}
    data |= {"error": write_reason(troubles[0])} if troubles else {}
    data |= {"model": outcome.engine} if outcome.engine else {}
    return data | ({} if outcome.cost is None else {"cost": outcome.cost / MICRO})


def write_end(task: str, trouble: Trouble, now: int) -> Answer:
    if trouble.sent is not Sent.YES or trouble.next is Next.WAIT:
        return write_trouble(trouble)
    data: dict[str, Any] = {"id": task, "progress": 100, "completed": now}
    if trouble.next is Next.REPORT:
        data |= {"status": "completed", "result": {"images": []}}
    else:
        data |= {"status": "failed" if trouble.free else "cancelled", "error": write_reason(trouble)}
    return Answer.of(200, {"code": 200, "data": data})


def write_reason(trouble: Trouble) -> dict[str, Any]:
    code = int(trouble.code) if trouble.code.isdecimal() else trouble.code or (451 if trouble.next is Next.EDIT_PROMPT else "")
    param = {"param": PARAMS[trouble.next]} if trouble.next in PARAMS else {}
    return {"code": code, "message": trouble.said or trouble.sentence, "type": "upstream_error", **param}


def write_trouble(trouble: Trouble) -> Answer:
    """The code is the status, or a word where a status would not tell."""
    word = code_of(trouble, CODES)
    status = status_of(trouble, word)
    if trouble.next is Next.EDIT_PROMPT and trouble.sent is Sent.NO:
        status = 451
    param = {"param": PARAMS[trouble.next]} if trouble.next in PARAMS else {}
    type = TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    error = {"code": word or status, "message": trouble.said or trouble.sentence, "type": type, **param}
    return Answer.of(status, {"error": error}, **waiting(trouble))
