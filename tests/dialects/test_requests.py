"""What we write, the other side reads: as it was asked, for every engine there is."""

from functools import partial
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from generations.catalogue import ENGINES, Engine
from generations.catalogue.request import GenerationRequest
from generations.dialects import ASKING, DIALECTS, get_asking, get_dialect
from generations.dialects.dialect import Asked
from generations.dialects.transfer import deliver
from tests.dialects.sample import picture, pictures, settled

KEYS = any_.text(any_.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=191)
EACH = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)


def menu(request: GenerationRequest, engine: Engine) -> GenerationRequest:
    """Pixels are a ratio and a tier again: only whoever knows the engine can tell."""
    place = engine.place(request.size) if request.size else None
    return request.with_(size=None, ratio=place[0], tier=place[1]) if place else request


def sent(engine: Engine, request: GenerationRequest, references=(), key: str = "") -> Asked:
    dialect = get_dialect(engine.dialect)
    asked = dialect.read_request(deliver(dialect.write_request(request, engine, references, key)))
    assert isinstance(asked, Asked), asked
    return asked


@EACH
@settings(max_examples=20)
@given(any_.data())
def test_a_request_arrives_as_it_was_asked_and_its_references_in_their_order(engine: Engine, data: any_.DataObject):
    request, given_ = data.draw(settled(engine)), data.draw(pictures(engine))
    asked = sent(engine, request, given_)
    files = engine.dialect == "tensorslab" and len(given_) > 1
    assert menu(asked.request, engine) == request.with_(engine="")
    assert asked.wire_id == engine.wire_id
    assert asked.references == tuple(one.open().read() if files or not one.link else one.link for one in given_)


@given(KEYS)
def test_the_key_goes_along_where_it_means_something(key: str):
    for engine in ENGINES.values():
        idempotent = get_dialect(engine.dialect).IDEMPOTENT
        assert sent(engine, GenerationRequest(engine.id, "kite", ratio="1:1", tier="2K"), key=key).key == (key if idempotent else "")


def test_writing_takes_under_a_millisecond():
    for engine in ENGINES.values():
        write, request = get_dialect(engine.dialect).write_request, GenerationRequest(engine.id, "kite " * 800, ratio="1:1", tier="2K")
        assert min(timed(partial(write, request, engine, (), "key")) for _ in range(20)) < 0.001, engine.id


def timed(work) -> float:
    start = thread_time()
    work()
    return thread_time() - start


def test_what_an_engine_does_not_take_is_left_out():
    for engine in ENGINES.values():
        wild = GenerationRequest(engine.id, "kite", ratio="1:1", tier="2K", seed=7, guidance=3.5, web_search=True, watermark=True)
        call = get_dialect(engine.dialect).write_request(wild, engine, (), "")
        said = set(call.json or ()) | {part.name for part in call.form or ()}
        takes = {"seed": engine.seed, "guidance_scale": engine.guidance, "tools": engine.web_search}
        takes["watermark"] = engine.watermark is not None
        assert {name for name in takes if name in said} == {name for name, taken in takes.items() if taken}, engine.id


def test_only_a_group_has_group_fields():
    names = "sequential_image_generation", "sequential_image_generation_options"
    for engine in ENGINES.values():
        for images in (1, 2):
            call = get_dialect(engine.dialect).write_request(GenerationRequest(engine.id, "kite", images), engine, (), "")
            grouped = bool(call.json) and images > 1 and engine.most_images > 1
            assert [name in (call.json or ()) for name in names] == [grouped] * 2, engine.id


def test_an_engine_that_takes_links_only_is_not_sent_bytes():
    engine = ENGINES["anyfast/seedream-5.0"]
    strict = type(engine)(**{**vars(engine), "references": type(engine.references)(needed=1, most=14, as_files=False)})
    with pytest.raises(ValueError, match="only as links"):
        get_dialect("anyfast").write_request(GenerationRequest(engine.id, "kite"), strict, [picture()], "")


def test_every_dialect_goes_by_its_name():
    assert {name: dialect.NAME for name, dialect in DIALECTS.items()} == {name: name for name in DIALECTS}
    assert {name for name, dialect in DIALECTS.items() if dialect.ASKS} == set(ASKING) == {"tensorslab", "apimart"}
    assert [name for name, dialect in DIALECTS.items() if dialect.IDEMPOTENT] == ["apimart"]
    assert get_asking("apimart") is get_dialect("apimart")


@given(task=any_.text(any_.characters(exclude_categories=("C", "Z"), exclude_characters="%."), min_size=1, max_size=60))
def test_a_question_names_its_task(task: str):
    for dialect in ASKING.values():
        assert dialect.read_question(deliver(dialect.write_question(task))) == task
