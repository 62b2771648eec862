"""Anyfast, the gateway and Ark: what is in their answers, and what they accept."""

import json
from typing import Any

import pytest

from generations.catalogue import get_engine
from generations.catalogue.request import GenerationRequest, Logo
from generations.catalogue.sizes import Size
from generations.dialects import anyfast, ark, faults, gateway
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Finished, Item, Next, Sent, Trouble
from generations.dialects.wire import Answer, Inline
from tests.dialects.sample import body, picture, post

LINK = "https://files.example/0.jpeg?X-Tos-Expires=86400&X-Tos-Signature=%2B%3D"
PNG = b"\x89PNG\r\n\x1a\n"
EACH = pytest.mark.parametrize("dialect", [anyfast, gateway, ark])
SOUND = {"model": "m", "prompt": "a red kite"}


def written(dialect, id: str, *pictures, **fields: Any) -> dict[str, Any]:
    engine = get_engine(id)
    assert engine
    call = dialect.write_request(GenerationRequest(id, "a red kite", **{"ratio": "16:9", "tier": "2K", **fields}), engine, pictures, "")
    return dict(call.json)


def delivered(dialect, *entries: Any, **fields: Any) -> Finished:
    reading = dialect.read_answer(body({"created": 1, "data": list(entries), **fields}))
    assert isinstance(reading, Finished), reading
    return reading


def test_the_gateway_is_sent_pixels_and_an_explicit_watermark():
    assert written(gateway, "gateway/seedream-5.0", format="png") == {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "a red kite",
        "size": "2848x1600",
        "output_format": "png",
        "watermark": False,
        "response_format": "url",
    }


def test_the_engines_own_choice_of_ratio_is_a_bare_tier_or_adaptive():
    assert written(gateway, "gateway/seedream-4.5", ratio="auto")["size"] == "2K"
    assert written(gateway, "gateway/seededit-3.0-i2i", picture(), ratio="auto", tier="")["size"] == "adaptive"


def test_one_reference_is_a_string_and_more_are_a_list():
    inline = Inline(picture())
    assert written(gateway, "gateway/seedream-4.5", picture())["image"] == inline
    assert written(ark, "ark/seedream-4.5", picture(), picture(link=LINK))["image"] == [inline, LINK]
    assert written(anyfast, "anyfast/seedream-5.0", picture())["image"] == [inline]


def test_anyfast_is_sent_no_word_of_groups_for_one_image():
    assert written(anyfast, "anyfast/seedream-5.0", picture(link=LINK), seed=7, logo=Logo(1, 2, 0.5)) == {
        "model": "doubao-seedream-5-0-260128",
        "prompt": "a red kite",
        "image": [LINK],
        "size": "2848x1600",
        "watermark": False,
        "seed": 7,
        "logo_info": {"add_logo": True, "position": 1, "language": 2, "opacity": 0.5},
    }


def test_anyfast_searches_the_web_only_with_words_alone():
    assert written(anyfast, "anyfast/seedream-5.0-t2i", web_search=True)["tools"] == [{"type": "web_search"}]
    assert "tools" not in written(anyfast, "anyfast/seedream-5.0", picture(), web_search=True)


@EACH
def test_a_picture_may_be_refused_and_the_rest_comes(dialect):
    refused = {"error": {"code": "OutputImageSensitiveContentDetected", "message": "may contain sensitive information"}}
    found = delivered(dialect, {"url": LINK, "size": "2848x1600"}, refused, model="m", usage={"generated_images": 1})
    assert found.pictures == (Item(LINK, size=Size(2848, 1600)),)
    assert (found.billed, found.engine) == (1, "m")
    trouble = found.items[1].trouble
    assert trouble
    assert (trouble.next, trouble.sent, trouble.charged, trouble.sentence) == (Next.RUN_AGAIN, Sent.YES, False, faults.RESULT.sentence)


