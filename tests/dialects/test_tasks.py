"""TensorsLab and APIMart: how a task begins, goes on and ends."""

from typing import Any

import pytest

from generations.catalogue import get_engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.sizes import Size
from generations.dialects import apimart, faults, tensorslab
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Accepted, Finished, Item, Next, Pending, Sent, Trouble
from generations.dialects.transfer import deliver
from generations.dialects.wire import Answer, Inline, Received
from tests.dialects.sample import body, picture, post

LINK = "https://upload.apimart.ai/f/image/abc-0.jpeg"
OTHER = "https://upload.apimart.ai/f/image/abc-1.jpeg"
SOUND = {"model": "doubao-seedream-5-0-lite", "prompt": "a red kite"}


def tl(status: Any, code: Any = 1000, msg: str = "OK", **data: Any) -> Answer:
    return body({"code": code, "msg": msg, "data": {"taskid": "t1", "image_status": status, **data}})


def am(status: Any, images: Any = None, **data: Any) -> Answer:
    result = {} if images is None else {"result": {"images": images}}
    return body({"code": 200, "data": {"id": "t1", "status": status, **result, **data}})


def call(dialect, id: str, *pictures, key: str = "", **fields: Any):
    engine = get_engine(id)
    assert engine
    return dialect.write_request(GenerationRequest(id, "a red kite", **{"ratio": "16:9", "tier": "2K", **fields}), engine, pictures, key)


def test_tensorslab_is_sent_a_form():
    made = call(tensorslab, "tensorslab/seedream-4.5", picture(), picture(b"two"), images=3)
    assert made.path == "/v1/images/seedreamv45"
    assert [(part.name, part.text) for part in made.form] == [
        ("category", "seedreamv45"),
        ("prompt", "a red kite"),
        ("batchsize", "3"),
        ("resolution", "2848x1600"),
        ("sourceImage", ""),
        ("sourceImage", ""),
    ]


def test_tensorslab_is_sent_one_link_or_files_never_both():
    linked = picture(link=LINK)
    one, two = (call(tensorslab, "tensorslab/seedream-4.5", *pictures).form for pictures in ([linked], [linked, linked]))
    assert [part.name for part in one if part.name in ("imageUrl", "sourceImage")] == ["imageUrl"]
    assert [part.name for part in two if part.name in ("imageUrl", "sourceImage")] == ["sourceImage", "sourceImage"]


def test_tensorslabs_own_choice_of_ratio_is_a_bare_tier():
    made = call(tensorslab, "tensorslab/seedream-5.0-lite", ratio="auto")
    assert dict(deliver(made).fields)["resolution"] == "2K"


def test_apimart_is_sent_a_ratio_a_tier_and_a_number():
    made = call(apimart, "apimart/seedream-5.0-lite", picture(), picture(link=LINK), key="k1", images=2, format="png", ratio="auto")
    assert made.json == {
        "model": "doubao-seedream-5-0-lite",
        "prompt": "a red kite",
        "size": "auto",
        "resolution": "2K",
        "n": 2,
        "output_format": "png",
        "watermark": False,
        "image_urls": [Inline(picture()), LINK],
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": 2},
    }
    assert made.headers == {"Idempotency-Key": "k1", "X-APIMart-Response-Version": "2026-07-27"}


def test_apimarts_pixels_stand_alone():
    made = call(apimart, "apimart/seedream-5.0-pro", ratio="", tier="", size=Size(1000, 1000))
    assert (made.json["size"], "resolution" in made.json) == ("1000x1000", False)


def test_both_contracts_of_apimart_name_a_task():
    for data in ([{"task_id": "t1"}], {"task_id": "t1"}, {"id": "t1"}, [{"id": "t1"}], {"id": 7, "task_id": "t1"}):
        for status, code in ((200, 200), (202, 202), (200, None), (200, 0), (201, "200")):
            assert apimart.read_answer(body({"code": code, "data": data, "error": None}, status)) == Accepted("t1")


def test_the_newer_contract_is_answered_to_whoever_asks_for_it():
    asked = apimart.read_request(post(SOUND, **{"x-apimart-response-version": "2026-07-27"}))
    assert isinstance(asked, Asked)
    newer, older = (apimart.write_answer(one, Accepted("t1"), 0) for one in (asked, None))
    assert (newer.status, older.status) == (202, 200)
    assert b'"poll_url": "/v1/tasks/t1"' in newer.body
    assert b'"data": [{' in older.body


def test_a_task_that_could_not_be_asked_for_is_none():
    for task in ("..", ".", "a\nb", "x" * 500, " "):
        assert isinstance(apimart.read_answer(body({"code": 200, "data": {"id": task}})), Trouble), task


def test_the_question_is_a_post_there_and_a_get_here():
    assert tensorslab.write_question("t1").json == {"taskid": "t1"}
    assert (apimart.write_question("a/b").path, apimart.write_question("a").query) == ("/v1/tasks/a%2Fb", {"language": "en"})


