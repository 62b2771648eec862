"""An answer that says no, in any envelope that has been seen, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generations.dialects import faults
from generations.dialects.faults import Fault, refused, unanswered
from generations.dialects.hints import about_mistake, about_money, hint
from generations.dialects.loose import members, read_json, text, whole, word
from generations.dialects.outcome import Trouble
from generations.dialects.retry_after import retry_after
from generations.dialects.said import LOOKED_AT, page
from generations.dialects.vocabulary import TYPES, by_status, look_up, mentioned
from generations.dialects.wire import Answer

# A proxy that answers these in its own words has let nothing through; of any other answer that is not the provider's nobody knows.
KEPT_OUT = {401, 403, 404, 405, 407, 411, 413, 414, 415, 429, 431}
GENERAL = {"new_api_error", "upstream_error", "openai_error", "badrequest"}


@dataclass(frozen=True)
class Complaint:
    message: str = ""
    code: str = ""  # a word
    number: int | None = None  # or a figure
    type: str = ""
    param: str = ""

    @property
    def label(self) -> str:
        """The most telling of its names."""
        figure = str(self.number) if self.number not in (None, 0, 200) else ""
        return self.code or figure or ("" if self.type.lower() in GENERAL else self.type)


def read_complaint(value: Any, refused: bool = False) -> Complaint | None:
    """What somebody complains about; where the status has said so already any object will do."""
    body = members(value)
    error = body.get("error")
    if isinstance(error, Mapping) and error:
        return complain(error)
    if error:
        return complain({**body, "message": error}) if text(error) else complain(body)
    return complain(body) if body and (refused or body.get("success") is False) else None


def complain(error: Mapping[str, Any]) -> Complaint:
    code, number = word(error.get("code")), whole(error.get("code"))
    messages = (text(error.get(name)) for name in ("message", "msg", "error_message", "detail", "fail_reason"))
    return Complaint(
        message=next((message for message in messages if message), "")[:LOOKED_AT],
        code=code if number is None else "",
        number=number,
        type=text(error.get("type")),
        param=text(error.get("param")),
    )


def judge(complaint: Complaint, status: int = 200) -> Fault:
    """200: the status says nothing, as in the middle of an answer."""
    if named := look_up(complaint.code) or look_up(complaint.type) or mentioned(complaint.message):
        fault = named[1]
        return told(complaint) or fault if fault is faults.REQUEST else fault
    fault = unnamed(complaint, status)
    closer = {
        faults.FORBIDDEN: about_money(complaint.message),
        faults.FAILED: told(complaint) or about_mistake(complaint.message),
        faults.REQUEST: told(complaint),
        faults.WORDS: told(complaint),
    }
    return closer.get(fault) or fault


def told(complaint: Complaint) -> Fault | None:
    """What their prose is about."""
    return hint(complaint.message, complaint.param)


def unnamed(complaint: Complaint, status: int) -> Fault:
    if not 200 <= status < 300:
        return by_status(status)
    if complaint.number is not None and 400 <= complaint.number < 600:
        return by_status(complaint.number)
    return TYPES.get(complaint.type.lower(), faults.FAILED)


def read_refusal(answer: Answer, value: Any) -> Trouble | None:
    """Of a submit: the trouble, if it is one. A 2xx without a complaint may still hold nothing of use."""
    fine = 200 <= answer.status < 300
    wait = retry_after(answer.headers)
    if complaint := read_complaint(value, refused=not fine):
        code = complaint.label or ("" if fine else str(answer.status))
        return refused(judge(complaint, answer.status), complaint.message, code, wait)
    return None if fine else refused(foreign(answer.status), page(answer.body), str(answer.status), wait)


def foreign(status: int) -> Fault:
    """Not the provider's own words: something that stands in front of it."""
    if status in (404, 405):
        return faults.ADDRESS
    if status in KEPT_OUT or not 400 <= status < 500:
        return by_status(status)
    return faults.CUT_OFF


def senseless(answer: Answer) -> Trouble:
    """A 2xx that holds nothing of use."""
    return refused(faults.SENSELESS, page(answer.body))


def read_silence(answer: Answer) -> Trouble:
    """Of a question: whatever is wrong, the task goes on and is asked for again."""
    complaint = read_complaint(read_json(answer.body), refused=True) or Complaint(page(answer.body))
    fine = 200 <= answer.status < 300
    code = complaint.label or ("" if fine else str(answer.status))
    return unanswered(answer.status, complaint.message, code, retry_after(answer.headers))
