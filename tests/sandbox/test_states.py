"""How a task is said to be, and with which pictures it ends."""

from itertools import count

import pytest

from generations.dialects import get_dialect
from generations.dialects.outcome import Accepted, Finished, Next, Pending, Sent
from generations.sandbox.weather.drills import ASKING, STATES
from tests.sandbox.test_drills import cases


class TestStates:
    def start(self, shop, dialect, name, **wishes):
        return shop.read(dialect, shop.buy(dialect, f"koi [drill:{name}]", **wishes)).task

    @pytest.fixture
    def steps(self, shop, monkeypatch):
        """The clock goes on whenever somebody looks at it, so a busy machine misses nothing."""
        clock = count(shop.world.now(), 0.02)
        shop.world.speed = 20
        monkeypatch.setattr(shop.world, "now", lambda: next(clock))

    @pytest.mark.parametrize("dialect", ASKING)
    @pytest.mark.usefixtures("steps")
    def test_a_task_is_queued_then_runs_then_is_done(self, shop, dialect):
        task, seen = self.start(shop, dialect, "takes=8"), []
        while not isinstance(state := shop.state(dialect, task), Finished):
            seen.append((state.running, state.progress or 0))
        assert seen == sorted(seen)
        assert {running for running, _ in seen} == {False, True}

    @pytest.mark.parametrize(("dialect", "drill"), cases(drill for drill in STATES if drill.times))
    def test_what_passes_leaves_the_task_as_it_was(self, shop, dialect, drill):
        task = self.start(shop, dialect, drill.name)
        first = shop.state(dialect, task)
        assert isinstance(first, Pending) or first.next is Next.WAIT
        for _ in range(drill.times):
            shop.state(dialect, task)
        assert isinstance(shop.wait(dialect, task), Finished)

    @pytest.mark.parametrize("dialect", ASKING)
    def test_a_stuck_one_never_ends(self, shop, dialect):
        task = self.start(shop, dialect, "stuck")
        assert shop.wait(dialect, task, patience=0.4).running

    @pytest.mark.parametrize("name", ["failed", "failed-silent", "failed-number", "cancelled"])
    def test_a_failed_one_was_bought(self, shop, name):
        state = shop.wait("apimart", self.start(shop, "apimart", name))
        assert (state.next, state.sent, len(shop.ledger)) == (Next.RUN_AGAIN, Sent.YES, 1)

    @pytest.mark.parametrize("name", ["failed", "failed-silent"])
    def test_tensorslab_fails_too(self, shop, name):
        assert shop.wait("tensorslab", self.start(shop, "tensorslab", name)).sent is Sent.YES

    @pytest.mark.parametrize("dialect", ASKING)
    def test_a_failed_one_may_have_pictures(self, shop, dialect):
        state = shop.wait(dialect, self.start(shop, dialect, "failed-partial", images=3))
        assert len(state.pictures) == 2
        assert state.items[-1].trouble

    @pytest.mark.parametrize("dialect", ASKING)
    def test_a_finished_one_may_have_none(self, shop, dialect):
        assert shop.wait(dialect, self.start(shop, dialect, "no-links")).next is Next.REPORT

    @pytest.mark.parametrize("dialect", ASKING)
    @pytest.mark.usefixtures("steps")
    def test_the_state_can_go_backwards(self, shop, dialect):
        seen = []
        task = self.start(shop, dialect, "regress,takes=8")
        while not isinstance(state := shop.state(dialect, task), Finished):
            seen.append(state.running)
        assert seen != sorted(seen)

    @pytest.mark.parametrize(
        ("dialect", "name"),
        [("apimart", "link-text"), ("tensorslab", "link-text"), ("apimart", "link-list"), ("tensorslab", "number-text")],
    )
    def test_other_shapes_hold_the_same_pictures(self, shop, dialect, name):
        state = shop.wait(dialect, self.start(shop, dialect, name, images=2))
        assert [shop.call("HEAD", item.link.partition(str(shop.port))[2]).status for item in state.items] == [200, 200]

    def test_one_link_can_be_a_plain_text(self, shop):
        task = self.start(shop, "tensorslab", "link-text")
        shop.wait("tensorslab", task)
        assert isinstance(shop.poll("tensorslab", task).json["data"]["url"], str)

    def test_links_can_be_without_a_host_but_are_good(self, shop):
        task = self.start(shop, "apimart", "link-relative")
        shop.wait("apimart", task)
        link = shop.poll("apimart", task).json["data"]["result"]["images"][0]["url"][0]
        assert link.startswith("/f/made/")
        assert shop.get(f"/apimart{link}").picture.size == (2048, 2048)

    def test_references_can_be_among_the_results(self, shop):
        body = {"model": "doubao-seedream-5-0-lite", "prompt": "koi [drill:link-echo]", "image_urls": ["https://a.example/r.png"]}
        task = shop.read("apimart", shop.post("/apimart/v1/images/generations", body)).task
        shop.wait("apimart", task)
        links = shop.poll("apimart", task).json["data"]["result"]["images"][0]["url"]
        assert links[0] == "https://a.example/r.png"
        read = get_dialect("apimart").read_status(shop.poll("apimart", task).answer, task, ["https://a.example/r.png"])
        assert len(read.items) == 1

    def test_an_unknown_task_is_unknown(self, shop):
        assert shop.get("/apimart/v1/tasks/task_nobody").status == 404
        assert shop.poll("tensorslab", "tl_nobody").json["code"] == 9999
        assert isinstance(shop.read("apimart", shop.buy("apimart", "koi")), Accepted)


