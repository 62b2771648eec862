"""Every drill does what its table says, as the dialects' own readers see it."""

from time import monotonic

import pytest

from generations.dialects.outcome import Finished, Next, Sent, Trouble
from generations.dialects.retry_after import retry_after
from generations.sandbox.weather.drills import ANSWERS, AT_ONCE, DIALECTS, DRILLS, REFUSALS, RESULTS, SPOILERS
from generations.sandbox.weather.forgeries import FORGERIES
from generations.sandbox.weather.refusals import TROUBLES
from generations.sandbox.weather.spoilers import NAMES
from tests.sandbox.shop import KEY

ROWS = {f"F{number}" for number in range(2, 37)}


def both(drill):
    """One provider of each kind, if the drill means anything there."""
    return [name for name in ("gateway", "apimart", "tensorslab") if name in drill.only]


def cases(drills):
    return [pytest.param(name, drill, id=f"{name}-{drill.name}") for drill in drills for name in both(drill)]


class TestTheTable:
    def test_it_has_a_drill_for_every_row_that_a_provider_can_cause(self):
        assert {drill.row for drill in DRILLS.values()} - {""} == ROWS

    def test_every_refusal_and_spoiler_is_there_once(self):
        assert {drill.name for drill in REFUSALS} == set(TROUBLES)
        assert {drill.name for drill in SPOILERS} == set(NAMES)
        assert set(FORGERIES) < {drill.name for drill in RESULTS}

    def test_it_can_be_read_by_anybody(self, shop):
        told = shop.get("/drills", key="").json
        assert {drill["name"] for drill in told["drills"]} == set(DRILLS)
        assert all(drill["does"] and drill["when"] for drill in told["drills"])
        assert "[drill:NAME]" in told["use"]


class TestChoosing:
    @pytest.mark.parametrize("how", [{"prompt": "koi [drill:no-credit]"}, {"prompt": "koi", "drill": "no-credit"}])
    def test_by_the_prompt_or_a_field(self, shop, how):
        got = shop.post("/gateway/v1/images/generations", {"model": "doubao-seedream-4-0-250828", "size": "1K", **how})
        assert shop.read("gateway", got).next is Next.TOP_UP

    def test_by_a_header(self, shop):
        body = {"model": "doubao-seedream-4-0-250828", "prompt": "koi", "size": "1K"}
        got = shop.post("/gateway/v1/images/generations", body, {"X-Sandbox-Drill": "no-credit"})
        assert shop.read("gateway", got).next is Next.TOP_UP

    def test_by_the_header_of_a_poll_or_a_download(self, shop):
        finished = shop.order("apimart", "koi")
        task, header = shop.ledger[0]["task"], {"Authorization": f"Bearer {KEY}", "X-Sandbox-Drill": "poll-500"}
        assert shop.call("GET", f"/apimart/v1/tasks/{task}", headers=header).status == 500
        path = finished.items[0].link.partition(str(shop.port))[2]
        assert shop.call("GET", path, headers={"X-Sandbox-Drill": "gone-link"}).status == 410

    @pytest.mark.parametrize(
        ("drill", "word"), [("typhoon", "no drill"), ("unknown-task", "only at tensorslab, apimart"), ("a=b", "how a drill is written")]
    )
    def test_a_drill_that_does_nothing_is_refused(self, shop, drill, word):
        got = shop.buy("gateway", f"koi [drill:{drill}]")
        assert got.status == 400
        assert word in got.json["error"]

    def test_a_number_says_how_often(self, shop):
        statuses = [shop.buy("gateway", "koi in turns [drill:busy=2]").status for _ in range(4)]
        assert statuses == [429, 429, 200, 200]

    def test_another_request_has_its_own_count(self, shop):
        assert [shop.buy("gateway", f"koi {n} [drill:busy=1]").status for n in (1, 1, 2, 2)] == [429, 200, 429, 200]

    def test_several_can_meet(self, shop):
        got = shop.buy("gateway", "koi [drill:fewer] and [drill:500=1, twins]", images=3)
        assert (got.status, shop.ledger[0]["billed"]) == (500, 2)


@pytest.mark.parametrize(("dialect", "drill"), cases(REFUSALS))
def test_what_is_refused_was_never_bought(shop, dialect, drill):
    read = shop.read(dialect, shop.buy(dialect, f"koi [drill:{drill.name}]"))
    assert isinstance(read, Trouble)
    assert shop.ledger == []
    if drill.name != "unready" and not (dialect == "tensorslab" and drill.name == "forbidden-content"):
        assert read.sent is Sent.NO


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", ["bad-key", "no-credit", "forbidden", "engine-gone", "prompt-refused", "bad-size", "busy"])
def test_every_dialect_says_why(shop, dialect, name):
    read = shop.read(dialect, shop.buy(dialect, f"koi [drill:{name}]"))
    assert read.next is TROUBLES[name].next


@pytest.mark.parametrize(("name", "wait"), [("seconds", 2), ("garbage", None), ("negative", 1), ("decade", 600)])
def test_how_long_to_wait_is_said_in_every_way(shop, name, wait):
    got = shop.buy("gateway", f"koi [drill:busy-{name}]")
    assert (got.status, retry_after(got.headers)) == (429, wait)


def test_how_long_to_wait_can_be_a_date(shop):
    got = shop.buy("gateway", "koi [drill:busy-date]")
    assert got.headers["retry-after"].endswith("GMT")
    assert 1 <= retry_after(got.headers) <= 2


@pytest.mark.parametrize(("dialect", "drill"), [case for case in cases(ANSWERS) if case.values[1].row == "F13"])
def test_a_senseless_answer_was_paid_all_the_same(shop, dialect, drill):
    read = shop.read(dialect, shop.buy(dialect, f"koi [drill:{drill.name}]"))
    assert (read.next, read.sent) == (Next.ASK, Sent.UNKNOWN)
    assert [line["drills"] for line in shop.ledger] == [[drill.name]]


@pytest.mark.parametrize("dialect", AT_ONCE)
def test_odd_answers_that_can_be_read(shop, dialect):
    size = {"tier": "1K"} if dialect != "anyfast" else {}
    for name in ("b64", "b64-and-link", "b64-uri", "b64-lines", "extras", "filter-notes", "other-engine"):
        read = shop.read(dialect, shop.buy(dialect, f"koi [drill:{name}]", **size))
        assert isinstance(read, Finished)
        assert (name, bool(read.items[0].content)) == (name, name.startswith("b64"))
        assert (name, bool(read.items[0].link)) == (name, not name.startswith("b64") or name == "b64-and-link")


def test_the_newer_contract_can_be_had_without_asking(shop):
    body = {"model": "doubao-seedream-5-0-lite", "prompt": "koi [drill:versioned]"}
    assert shop.post("/apimart/v1/images/generations", body).status == 202


@pytest.mark.parametrize(("name", "least"), [("late", 0.4), ("takes=500", 0.5)])
def test_an_answer_can_be_late(shop, name, least):
    began = monotonic()
    shop.buy("gateway", f"koi [drill:{name}]")
    assert least <= monotonic() - began < 60


def test_a_task_can_be_hours_late(shop):
    shop.buy("apimart", "koi [drill:late]")
    assert shop.world.orders.get(shop.ledger[0]["task"]).takes * shop.world.speed == 3 * 60 * 60
