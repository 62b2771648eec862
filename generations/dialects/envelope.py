"""Trouble, told in each provider's way. Reading it back gives the same trouble, as far as that provider has words for it."""

import math
from collections.abc import Mapping

from generations.dialects.outcome import Next, Sent, Trouble
from generations.dialects.vocabulary import by_status, look_up
from generations.dialects.wire import Answer

STATUSES = {
    Next.WAIT: 429,
    Next.EDIT_REQUEST: 400,
    Next.EDIT_SIZE: 400,
    Next.EDIT_PROMPT: 400,
    Next.EDIT_REFERENCE: 400,
    Next.RUN_AGAIN: 400,
    Next.MEND_KEY: 401,
    Next.TOP_UP: 402,
    Next.OPEN_ENGINE: 403,
    Next.REPLACE_ENGINE: 404,
    Next.RAISE_LIMIT: 429,
    Next.ASK: 500,
    Next.REPORT: 404,
}
ARK_CODES = {
    Next.WAIT: "AccountRateLimitExceeded",
    Next.EDIT_REQUEST: "InvalidParameter",
    Next.EDIT_SIZE: "InvalidParameter",
    Next.EDIT_PROMPT: "InputTextSensitiveContentDetected",
    Next.EDIT_REFERENCE: "InvalidParameter",
    Next.RUN_AGAIN: "OutputImageSensitiveContentDetected",
    Next.MEND_KEY: "AuthenticationError",
    Next.TOP_UP: "AccountOverdueError",
    Next.OPEN_ENGINE: "ModelNotOpen",
    Next.REPLACE_ENGINE: "InvalidEndpointOrModel.NotFound",
    Next.RAISE_LIMIT: "SetLimitExceeded",
    Next.ASK: "InternalServiceError",
}
NEW_API_CODES = {
    Next.EDIT_REQUEST: "invalid_request",
    Next.EDIT_SIZE: "InvalidParameter",
    Next.EDIT_PROMPT: "sensitive_words_detected",
    Next.EDIT_REFERENCE: "InvalidParameter",
    Next.RUN_AGAIN: "OutputImageSensitiveContentDetected",
    Next.MEND_KEY: "invalid_api_key",
    Next.TOP_UP: "insufficient_user_quota",
    Next.OPEN_ENGINE: "access_denied",
    Next.REPLACE_ENGINE: "model_not_found",
    Next.RAISE_LIMIT: "SetLimitExceeded",
    Next.ASK: "do_request_failed",
}
HTTP = {str(status) for status in range(300, 600)}
PARAMS = {Next.EDIT_SIZE: "size", Next.EDIT_REFERENCE: "image"}


def code_of(trouble: Trouble, codes: Mapping[Next, str]) -> str:
    """A code in figures is an HTTP status, not a word."""
    word = "" if trouble.code.isdecimal() else trouble.code
    if trouble.sent is Sent.UNKNOWN:  # it must not read like a refusal, or somebody sends it again and pays twice
        known = look_up(word)
        return word if known and known[1].doubtful else codes.get(Next.ASK, "")
    return word or codes.get(trouble.next, "")


def status_of(trouble: Trouble, code: str = "") -> int:
    doubtful = trouble.sent is Sent.UNKNOWN
    if trouble.code in HTTP and by_status(int(trouble.code)).doubtful is doubtful:
        return int(trouble.code)
    if known := look_up(code):
        return known[0]
    return 500 if doubtful else STATUSES[trouble.next]


def waiting(trouble: Trouble) -> dict[str, str]:
    return {} if trouble.wait is None else {"retry_after": str(math.ceil(trouble.wait))}


def write_ark(trouble: Trouble) -> Answer:
    code = code_of(trouble, ARK_CODES)
    error = {
        "code": code,
        "message": trouble.said or trouble.sentence,
        "param": PARAMS.get(trouble.next, ""),
        "type": "BadRequest" if status_of(trouble, code) == 400 else "",
    }
    return Answer.of(status_of(trouble, code), {"error": error}, **waiting(trouble))


def write_new_api(trouble: Trouble) -> Answer:
    code = code_of(trouble, NEW_API_CODES)
    error = {
        "message": trouble.said or trouble.sentence,
        "type": "new_api_error",
        "param": PARAMS.get(trouble.next, ""),
        "code": code,
    }
    return Answer.of(status_of(trouble, code), {"error": error}, **waiting(trouble))
