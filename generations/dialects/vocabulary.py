"""The error codes of Ark and of the new-api gateways that resell it, with the HTTP status that usually goes with each.

Gateways remap statuses and pass Ark's words through, so the word decides, not the status: a 503 that says `model_not_found` was
surely not taken on, and a 400 that says `do_request_failed` may have been.
"""

import re

from generations.dialects import faults
from generations.dialects.faults import Fault

ARK: list[tuple[int, Fault, str]] = [
    (400, faults.REQUEST, "MissingParameter InvalidParameter"),
    (400, faults.REFERENCE, "InvalidImageURL"),
    (400, faults.WORDS, "SensitiveContentDetected InputTextSensitiveContentDetected InputTextRiskDetection"),
    (400, faults.PICTURE, "InputImageSensitiveContentDetected InputImageRiskDetection"),
    (400, faults.RESULT, "OutputImageSensitiveContentDetected OutputImageRiskDetection"),
    (400, faults.CHECK, "ContentSecurityDetectionError"),
    (400, faults.GONE, "InvalidEndpoint.ClosedEndpoint"),
    (401, faults.KEY, "AuthenticationError InvalidAccountStatus"),
    (403, faults.BALANCE, "AccountOverdueError OperationDenied.ServiceOverdue"),
    (403, faults.FORBIDDEN, "AccessDenied OperationDenied OperationDenied.ServiceNotOpen"),
    (404, faults.GONE, "InvalidEndpointOrModel InvalidEndpoint"),
    (404, faults.FORBIDDEN, "ModelNotOpen"),
    (429, faults.BUSY, "RateLimitExceeded AccountRateLimitExceeded APIAccountRpmRateLimitExceeded RequestBurstTooFast"),
    (429, faults.BUSY, "ModelAccountRpmRateLimitExceeded ModelAccountTpmRateLimitExceeded ModelAccountIpmRateLimitExceeded"),
    (429, faults.BUSY, "InflightBatchsizeExceeded ServerOverloaded"),
    (429, faults.LIMIT, "QuotaExceeded SetLimitExceeded"),
    (499, faults.BROKEN, "RequestCanceled"),
    (500, faults.BROKEN, "InternalServiceError"),
]
NEW_API: list[tuple[int, Fault, str]] = [
    (401, faults.KEY, "invalid_api_key"),
    (403, faults.BALANCE, "insufficient_user_quota pre_consume_token_quota_failed insufficient_quota"),
    (403, faults.FORBIDDEN, "access_denied entitlement_required entitlement_inactive"),
    (403, faults.LIMIT, "entitlement_daily_limit_exceeded entitlement_total_limit_exceeded"),
    # its own configuration: nothing has gone upstream
    (503, faults.GONE, "model_not_found get_channel_failed channel:no_available_key channel:model_mapped_error model_price_error"),
    (400, faults.REQUEST, "invalid_request bad_request_body convert_request_failed invalid_api_type read_request_body_failed"),
    (400, faults.WORDS, "sensitive_words_detected prompt_blocked"),
    (429, faults.BUSY, "token_concurrency_limit_reached token_concurrency_unavailable rate_limit_exceeded"),
    (500, faults.BROKEN, "do_request_failed bad_response bad_response_body empty_response bad_response_status_code"),
    (500, faults.BROKEN, "read_response_body_failed"),
    (504, faults.CUT_OFF, "channel:response_time_exceeded"),
]
WORDS = {word.lower(): (status, fault) for status, fault, words in ARK + NEW_API for word in words.split()}

# Too general to outweigh a status; they count where the status says nothing.
TYPES = {
    "invalid_request_error": faults.REQUEST,
    "authentication_error": faults.KEY,
    "payment_required": faults.BALANCE,
    "permission_error": faults.FORBIDDEN,
    "not_found_error": faults.GONE,
    "rate_limit_error": faults.BUSY,
    "server_error": faults.BROKEN,
    "bad_gateway": faults.CUT_OFF,
}
STATUSES = {
    401: faults.KEY,
    402: faults.BALANCE,
    403: faults.FORBIDDEN,
    404: faults.GONE,
    408: faults.CUT_OFF,
    409: faults.BROKEN,  # against something that is there already: perhaps our own request
    410: faults.GONE,
    413: faults.REFERENCE,  # only references make a request that large
    425: faults.CUT_OFF,
    429: faults.BUSY,
    451: faults.WORDS,
    499: faults.CUT_OFF,
    500: faults.BROKEN,
}
RULES = re.compile(r"\b(?:Input|Output)(?:Text|Image)(?:SensitiveContentDetected|RiskDetection)\b")


def look_up(word: str) -> tuple[int, Fault] | None:
    """A code by itself, or by what stands before its dots: `InvalidParameter.UnsupportedParameter`."""
    word = word.lower()[:200]
    while word:
        if word in WORDS:
            return WORDS[word]
        word = word.rpartition(".")[0]
    return None


def mentioned(message: str) -> tuple[int, Fault] | None:
    """A gateway that wraps a refusal of the content rules leaves its code in the text."""
    found = RULES.search(message)
    return look_up(found[0]) if found else None


def by_status(status: int) -> Fault:
    if status in STATUSES:
        return STATUSES[status]
    if 300 <= status < 400:
        return faults.MOVED
    if 400 <= status < 500:
        return faults.REQUEST
    return faults.CUT_OFF if status >= 500 else faults.SENSELESS