@EACH
def test_a_fault_of_theirs_in_one_picture_is_another_try(dialect):
    for code in ("InternalServiceError", "ServerOverloaded", "AuthenticationError", "something", 500, None):
        trouble = delivered(dialect, {"url": LINK}, {"error": {"code": code}}).items[1].trouble
        assert trouble
        assert (trouble.next, trouble.charged) == (Next.RUN_AGAIN, False)


@EACH
def test_empty_strings_are_not_there(dialect):
    entry = {"b64_json": "iVBORw0KGgo=", "url": "", "revised_prompt": ""}
    assert delivered(dialect, entry).items == (Item(content=PNG),)
    assert delivered(dialect, {"b64_json": "", "url": LINK}).items == (Item(LINK),)


@EACH
def test_base64_comes_in_several_dresses(dialect):
    uri = "data:image/png;base64,iVBORw0KGgo="
    for text in ("iVBORw0KGgo=", uri, "iVBOR\r\nw0KGgo=\n", "iVBORw0KGgo"):
        assert delivered(dialect, {"b64_json": text}).items == (Item(content=PNG),)
    assert delivered(dialect, {"url": uri}).items == (Item(content=PNG),)


@EACH
def test_what_is_no_picture_says_so_in_its_place(dialect):
    for entry in ({"b64_json": "!"}, {"b64_json": "a==="}, {"url": 5}, None, "", [], {"error": None}):
        trouble = delivered(dialect, {"url": LINK}, entry).items[1].trouble
        assert trouble, entry
        assert trouble.next is Next.REPORT


@EACH
def test_an_error_beside_a_picture_does_not_make_it_go_away(dialect):
    assert delivered(dialect, {"url": LINK}, error={"code": "InternalServiceError"}).items == (Item(LINK),)


@EACH
def test_no_answer_brings_more_than_was_ever_asked_for(dialect):
    assert len(delivered(dialect, *[{"url": LINK}] * 5000).items) == 100


@EACH
def test_a_link_that_could_not_be_stored_is_none(dialect):
    for link in ("https://a.example/\ud800", "https://a.example/\x00", "https://a.example/" + "k" * 20_000):
        answer = Answer(200, json.dumps({"data": [{"url": link}]}).encode())
        assert isinstance(dialect.read_answer(answer), Trouble), link[:30]


def test_the_request_id_is_kept():
    for dialect, name in ((ark, "x-request-id"), (gateway, "x-oneapi-request-id")):
        answer = body({"data": [{"url": LINK}]}, 200, **{name: "0217abc"})
        assert dialect.read_answer(answer).request_id == "0217abc"
        assert dialect.write_answer(None, Finished((Item(LINK),), request_id="0217abc"), 1).headers[name] == "0217abc"


def test_ark_counts_tokens_as_the_real_one_does():
    items = tuple(Item(LINK, size=Size(*size)) for size in ((2848, 1600), (2048, 2048)))
    usage = {"generated_images": 2, "output_tokens": 17800 + 16384, "total_tokens": 17800 + 16384}
    assert b'"usage": ' + str(usage).replace("'", '"').encode() in ark.write_answer(None, Finished(items, billed=2), 1).body