def test_every_other_number_of_tensorslab_is_running():
    for status in (2, 5, 17, "2", "uploading", -1, 2.0, True):
        assert (status, tensorslab.read_status(tl(status))) == (status, Pending(running=True))
    assert tensorslab.read_status(tl("1", url=[])) == Pending(running=False)


@pytest.mark.parametrize("status", [3, "3", 3.0])
def test_tensorslabs_links_come_in_several_shapes(status: Any):
    for url in ([LINK], LINK, [[LINK]], [LINK, LINK], [{"url": LINK}], [None, LINK, ""]):
        found = tensorslab.read_status(tl(status, url=url, width=2048, height=2048, category="seedreamv45"), "t1")
        assert found == Finished((Item(LINK, size=Size(2048, 2048)),), engine="seedreamv45")


def test_a_task_that_finished_without_a_picture_is_reported():
    for url in (None, [], "", {}, [None], 5):
        for reading in (tensorslab.read_status(tl(3, url=url)), apimart.read_status(am("completed", [{"url": url}]))):
            assert isinstance(reading, Trouble), url
            assert (reading.next, reading.sent, reading.charged) == (Next.REPORT, Sent.YES, None)


@pytest.mark.parametrize(
    ("fields", "next", "said"),
    [
        ({"error_message": "content check failed"}, Next.EDIT_PROMPT, "content check failed"),
        ({"error_message": "", "msg": "broken"}, Next.RUN_AGAIN, "broken"),
        ({}, Next.RUN_AGAIN, ""),
    ],
)
def test_a_failed_task_of_tensorslab_may_have_cost_something(fields: dict[str, Any], next: Next, said: str):
    trouble = tensorslab.read_status(tl(4, **fields))
    assert isinstance(trouble, Trouble)
    assert (trouble.next, trouble.sent, trouble.charged, trouble.said) == (next, Sent.YES, None, said)
    assert tensorslab.read_status(tensorslab.write_status("t1", trouble, 0)) == trouble


def test_a_code_but_9000_is_asked_again():
    for code in (9999, 500, None, "x"):
        reading = tensorslab.read_status(tl(3, code=code, url=[LINK]))
        assert isinstance(reading, Trouble)
        assert reading.next is Next.WAIT
    assert tensorslab.read_status(tl(None, code=9000)).next is Next.TOP_UP


@pytest.mark.parametrize("read", [tensorslab.read_status, apimart.read_status])
def test_another_tasks_pictures_are_not_ours(read):
    for answer in (tl(3, url=[LINK]), am("completed", [{"url": LINK}])):
        reading = read(answer, "t2")
        assert isinstance(reading, Trouble)
        assert reading.next is Next.WAIT


IMAGES = [[{"url": [LINK]}], [{"url": LINK}], [{"url": [[LINK]]}], {"url": LINK}, [LINK], LINK, [{"url": "/f/image/abc-0.jpeg"}]]


@pytest.mark.parametrize("status", ["completed", "success", "Succeeded"])
def test_apimarts_links_come_in_several_shapes(status: str):
    for images in IMAGES:
        assert apimart.read_status(am(status, images), "t1") == Finished((Item(LINK),))


def test_apimarts_links_may_be_spread_and_ours_may_be_among_them():
    images = [{"url": [LINK, "https://ours.example/1.png"]}, {"url": OTHER}, {"url": LINK}]
    found = apimart.read_status(am("completed", images), "t1", ["https://ours.example/1.png"])
    assert found == Finished((Item(LINK), Item(OTHER)))


DOLLARS = [(0.028, 28_000), ("0.028", 28_000), (0, 0), (1e-9, 0), (None, None), ("much", None), (-1, None), (True, None), (1e300, None)]


def test_apimarts_dollars_become_millionths():
    assert [(cost, apimart.read_status(am("completed", [LINK], cost=cost)).cost) for cost, _ in DOLLARS] == DOLLARS


def test_the_first_link_to_expire_counts():
    images = [{"url": LINK, "expires_at": 1795428000}, {"url": OTHER, "expires_at": "1795427000"}, {"url": [], "expires_at": None}]
    assert apimart.read_status(am("completed", images)).expires_at == 1795427000


def test_any_other_word_of_apimart_goes_on():
    for status in ("pending", "submitted", "queued", "processing", "in_progress", "dreaming", "PENDING"):
        queued = status.lower() in ("pending", "submitted", "queued")
        assert apimart.read_status(am(status, progress=45)) == Pending(not queued, 45)
        assert apimart.read_status(am(status, progress="45%")) == Pending(not queued, 45)
        assert apimart.read_status(am(status, progress=900, error=None)) == Pending(not queued, 100)


