"""Every error that the providers are known to send, and what it means for the one who waits and for the money."""

from typing import Any

import pytest

from generations.catalogue.request import GenerationRequest
from generations.dialects import DIALECTS, anyfast, apimart, ark, faults, gateway, get_dialect, tensorslab
from generations.dialects.dialect import Asked
from generations.dialects.faults import Fault
from generations.dialects.outcome import Next, Sent, Trouble
from generations.dialects.vocabulary import ARK, NEW_API
from generations.dialects.wire import Answer
from tests.dialects.sample import body

NO, UNKNOWN = Sent.NO, Sent.UNKNOWN
ROWS = [(status, word, fault) for status, fault, words in ARK + NEW_API for word in words.split()]
ASKED = Asked("seedreamv5", GenerationRequest("", "kite"))
EACH = pytest.mark.parametrize("name", DIALECTS)


def refusal(dialect, answer: Answer) -> Trouble:
    trouble = dialect.read_answer(answer)
    assert isinstance(trouble, Trouble), trouble
    return trouble


def error(status: int, code: Any = "", message: str = "no", **fields: Any) -> Answer:
    return body({"error": {"code": code, "message": message, **fields}}, status)


@pytest.mark.parametrize("dialect", [anyfast, gateway, ark])
def test_every_code_of_ark_and_new_api_is_understood(dialect):
    for status, word, fault in ROWS:
        trouble = refusal(dialect, error(status, word, "no luck"))
        assert (trouble.next, trouble.sentence, trouble.code, trouble.said) == (fault.next, fault.sentence, word, "no luck")
        assert (word, trouble.sent) == (word, UNKNOWN if fault.doubtful else NO)


def test_a_gateway_may_have_remapped_the_status():
    for _, word, fault in ROWS:
        for other in (200, 400, 429, 500, 503):
            assert (word, refusal(gateway, error(other, word)).sentence) == (word, fault.sentence)


def test_a_code_with_a_dot_means_what_stands_before_it():
    codes = {
        "InvalidParameter.UnsupportedParameter": Next.EDIT_REQUEST,
        "InvalidImageURL.EmptyURL": Next.EDIT_REFERENCE,
        "SensitiveContentDetected.SevereViolation": Next.EDIT_PROMPT,
        "InputImageSensitiveContentDetected.PrivacyInformation": Next.EDIT_REFERENCE,
        "RateLimitExceeded.EndpointRPMExceeded": Next.WAIT,
        "InvalidEndpointOrModel.ModelIDAccessDisabled": Next.REPLACE_ENGINE,
    }
    assert {code: refusal(ark, error(400, code)).next for code in codes} == codes


MESSAGES = {
    "The parameter `size` specified in the request is not valid: image size must be at least 3686400 pixels.": Next.EDIT_SIZE,
    "the specified size is not supported for model": Next.EDIT_SIZE,
    "size must be one of 'WIDTHxHEIGHT', '2k', '3k', or '4k'": Next.EDIT_SIZE,
    "The parameter `image` specified in the request is not supported by the current model": Next.EDIT_REFERENCE,
    "number of reference images cannot exceed 14": Next.EDIT_REFERENCE,
    "Timeout while downloading url: https://slow.example/1.png": Next.EDIT_REFERENCE,
    "The request failed because the output image may contain sensitive information.": Next.RUN_AGAIN,
    "The parameter `seed` specified in the request is not valid": Next.EDIT_REQUEST,
    "图片尺寸不支持": Next.EDIT_SIZE,
}


def test_a_bad_parameter_says_which_one():
    assert {message: refusal(ark, error(400, "InvalidParameter", message)).next for message in MESSAGES} == MESSAGES
    assert refusal(ark, error(400, "InvalidParameter", "no", param="size")).next is Next.EDIT_SIZE


