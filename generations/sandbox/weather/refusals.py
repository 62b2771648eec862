"""What is refused before anything is taken on."""

from collections.abc import Mapping
from dataclasses import replace
from email.utils import formatdate

from generations.dialects import faults
from generations.dialects.faults import refused
from generations.dialects.outcome import Trouble
from generations.sandbox.wire import Answer, say

TROUBLES: Mapping[str, Trouble] = {
    "bad-request": refused(faults.REQUEST, "The parameter `watermark` specified in the request is not valid.", "InvalidParameter"),
    "unprocessable": refused(faults.REQUEST, "The parameter `watermark` specified in the request is not valid.", "InvalidParameter"),
    "bad-size": refused(faults.SIZE, "The parameter `size` specified in the request is not valid.", "InvalidParameter"),
    "reference-timeout": refused(
        faults.REFERENCE, "The parameter `image` specified in the request is not valid: Timeout while downloading url", "InvalidParameter"
    ),
    "bad-key": refused(faults.KEY, "The API key is not valid."),
    "no-credit": refused(faults.BALANCE, "The balance is not sufficient."),
    "forbidden": refused(faults.FORBIDDEN, "The account has no access to this model."),
    "engine-gone": refused(faults.GONE, "The model does not exist or is no longer served."),
    "forbidden-content": refused(faults.WORDS, "The input text may contain sensitive information.", "InputTextSensitiveContentDetected"),
    "prompt-refused": refused(faults.WORDS, "The input text may contain sensitive information.", "InputTextSensitiveContentDetected"),
    "reference-refused": refused(
        faults.PICTURE, "The input image may contain sensitive information.", "InputImageSensitiveContentDetected"
    ),
    "busy-seconds": refused(faults.BUSY, "Too many requests."),
    "busy-date": refused(faults.BUSY, "Too many requests."),
    "busy-garbage": refused(faults.BUSY, "Too many requests."),
    "busy-negative": refused(faults.BUSY, "Too many requests."),
    "busy-decade": refused(faults.BUSY, "Too many requests."),
    "busy": refused(faults.BUSY, "Too many requests."),
    "overloaded": refused(faults.BUSY, "The service is overloaded.", "ServerOverloaded"),
    "capped": refused(faults.LIMIT, "The limit set for this model is reached.", "SetLimitExceeded"),
    "no-channel": refused(faults.GONE, "No available channel for this model under group default."),
    "unready": refused(faults.BUSY, "The service is not ready."),
    "error-in-200": refused(faults.REQUEST, "The parameter `watermark` specified in the request is not valid.", "InvalidParameter"),
    "not-success": refused(faults.REQUEST, "The request is not valid."),
}
STATUSES = {"unprocessable": 422, "forbidden-content": 403, "unready": 503, "error-in-200": 200}
WAITS = {"busy-seconds": "2", "busy-garbage": "soon", "busy-negative": "-5", "busy-decade": "315360000"}


def refusal(name: str, written: Answer, now: float) -> Answer:
    """`written` is the trouble as the dialect says it."""
    if name == "no-channel":
        error = {"message": TROUBLES[name].said, "type": "new_api_error", "param": "", "code": "model_not_found"}
        return say(503, {"error": error})
    if name == "not-success":
        return say(200, {"success": False, "message": TROUBLES[name].said})
    headers = {header: value for header, value in written.headers.items() if header.lower() != "retry-after"}
    if name.startswith("busy"):
        wait = formatdate(now + 2, usegmt=True) if name == "busy-date" else WAITS.get(name)
        return replace(written, status=429, headers={**headers, "Retry-After": wait} if wait else headers)
    return replace(written, status=STATUSES.get(name, written.status))