@pytest.mark.parametrize(
    ("error", "next", "code"),
    [
        ({"code": 451, "message": "blocked by content policy", "type": "upstream_error"}, Next.EDIT_PROMPT, "451"),
        ({"code": 451, "message": "the generated image violates"}, Next.RUN_AGAIN, "451"),
        ({"code": "InputImageSensitiveContentDetected", "message": ""}, Next.EDIT_REFERENCE, "InputImageSensitiveContentDetected"),
        ({"code": 500, "message": "boom"}, Next.RUN_AGAIN, "500"),
        ({"code": 429, "message": "busy upstream"}, Next.RUN_AGAIN, "429"),
        ({"code": 401, "message": "their own key"}, Next.RUN_AGAIN, "401"),
        ("out of luck", Next.RUN_AGAIN, ""),
        (None, Next.RUN_AGAIN, ""),
    ],
)
def test_a_failed_task_of_apimart_is_refunded(error: Any, next: Next, code: str):
    trouble = apimart.read_status(am("failed", error=error))
    assert isinstance(trouble, Trouble)
    assert (trouble.next, trouble.code, trouble.sent, trouble.charged) == (next, code, Sent.YES, False)
    again = apimart.read_status(apimart.write_status("t1", trouble, 0))
    assert (again.next, again.code, again.sentence, again.free) == (next, code, trouble.sentence, True)


@pytest.mark.parametrize("status", ["cancelled", "canceled"])
def test_a_cancelled_task_may_have_cost_something(status: str):
    trouble = apimart.read_status(am(status))
    assert isinstance(trouble, Trouble)
    assert trouble.sentence == faults.CANCELLED.taken


def test_a_failed_task_keeps_what_came():
    for reading in (tensorslab.read_status(tl(4, url=[LINK])), apimart.read_status(am("failed", [{"url": LINK}]))):
        assert isinstance(reading, Finished)
        assert reading.pictures == (Item(LINK),)
        assert reading.items[1].trouble


def test_a_refused_key_while_asking_says_so_and_asks_again():
    for dialect in (tensorslab, apimart):
        trouble = dialect.read_status(body({"error": {"code": 401, "message": "no"}}, 401))
        assert (trouble.next, trouble.sentence, trouble.code) == (Next.WAIT, faults.NO_ENTRY, "401")


def test_a_question_without_a_task_is_refused():
    for dialect, received in ((tensorslab, post({})), (apimart, Received("GET", "/v1/tasks/"))):
        trouble = dialect.read_question(received)
        assert isinstance(trouble, Trouble)
        assert dialect.write_status("", trouble, 0).status == (200 if dialect is tensorslab else 400)


WRONG = [
    ({"n": "2"}, "n"),
    ({"n": 1.0}, "n"),
    ({"prompt": None}, "prompt"),
    ({"model": ""}, "model"),
    ({"size": "1024×"}, "size"),
    ({"resolution": "large"}, "resolution"),
    ({"image_urls": LINK}, "image_urls"),
    ({"image_urls": ["ftp://a"]}, "image_urls"),
    ({"watermark": 1}, "watermark"),
    ({"output_format": 5}, "output_format"),
]


def test_apimart_refuses_a_wrong_value_by_its_name():
    for change, name in WRONG:
        trouble = apimart.read_request(post({**SOUND, **change}))
        assert isinstance(trouble, Trouble), change
        assert f"`{name}`" in trouble.said
        assert apimart.read_answer(apimart.write_answer(None, trouble, 0)) == trouble


def test_apimart_reads_null_as_nothing_and_small_letters_as_large():
    wild = {**SOUND, "n": None, "image_urls": None, "size": None, "watermark": None, "resolution": "2k", "seed": "x"}
    request = apimart.read_request(post(wild)).request
    assert (request.images, request.ratio, request.tier, request.watermark) == (1, "", "2K", False)


@pytest.mark.parametrize("key", ["a b", "x" * 192, "ключ"])
def test_a_key_that_is_none_is_refused(key: str):
    assert isinstance(apimart.read_request(post(SOUND, **{"idempotency-key": key})), Trouble)


@pytest.mark.parametrize(
    "fields", [{"prompt": ""}, {"prompt": "k", "batchsize": "two"}, {"prompt": "k", "resolution": "big"}, {"prompt": "k", "imageUrl": "x"}]
)
def test_tensorslab_refuses_in_a_200(fields: dict[str, str]):
    trouble = tensorslab.read_request(Received("POST", "/v1/images/seedreamv5", fields=tuple(fields.items())))
    assert isinstance(trouble, Trouble)
    answer = tensorslab.write_answer(None, trouble, 0)
    assert answer.status == 200
    assert tensorslab.read_answer(answer) == trouble


def test_tensorslab_may_answer_with_a_link_at_once():
    assert tensorslab.read_answer(body({"code": 1000, "msg": "", "data": {"url": LINK}})) == Finished((Item(LINK),))
    assert apimart.read_answer(am("completed", [LINK], id=None)) == Finished((Item(LINK),))