APIMART = [
    (400, "invalid_request_error", Next.EDIT_REQUEST, NO),
    (401, "authentication_error", Next.MEND_KEY, NO),
    (402, "payment_required", Next.TOP_UP, NO),
    (403, "permission_error", Next.OPEN_ENGINE, NO),
    (404, "not_found_error", Next.REPLACE_ENGINE, NO),
    (408, "request_timeout", Next.ASK, UNKNOWN),
    (413, "invalid_request_error", Next.EDIT_REFERENCE, NO),
    (429, "rate_limit_error", Next.WAIT, NO),
    (451, "upstream_error", Next.EDIT_PROMPT, NO),
    (500, "server_error", Next.ASK, UNKNOWN),
    (502, "bad_gateway", Next.ASK, UNKNOWN),
    (503, "service_unavailable", Next.ASK, UNKNOWN),
    (504, "gateway_timeout", Next.ASK, UNKNOWN),
]


def test_every_error_of_apimart_is_understood():
    for status, type, next, sent in APIMART:
        for http in (status, 200):  # it has been seen to say all of them in a 200
            trouble = refusal(apimart, error(http, status, "请求参数无效", type=type))
            assert (trouble.code, trouble.next, trouble.sent) == (str(status), next, sent)


def test_success_false_is_a_refusal():
    trouble = refusal(apimart, body({"success": False, "message": "resolution 9K is not valid"}))
    assert (trouble.next, trouble.sent, trouble.said) == (Next.EDIT_SIZE, NO, "resolution 9K is not valid")


def test_a_code_that_is_not_2xx_is_a_refusal():
    assert refusal(apimart, body({"code": 402, "message": "no money", "data": None})).next is Next.TOP_UP


@pytest.mark.parametrize(
    ("code", "message", "next"),
    [
        (9000, "Insufficient credits", Next.TOP_UP),
        (9999, "resolution is not valid", Next.EDIT_SIZE),
        (9999, "content check failed", Next.EDIT_PROMPT),
        (9999, "sourceImage cannot be read", Next.EDIT_REFERENCE),
        (9999, "batchsize must be 1 to 15", Next.EDIT_REQUEST),
        (9999, "something went wrong", Next.RUN_AGAIN),
        ("9999", "", Next.RUN_AGAIN),
    ],
)
@pytest.mark.parametrize("data", [None, {}, []])
def test_tensorslabs_codes_are_understood(code: Any, message: str, next: Next, data: Any):
    trouble = refusal(tensorslab, body({"code": code, "msg": message, "data": data}))
    assert (trouble.next, trouble.sent, trouble.code) == (next, NO, str(code))


STATUSES = [(401, Next.MEND_KEY, NO), (402, Next.TOP_UP, NO), (403, Next.OPEN_ENGINE, NO), (404, Next.REPLACE_ENGINE, NO)]
STATUSES += [(413, Next.EDIT_REFERENCE, NO), (415, Next.EDIT_REQUEST, NO), (422, Next.EDIT_REQUEST, NO), (429, Next.WAIT, NO)]
STATUSES += [(status, Next.ASK, UNKNOWN) for status in (408, 499, 500, 502, 503, 504, 520, 524)]


@EACH
def test_a_status_alone_is_enough(name: str):
    for status, next, sent in STATUSES:
        for value in ({"error": {"message": "no"}}, {"error": "no"}, {"message": "no"}, {"msg": "no", "code": status}, {"detail": "no"}):
            trouble = refusal(get_dialect(name), body(value, status))
            assert (trouble.next, trouble.sent, trouble.said, trouble.code) == (next, sent, "no", str(status))


@EACH
def test_a_page_instead_of_json_is_nobodys_word_unless_it_kept_us_out(name: str):
    for status, next, _ in STATUSES:
        trouble = refusal(get_dialect(name), Answer(status, b"<html><title>Nope</title>", {"content-type": "text/html"}))
        kept_out = status in (401, 403, 413, 415, 429)
        assert (status, trouble.sent) == (status, NO if kept_out or status == 404 else UNKNOWN)
        assert (status, trouble.next) == (status, next if kept_out else Next.REPORT if status == 404 else Next.ASK)
        assert trouble.said == "Nope"


@EACH
def test_a_redirect_is_an_address_to_be_corrected(name: str):
    for status in (301, 302, 307, 308):
        trouble = refusal(get_dialect(name), Answer(status, b"", {"location": "https://elsewhere.example"}))
        assert (status, trouble.sent, trouble.sentence) == (status, UNKNOWN, faults.MOVED.sentence)


