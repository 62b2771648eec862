"""How a TensorsLab task is: the question, and what is answered."""

from collections.abc import Collection, Mapping
from typing import Any

from generations.catalogue.sizes import LONGEST, Size
from generations.dialects import faults
from generations.dialects.complaint import Complaint, complain, read_silence
from generations.dialects.envelope import status_of, waiting
from generations.dialects.faults import failed, refused
from generations.dialects.loose import first, links, members, name, read_json, text, whole
from generations.dialects.outcome import Finished, Next, Pending, Reading, Sent, Trouble
from generations.dialects.task import ended, link_of, pictures, read_task
from generations.dialects.wire import Answer, Call, Received

PATH = "/v1/images/infobytaskid"
OK, BROKE, BAD = 1000, 9000, 9999
QUEUED, RUNNING, DONE, FAILED = 1, 2, 3, 4
EMPTY_WORDS = {"ok", "success", "successful"}  # about the question, not about the task
HTTP = {Next.MEND_KEY, Next.WAIT, Next.OPEN_ENGINE, Next.REPLACE_ENGINE, Next.ASK}  # told by a status, the rest by a code


def write_question(task: str) -> Call:
    return Call("POST", PATH, json={"taskid": task})


def read_question(received: Received) -> str | Trouble:
    task = read_task(members(received.json).get("taskid"))
    return task or refused(faults.REQUEST, "taskid is required", str(BAD))


def read_status(answer: Answer, task: str = "", sent: Collection[str] = ()) -> Reading:
    body = members(read_json(answer.body)) if 200 <= answer.status < 300 else {}
    code, data = whole(body.get("code")), first(body.get("data"))
    if code == BROKE:
        complaint = complain(body)
        return failed(faults.BALANCE, False, complaint.message, complaint.label)
    told = read_task(data.get("taskid"))
    if code != OK or data.get("image_status") is None or (task and told and told != task):
        return read_silence(answer)
    return read_data(data, body, sent)


def read_data(data: Mapping[str, Any], body: Mapping[str, Any], sent: Collection[str]) -> Reading:
    state = whole(data.get("image_status"))
    if state not in (DONE, FAILED):
        return Pending(running=state != QUEUED)  # 5 is known from videos; whatever it is, it goes on
    items = pictures(links(data), sent, read_size(data))
    if state == FAILED:
        said = text(data.get("error_message")) or text(body.get("msg"))
        return ended(None, Complaint("" if said.lower() in EMPTY_WORDS else said), items, free=False)
    return Finished(items, engine=name(data.get("category"))) if items else failed(faults.EMPTY, False)


def read_size(data: Mapping[str, Any]) -> Size | None:
    width, height = whole(data.get("width")), whole(data.get("height"))
    return Size(width, height) if width and height and 0 < width <= LONGEST and 0 < height <= LONGEST else None


def write_status(task: str, outcome: Pending | Finished | Trouble, now: int) -> Answer:
    data: dict[str, Any] = {"taskid": task, "url": []}
    if isinstance(outcome, Pending):
        return write_code(OK, "OK", {**data, "image_status": RUNNING if outcome.running else QUEUED})
    if isinstance(outcome, Trouble):
        return write_end(data, outcome)
    troubles = [item.trouble for item in outcome.items if item.trouble]
    size = next((item.size for item in outcome.pictures if item.size), None)
    data |= {"image_status": FAILED if troubles else DONE, "url": [link_of(item) for item in outcome.pictures]}
    data |= {"category": outcome.engine} if outcome.engine else {}
    data |= {"width": size.width, "height": size.height} if size else {}
    data |= {"error_message": troubles[0].said} if troubles else {}
    return write_code(OK, "OK", data)


def write_end(data: dict[str, Any], trouble: Trouble) -> Answer:
    if trouble.sent is not Sent.YES or trouble.next in (Next.WAIT, Next.TOP_UP):
        return write_trouble(trouble)
    if trouble.next is Next.REPORT:
        return write_code(OK, "OK", {**data, "image_status": DONE})
    return write_code(OK, "OK", {**data, "image_status": FAILED, "error_message": trouble.said})


def write_trouble(trouble: Trouble) -> Answer:
    body = {"code": BROKE if trouble.next is Next.TOP_UP else BAD, "msg": trouble.said or trouble.sentence, "data": None}
    status = status_of(trouble) if trouble.next in HTTP or trouble.sent is Sent.UNKNOWN else 200
    return Answer.of(status, body, **waiting(trouble))


def write_code(code: int, message: str, data: Mapping[str, Any]) -> Answer:
    return Answer.of(200, {"code": code, "msg": message, "data": data})
