"""What a provider's content filter says comes through as it was said, both ways."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from generations.dialects import ASKING, DIALECTS, gateway, get_dialect
from generations.dialects.faults import FAILED, RESULT, failed
from generations.dialects.filters import LARGEST, MEMBERS, NAMES, read_filters, told
from generations.dialects.outcome import Finished, Item
from tests.dialects import seeds
from tests.dialects.sample import LINKS, body

SYNCHRONOUS = sorted(set(DIALECTS) - set(ASKING))
LEVELS = any_.sampled_from(["safe", "low", "medium", "high"])
CATEGORIES = any_.sampled_from(["hate", "self_harm", "sexual", "violence"])
RESULTS = any_.dictionaries(CATEGORIES, any_.fixed_dictionaries({"filtered": any_.booleans(), "severity": LEVELS}), min_size=1)
REVISED = any_.text(any_.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=80)
SAID = any_.fixed_dictionaries({}, optional=dict(zip(NAMES, (RESULTS, RESULTS, REVISED), strict=True))).map(lambda said: said or None)
ITEMS = any_.lists(any_.builds(Item, link=LINKS, filters=SAID), min_size=1, max_size=5)


@settings(max_examples=50)
@given(items=ITEMS, whole=SAID)
def test_it_comes_as_it_was_sent(items: list[Item], whole: dict[str, Any] | None):
    outcome = Finished(tuple(items), engine="m", filters=whole)
    for dialect in map(get_dialect, SYNCHRONOUS):
        assert dialect.read_answer(dialect.write_answer(None, outcome, 1795168838)) == outcome


def test_the_seed_of_the_gateway_says_that_nothing_was_found():
    [item] = gateway.read_answer(body(seeds.GATEWAY_ANSWER)).items
    assert set(item.filters) == set(NAMES)
    assert item.filters["content_filter_results"]["violence"] == {"filtered": False, "severity": "safe"}
    assert item.filters["revised_prompt"].startswith("A young, adorable sea otter")


@pytest.mark.parametrize("empty", ["", None, {}, [], 0])
def test_what_is_empty_is_not_there(empty: Any):
    assert read_filters(dict.fromkeys(NAMES, empty)) is None


@settings(max_examples=50)
@given(any_.recursive(any_.none() | any_.booleans() | any_.floats() | any_.integers() | any_.text(any_.characters()), any_.lists))
def test_whatever_it_says_a_database_can_keep_it(value: Any):
    found = read_filters({name: {"deep": value} for name in NAMES})
    text = json.dumps(found, allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in text
    text.encode()


def test_it_is_kept_small():
    endless: Any = "x" * 10**6
    for _level in range(50):
        endless = {f"{number}": endless for number in range(3)}
    many = {f"kind {number}": {"filtered": True} for number in range(1000)}
    found = read_filters({"content_filter_results": endless, "prompt_filter_results": many})
    assert found is None or len(json.dumps(found)) < 10**6
    assert len(read_filters({"prompt_filter_results": many})["prompt_filter_results"]) == MEMBERS


def test_all_that_is_kept_of_an_answer_is_bounded():
    item = Item("https://files.example/1.png", filters={"revised_prompt": "x" * 4000})
    kept = told(Finished((item,) * 100))
    assert kept
    assert 10 < len(kept["data"]) < 20
    assert len(json.dumps(kept)) <= 2 * LARGEST


def test_what_was_held_back_is_kept_in_its_place():
    lost = Item(trouble=failed(RESULT, True, "may contain sensitive information", "OutputImageSensitiveContentDetected"))
    other = Item(trouble=failed(FAILED, True, "internal error"))
    kept = told(Finished((Item("https://files.example/1.png"), lost, other)))
    error = {"code": "OutputImageSensitiveContentDetected", "message": "may contain sensitive information"}
    assert kept == {"data": [{}, {"error": error}, {}]}


def test_most_say_nothing():
    assert told(Finished((Item("https://files.example/1.png"),))) is None