def test_an_empty_account_is_told_from_one_that_may_not():
    assert refusal(gateway, error(403, "", "用户额度不足")).next is Next.TOP_UP
    assert refusal(gateway, error(403, "", "not allowed")).next is Next.OPEN_ENGINE


def test_a_wrapped_refusal_of_the_content_rules_is_found_in_the_text():
    wrapped = 'status_code=400, {"error":{"code":"OutputImageSensitiveContentDetected"}}'
    assert refusal(gateway, error(500, "bad_response_status_code", wrapped)).sent is UNKNOWN
    assert refusal(gateway, error(500, "", wrapped)).sentence == faults.RESULT.sentence


def test_new_apis_plain_401_is_understood():
    trouble = refusal(anyfast, error(401, "", "Invalid token (request id: 20261120101542123)", type="new_api_error"))
    assert (trouble.next, trouble.code) == (Next.MEND_KEY, "401")
    assert trouble.said == "Invalid token (request id: 20261120101542123)"


def test_the_time_to_wait_comes_along():
    assert refusal(ark, body({"error": {"code": "ServerOverloaded"}}, 429, retry_after="17")).wait == 17


@pytest.mark.parametrize("dialect", [anyfast, gateway, ark])
def test_trouble_that_is_told_on_is_the_same_trouble(dialect):
    for status, word, _ in ROWS:
        trouble = refusal(dialect, body({"error": {"code": word, "message": "no luck"}}, status, retry_after="30"))
        assert refusal(dialect, dialect.write_answer(ASKED, trouble, 0)) == trouble


def test_apimarts_trouble_that_is_told_on_is_the_same_trouble():
    for status, type, _, _ in APIMART:
        trouble = refusal(apimart, error(status, status, "no luck", type=type))
        assert refusal(apimart, apimart.write_answer(ASKED, trouble, 0)) == trouble


def test_tensorslabs_trouble_that_is_told_on_is_the_same_trouble():
    for status in (200, 401, 403, 404, 429, 500, 502):
        for code, message in ((9000, "no credits"), (9999, "resolution is not valid"), (9999, "no luck")):
            trouble = refusal(tensorslab, body({"code": code, "msg": message}, status))
            again = refusal(tensorslab, tensorslab.write_answer(ASKED, trouble, 0))
            assert (again.next, again.sent, again.said) == (trouble.next, trouble.sent, trouble.said)


@EACH
def test_trouble_of_our_own_making_keeps_its_meaning(name: str):
    for next in Next:
        sent = UNKNOWN if next is Next.ASK else NO
        sentence = {Next.EDIT_SIZE: "Pick another size.", Next.EDIT_REFERENCE: "Another reference."}.get(next, "no luck")
        trouble = refusal(get_dialect(name), get_dialect(name).write_answer(None, Trouble(next, sent, sentence), 0))
        assert (next, trouble.sent, trouble.said) == (next, sent, sentence)
        if next is not Next.REPORT and name != "tensorslab":
            assert trouble.next is next


@EACH
def test_what_may_have_been_charged_never_reads_like_a_refusal(name: str):
    for next in Next:
        for code in ("", "400", "404", "502", "ServerOverloaded", "do_request_failed"):
            answer = get_dialect(name).write_answer(None, Trouble(next, UNKNOWN, "nobody knows", code=code), 0)
            assert (next, code, refusal(get_dialect(name), answer).sent) == (next, code, UNKNOWN)


def test_every_sentence_says_what_happened_what_it_costs_and_what_to_do():
    every = [one for one in vars(faults).values() if isinstance(one, Fault)]
    sentences = [text for one in every for text in (one.sentence, one.taken) if text] + [faults.NO_NEWS, faults.NO_ENTRY]
    for sentence in sentences:
        assert sentence.count(". ") == 2
        assert sentence.endswith(".")
        assert "please" not in sentence.lower()
        assert len(sentence) <= 140


def test_what_was_refused_was_not_charged_and_of_the_rest_it_depends():
    assert [faults.refused(fault).charged for fault in (faults.KEY, faults.BROKEN)] == [False, None]
    assert [faults.failed(faults.RESULT, free).charged for free in (True, False)] == [False, None]
