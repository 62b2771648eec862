"""No, in the two envelopes that the openai and the Ark SDK read. They have the same members."""

from generations.compat.denial import Denial
from generations.dialects.wire import Answer

TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}


def deny(denial: Denial) -> Answer:
    kind = TYPES.get(denial.status, "server_error" if denial.status >= 500 else "invalid_request_error")
    return written(denial, denial.code or denial.why.value.code, kind)


def deny_as_ark(denial: Denial) -> Answer:
    return written(denial, denial.code or denial.why.value.ark, "BadRequest" if denial.status == 400 else "")


def written(denial: Denial, code: str, kind: str) -> Answer:
    return Answer.of(denial.status, {"error": {"message": denial.message, "type": kind, "param": denial.param, "code": code}})
