import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.catalogue.request import GenerationRequest, Logo, Reference
from generations.catalogue.sizes import Size
from tests.catalogue.requests import asked, photos

sizes = any_.builds(Size, any_.integers(1, 99_999), any_.integers(1, 99_999))
references = any_.builds(Reference, any_.text(), any_.text(), sizes, any_.integers(0), any_.text())
requests = any_.builds(
    GenerationRequest,
    engine=any_.text(),
    prompt=any_.text(),
    images=any_.integers(),
    ratio=any_.text(),
    tier=any_.text(),
    size=any_.none() | sizes,
    references=any_.lists(references, max_size=3).map(tuple),
    seed=any_.none() | any_.integers(),
    guidance=any_.none() | any_.floats(allow_nan=False),
    format=any_.text(),
    watermark=any_.booleans(),
    logo=any_.none() | any_.builds(Logo, any_.integers(), any_.integers(), any_.floats(allow_nan=False)),
    web_search=any_.booleans(),
)
FULL = asked("gateway/seedream-5.0", size=Size(2048, 2048), references=photos(2), logo=Logo(opacity=0.5), seed=7)


@given(requests)
def test_a_request_comes_back_from_json_as_it_was(request):
    assert GenerationRequest.read(json.loads(json.dumps(request.store()))) == request


def test_what_is_stored_is_what_json_gives_back():
    assert json.loads(json.dumps(FULL.store())) == FULL.store()


def test_fields_that_a_newer_version_wrote_are_left_out():
    stored = {**FULL.store(), "mood": "calm"}
    stored["size"]["unit"] = "px"
    stored["logo"]["colour"] = "red"
    stored["references"][0]["weight"] = 3
    stored["references"][0]["size"]["unit"] = "px"
    assert GenerationRequest.read(stored) == FULL


def test_fields_that_an_older_version_did_not_know_have_their_defaults():
    stored = {"engine": "gateway/seedream-5.0", "prompt": "a kite"}
    assert GenerationRequest.read(stored) == GenerationRequest("gateway/seedream-5.0", "a kite")


def test_fields_that_are_no_part_of_a_request_are_never_bound():
    posted = {"engine": "e", "prompt": "p", "user_id": 1, "team": "south", "is_approved": True, "cost": 0}
    assert not set(GenerationRequest.read(posted).store()) & {"user_id", "team", "is_approved", "cost"}


def test_the_stored_request_is_left_alone():
    stored = FULL.store()
    GenerationRequest.read(stored)
    assert stored == FULL.store()


def test_a_request_is_changed_into_another():
    assert FULL.with_(prompt="a blue kite").prompt == "a blue kite"
    assert FULL.prompt == "a red kite"


@pytest.mark.parametrize("value", [FULL, FULL.references[0], FULL.logo, FULL.size])
def test_nobody_changes_a_request_in_place(value):
    with pytest.raises(FrozenInstanceError):
        value.width = 1
