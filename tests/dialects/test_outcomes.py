"""What the sandbox and the API doors write, the client reads: the same outcome, as far as the wire can carry it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as any_

from generations.catalogue.request import GenerationRequest
from generations.dialects import ASKING, DIALECTS, get_asking, get_dialect
from generations.dialects.dialect import Asked
from generations.dialects.faults import WORDS, failed
from generations.dialects.outcome import Accepted, Finished, Item, Pending
from generations.dialects.vocabulary import ARK
from tests.dialects.sample import IDS, LINKS, SIZES, items

ASKED = Asked("doubao-seedream-5-0-260128", GenerationRequest("", "kite"))
SYNCHRONOUS = sorted(set(DIALECTS) - set(ASKING))
FAULTS = [(fault, word) for _, fault, words in ARK for word in words.split()]
FAILURES = any_.builds(
    lambda row, said: Item(trouble=failed(row[0], True, said, row[1])), any_.sampled_from(FAULTS), any_.just("held back")
)
COUNTS = any_.none() | any_.integers(0, 15)
NAMES = any_.just("") | IDS


@settings(max_examples=50)
@given(items=any_.lists(items() | FAILURES, min_size=1, max_size=15), billed=COUNTS, request_id=NAMES)
def test_pictures_come_as_they_were_sent(items: list[Item], billed: int | None, request_id: str):
    outcome = Finished(tuple(items), billed, engine=ASKED.wire_id, request_id=request_id)
    for dialect in map(get_dialect, SYNCHRONOUS):
        assert dialect.read_answer(dialect.write_answer(ASKED, outcome, 1795168838)) == outcome


@given(task=IDS, version=any_.sampled_from(["", "2026-07-27"]))
def test_a_task_comes_as_it_was_sent(task: str, version: str):
    asked = Asked("seedreamv5", GenerationRequest("", "kite"), version=version)
    for dialect in ASKING.values():
        assert dialect.read_answer(dialect.write_answer(asked, Accepted(task), 1795168838)) == Accepted(task)


@pytest.mark.parametrize("name", SYNCHRONOUS)
def test_who_answers_at_once_has_no_tasks(name: str):
    with pytest.raises(TypeError):
        get_dialect(name).write_answer(ASKED, Accepted("task"), 0)


PENDING = {"tensorslab": any_.builds(Pending, any_.booleans()), "apimart": any_.builds(Pending, any_.booleans(), COUNTS)}


@pytest.mark.parametrize("name", ASKING)
@given(data=any_.data())
def test_a_task_that_runs_says_how_far_it_is(name: str, data: any_.DataObject):
    state = data.draw(PENDING[name])
    assert get_asking(name).read_status(get_asking(name).write_status("task", state, 0), "task") == state


@settings(max_examples=50)
@given(
    any_.builds(
        Finished,
        items=any_.lists(items(sized=False), min_size=1, max_size=15, unique_by=lambda item: (item.link, item.content)).map(
            lambda found: tuple(Item(item.link, b"" if item.link else item.content) for item in found)
        ),
        cost=any_.none() | any_.integers(0, 10**9),
        expires_at=any_.none() | any_.integers(1, 2**40),
        engine=NAMES,
        request_id=NAMES,
    )
)
def test_apimart_says_what_came_what_it_cost_and_until_when(outcome: Finished):
    apimart = get_asking("apimart")
    unique = Finished(tuple(dict.fromkeys(outcome.items)), None, outcome.cost, outcome.expires_at, outcome.engine, outcome.request_id)
    assert apimart.read_status(apimart.write_status("task", unique, 0), "task") == unique


@settings(max_examples=50)
@given(links=any_.lists(LINKS, min_size=1, max_size=15, unique=True), size=any_.none() | SIZES, category=NAMES)
def test_tensorslab_says_what_came_and_how_large(links: list[str], size, category: str):
    tensorslab, outcome = get_asking("tensorslab"), Finished(tuple(Item(link, size=size) for link in links), engine=category)
    assert tensorslab.read_status(tensorslab.write_status("task", outcome, 0), "task") == outcome


@settings(max_examples=50)
@given(links=any_.lists(LINKS, min_size=1, max_size=5, unique=True))
def test_what_came_of_a_failed_task_is_kept(links: list[str]):
    for name, free in (("tensorslab", False), ("apimart", True)):
        lost = Item(trouble=failed(WORDS, free, "the prompt violates our rules", "451" if free else ""))
        dialect, outcome = get_asking(name), Finished((*map(Item, links), lost))
        assert dialect.read_status(dialect.write_status("task", outcome, 0), "task") == outcome
