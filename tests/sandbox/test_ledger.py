"""One click, one accepted call: the ledger must be beyond doubt."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from generations.dialects import get_dialect
from generations.sandbox.weather.drills import DIALECTS
from tests.sandbox.shop import KEY


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_accepted_call_is_one_line(shop, dialect):
    shop.order(dialect, "koi", images=1)
    (line,) = shop.ledger
    assert (line["n"], line["dialect"], line["images"], line["billed"], line["key"]) == (1, dialect, 1, 1, KEY[-4:])
    assert bool(line["task"]) == get_dialect(dialect).ASKS
    assert line["wire_id"]


def test_polls_and_downloads_are_free(shop):
    for item in shop.order("apimart", "koi", images=2).items:
        shop.fetch(item.link)
    assert len(shop.ledger) == 1


def test_what_is_refused_is_not_in_it(shop):
    shop.buy("gateway", "koi", key="")
    shop.buy("gateway", "koi", images=99)
    shop.buy("gateway", "")
    assert shop.ledger == []


def test_equal_requests_have_equal_digests(shop):
    for prompt in ("koi", "koi", "carp"):
        shop.buy("tensorslab", prompt)
    first, second, third = (line["digest"] for line in shop.ledger)
    assert first == second != third


def test_it_can_be_cleared(shop):
    shop.buy("gateway", "koi")
    assert shop.call("DELETE", "/ledger").status == 204
    shop.buy("gateway", "koi")
    assert [line["n"] for line in shop.ledger] == [1]


def test_parallel_calls_are_all_counted_once(shop):
    with ThreadPoolExecutor(40) as crowd:
        statuses = list(crowd.map(lambda n: shop.buy(DIALECTS[n % 5], f"koi {n}", images=1).status, range(100)))
    assert {status // 100 for status in statuses} == {2}
    assert sorted(line["n"] for line in shop.ledger) == list(range(1, 101))
    assert len({line["digest"] for line in shop.ledger}) == 100


class TestIdempotency:
    def test_the_same_again_is_the_first_task(self, shop):
        first, second = (shop.buy("apimart", "koi", "click-1") for _ in range(2))
        assert first.json == second.json
        assert "idempotency-replayed" not in first.headers
        assert second.headers["idempotency-replayed"] == "true"
        assert [line["idempotency_key"] for line in shop.ledger] == ["click-1"]

    def test_something_else_with_the_same_key_is_refused(self, shop):
        shop.buy("apimart", "koi", "click-2")
        refused = shop.buy("apimart", "a carp", "click-2")
        assert (refused.status, refused.json["error"]["type"]) == (400, "invalid_request_error")
        assert len(shop.ledger) == 1

    def test_each_customer_has_their_own_keys(self, shop):
        for key in ("sk-one", "sk-two"):
            assert shop.buy("apimart", "koi", "click-3", key=key).status == 202
        assert len(shop.ledger) == 2

    def test_a_lost_answer_can_be_had_again(self, shop):
        assert shop.buy("apimart", "koi [drill:502]", "click-5").status == 502
        again = shop.buy("apimart", "koi [drill:502]", "click-5")
        assert shop.read("apimart", again).task == shop.ledger[-1]["task"]
        assert len(shop.ledger) == 1

    def test_a_hundred_at_once_are_one(self, shop):
        with ThreadPoolExecutor(50) as crowd:
            tasks = set(crowd.map(lambda _: shop.read("apimart", shop.buy("apimart", "koi", "click-6")).task, range(100)))
        assert (len(tasks), len(shop.ledger)) == (1, 1)

    @pytest.mark.parametrize("dialect", ["tensorslab", "gateway"])
    def test_others_do_not_know_of_it(self, shop, dialect):
        for _ in range(2):
            shop.buy(dialect, "koi", "click-7")
        assert len(shop.ledger) == 2
