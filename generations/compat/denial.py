"""Why there is no picture. Every door says it in its own dialect's words; here it is decided what happened, and whether trying again helps.

A program tries again by itself at 408, 409, 429 and 5xx. What will not change, or may have been paid for, never answers one of these.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Self

from django.utils.translation import gettext as _

from generations.calling.caller import Unwelcome
from generations.calling.room import Full
from generations.calling.waiting import Crowded
from generations.catalogue.problem import Problem
from generations.dialects.outcome import Next, Sent, Trouble
from generations.models import Generation
from generations.pipeline.start import KeyUsed, Refused
from generations.uploading.unfit import Unfit


@dataclass(frozen=True)
class Kind:
    status: int
    code: str  # as new-api has it, where it has a word
    ark: str  # as Ark has it
    again: bool = False  # the same once more may do


class Why(Enum):
    REQUEST = Kind(400, "invalid_request", "InvalidParameter")
    CONTENT = Kind(400, "sensitive_words_detected", "InputTextSensitiveContentDetected")
    RESULT = Kind(400, "OutputImageSensitiveContentDetected", "OutputImageSensitiveContentDetected")
    TOKEN = Kind(401, "invalid_api_key", "AuthenticationError")
    RIGHT = Kind(403, "access_denied", "AccessDenied")
    BUDGET = Kind(403, "insufficient_user_quota", "AccountOverdueError")
    PROVIDER = Kind(403, "provider_account", "OperationDenied")  # the studio's own account there: for an administrator
    APPROVAL = Kind(403, "approval_needed", "OperationDenied.ApprovalNeeded")
    ENGINE = Kind(404, "model_not_found", "InvalidEndpointOrModel.NotFound")
    NOTHING = Kind(404, "not_found", "NotFound")
    METHOD = Kind(405, "method_not_allowed", "MethodNotAllowed")
    LARGE = Kind(413, "request_too_large", "InvalidParameter.TooLarge")
    TYPE = Kind(415, "unsupported_media_type", "InvalidParameter.ContentType")
    KEY_USED = Kind(422, "idempotency_key_used", "InvalidParameter.IdempotencyKey")
    FAILED = Kind(422, "generation_failed", "GenerationFailed")
    UNKNOWN = Kind(422, "outcome_unknown", "OutcomeUnknown")  # it may have been charged
    MANY = Kind(429, "rate_limit_exceeded", "AccountRateLimitExceeded", again=True)
    BROKE = Kind(500, "studio_error", "InternalServiceError", again=True)
    BUSY = Kind(503, "studio_busy", "ServerOverloaded", again=True)
    LATER = Kind(504, "still_running", "StillRunning", again=True)  # its next try goes on waiting for the same


class Denial(Exception):
    def __init__(self, why: Why, message: str, param: str = "", code: str = "", wait: int | None = None) -> None:
        super().__init__(message)
        self.why, self.message, self.param, self.code, self.wait = why, message, param, code, wait
        self.generation: Generation | None = None

    def about(self, generation: Generation) -> Self:
        """Of a request that was taken on."""
        self.generation = generation
        return self

    @property
    def status(self) -> int:
        return self.why.value.status


# --- what was raised ---

PARAMS = {"ratio": "size", "tier": "size", "images": "n", "references": "image", "engine": "model", "format": "output_format"}
FIELDS = {"engine": Why.ENGINE, "budget": Why.BUDGET, "team": Why.RIGHT}
WELCOMES = {401: Why.TOKEN, 403: Why.RIGHT, 429: Why.MANY}
UNFIT = {413: Why.LARGE, 503: Why.BUSY}


def read(raised: Exception) -> Denial | None:
    match raised:
        case Denial():
            return raised
        case Unwelcome():
            return Denial(WELCOMES.get(raised.status, Why.RIGHT), raised.sentence, wait=raised.wait)
        case Crowded():
            return Denial(Why.MANY, raised.sentence, wait=raised.wait)
        case Full():
            return Denial(Why.BUSY, raised.sentence, wait=raised.wait)
        case Refused():
            return refused(raised.problems)
        case KeyUsed():
            return Denial(Why.KEY_USED, raised.sentence)
        case Unfit():
            return Denial(UNFIT.get(raised.status, Why.REQUEST), str(raised), "image", wait=1 if raised.status == 503 else None)
    return None


def refused(problems: tuple[Problem, ...]) -> Denial:
    sentences = [_(problem.message).format(**problem.values) for problem in problems]
    field = problems[0].field
    return Denial(FIELDS.get(field, Why.REQUEST), " ".join(sentences), PARAMS.get(field, field))


# --- what a generation came to ---

NEXT = {
    Next.WAIT: Why.FAILED,  # it is over, nobody waits any more
    Next.EDIT_REQUEST: Why.REQUEST,
    Next.EDIT_SIZE: Why.REQUEST,
    Next.EDIT_PROMPT: Why.CONTENT,
    Next.EDIT_REFERENCE: Why.REQUEST,
    Next.MEND_KEY: Why.PROVIDER,
    Next.TOP_UP: Why.PROVIDER,
    Next.OPEN_ENGINE: Why.PROVIDER,
    Next.RAISE_LIMIT: Why.PROVIDER,
    Next.REPLACE_ENGINE: Why.ENGINE,
}
ABOUT = {Next.EDIT_SIZE: "size", Next.EDIT_PROMPT: "prompt", Next.EDIT_REFERENCE: "image", Next.REPLACE_ENGINE: "model"}


def misread(trouble: Trouble) -> Denial:
    """A request that could not be read: the dialect says why in its own words."""
    return Denial(NEXT.get(trouble.next, Why.REQUEST), trouble.said or _(trouble.sentence), ABOUT.get(trouble.next, ""))


def judge(trouble: Trouble) -> Denial:
    """A generation that came to nothing."""
    if trouble.sent is Sent.UNKNOWN or trouble.next is Next.ASK:
        return Denial(Why.UNKNOWN, _(trouble.sentence))
    why = NEXT.get(trouble.next, Why.FAILED)
    if trouble.next is Next.RUN_AGAIN and "Sensitive" in trouble.code:
        why = Why.RESULT
    message = " ".join(filter(None, [_(trouble.sentence), trouble.said]))
    return Denial(why, message, ABOUT.get(trouble.next, ""), "" if trouble.code.isdecimal() else trouble.code)