WRONG = [
    ({"model": 5}, "model", Next.EDIT_REQUEST),
    ({"model": None}, "model", Next.EDIT_REQUEST),
    ({"prompt": ""}, "prompt", Next.EDIT_REQUEST),
    ({"prompt": ["a"]}, "prompt", Next.EDIT_REQUEST),
    ({"size": 2048}, "size", Next.EDIT_SIZE),
    ({"size": "16:9"}, "size", Next.EDIT_SIZE),
    ({"seed": "7"}, "seed", Next.EDIT_REQUEST),
    ({"seed": 1.5}, "seed", Next.EDIT_REQUEST),
    ({"seed": True}, "seed", Next.EDIT_REQUEST),
    ({"seed": 10**40}, "seed", Next.EDIT_REQUEST),
    ({"guidance_scale": "2.5"}, "guidance_scale", Next.EDIT_REQUEST),
    ({"guidance_scale": 10**400}, "guidance_scale", Next.EDIT_REQUEST),
    ({"watermark": "true"}, "watermark", Next.EDIT_REQUEST),
    ({"response_format": "png"}, "response_format", Next.EDIT_REQUEST),
    ({"sequential_image_generation": "yes"}, "sequential_image_generation", Next.EDIT_REQUEST),
    ({"sequential_image_generation_options": 3}, "sequential_image_generation_options", Next.EDIT_REQUEST),
    ({"sequential_image_generation_options": {"max_images": "3"}}, "max_images", Next.EDIT_REQUEST),
    ({"image": {"url": LINK}}, "image", Next.EDIT_REFERENCE),
    ({"image": [5]}, "image", Next.EDIT_REFERENCE),
    ({"image": ["file:///etc/passwd"]}, "image", Next.EDIT_REFERENCE),
    ({"image": ["data:image/PNG;base64,iVBORw0KGgo="]}, "image", Next.EDIT_REFERENCE),
    ({"image": ["data:image/png;base64,!!"]}, "image", Next.EDIT_REFERENCE),
    ({"tools": "web_search"}, "tools", Next.EDIT_REQUEST),
    ({"stream": True}, "stream", Next.EDIT_REQUEST),
]


@EACH
def test_a_wrong_value_is_refused_by_its_name(dialect):
    for change, name, next in WRONG:
        trouble = dialect.read_request(post({**SOUND, **change}))
        assert isinstance(trouble, Trouble), change
        assert (trouble.next, trouble.sent) == (next, Sent.NO), change
        assert f"`{name}`" in trouble.said
        answer = dialect.write_answer(None, trouble, 0)
        assert answer.status == 400
        assert dialect.read_answer(answer) == trouble


@EACH
def test_null_is_as_if_it_were_not_there_and_unknown_fields_are_ignored(dialect):
    plain = dialect.read_request(post(SOUND))
    nulls = dict.fromkeys(["image", "size", "seed", "guidance_scale", "watermark", "tools", "output_format", "response_format", "stream"])
    groups = dict.fromkeys(["sequential_image_generation", "sequential_image_generation_options", "logo_info"])
    wild = {**SOUND, **nulls, **groups, "n": "4", "quality": "hd", "user": 5, "invented": {"a": []}}
    assert dialect.read_request(post(wild)) == plain
    assert plain.request.images == 1


def test_each_has_its_own_usual_watermark():
    assert [dialect.read_request(post(SOUND)).request.watermark for dialect in (anyfast, gateway, ark)] == [False, True, True]


def test_a_group_of_no_stated_size_is_as_large_as_it_may_be():
    group = {**SOUND, "sequential_image_generation": "auto", "image": [LINK] * 4}
    assert gateway.read_request(post(group)).request.images == 11
    assert gateway.read_request(post({**group, "sequential_image_generation": "disabled"})).request.images == 1


def test_anyfast_takes_a_list_of_references_and_knows_groups_only_as_auto():
    for change in ({"image": LINK}, {"sequential_image_generation": "disabled"}, {"logo_info": {"opacity": "1"}}):
        assert isinstance(anyfast.read_request(post({**SOUND, **change})), Trouble)
    assert anyfast.read_request(post({**SOUND, "logo_info": {"add_logo": False, "position": 3}})).request.logo is None


def test_pictures_are_wanted_in_the_answer_or_as_links():
    assert [gateway.read_request(post({**SOUND, "response_format": form})).inline for form in ("b64_json", "url", None)] == [
        True,
        False,
        False,
    ]


@EACH
def test_a_body_that_is_no_object_is_refused(dialect):
    assert all(isinstance(dialect.read_request(post(value)), Trouble) for value in (None, [], "x", 5))
    assert isinstance(dialect.read_request(post(SOUND)), Asked)