class TestResults:
    @pytest.mark.parametrize(
        ("name", "count", "billed"), [("fewer", 2, 2), ("extra", 4, 4), ("drops-fields", 1, 1), ("item-refused", 3, 2)]
    )
    def test_other_numbers_of_pictures(self, shop, name, count, billed):
        read = shop.order("gateway", f"koi [drill:{name}]", images=3)
        assert (len(read.items), read.billed, shop.ledger[0]["billed"]) == (count, billed, billed)

    @pytest.mark.parametrize("dialect", ASKING)
    @pytest.mark.parametrize(("name", "count"), [("fewer", 2), ("extra", 4)])
    def test_tasks_differ_too(self, shop, dialect, name, count):
        assert len(shop.order(dialect, f"koi [drill:{name}]", images=3).items) == count

    def test_all_pictures_can_be_errors(self, shop):
        read = shop.order("gateway", "koi [drill:all-refused]", images=2)
        assert (read.pictures, shop.ledger) == ((), [])

    @pytest.mark.parametrize(("dialect", "sent", "bought"), [("ark", Sent.NO, 0), ("apimart", Sent.YES, 1)])
    def test_a_refused_result_costs_nothing(self, shop, dialect, sent, bought):
        read = shop.order(dialect, "koi [drill:result-refused]")
        assert (read.next, read.sent) == (Next.RUN_AGAIN, sent)
        assert [line["billed"] for line in shop.ledger] == [0] * bought

    def test_the_size_can_be_wrong(self, shop):
        item = shop.order("gateway", "koi [drill:wrong-size]", tier="1K").items[0]
        assert (str(item.size), shop.fetch(item.link).picture.size) == ("1024x1024", (512, 512))

    def test_the_format_can_be_wrong(self, shop):
        item = shop.order("ark", "koi [drill:wrong-format]", engine="ark/seedream-5.5", tier="1K", ratio="1:1", format="png").items[0]
        got = shop.fetch(item.link)
        assert (got.headers["content-type"], got.picture.format) == ("image/png", "JPEG")

    def test_pictures_can_be_twins(self, shop):
        items = shop.order("gateway", "koi [drill:twins]", tier="1K", images=2).items
        assert shop.fetch(items[0].link).body == shop.fetch(items[1].link).body

    @pytest.mark.parametrize(
        ("name", "start"),
        [("inside", "http://169.254."), ("file", "file:///"), ("data", "data:image/png"), ("user", "http://user:password@")],
    )
    def test_links_can_be_dangerous(self, shop, name, start):
        got = shop.buy("gateway", f"koi [drill:link-{name}]")
        assert got.json["data"][0]["url"].startswith(start)
