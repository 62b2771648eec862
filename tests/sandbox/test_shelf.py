from generations.sandbox.ledger import Ledger, Line
from generations.sandbox.shelf import Shelf
from generations.sandbox.world import World


def filled(shelf, *keys, weight=0):
    for key in keys:
        shelf.put(key, key.upper(), weight)
    return [key for key in "abcd" if shelf.get(key)]


def test_the_oldest_goes_when_there_are_too_many():
    assert filled(Shelf(2), "a", "b", "c") == ["b", "c"]


def test_the_oldest_goes_when_they_are_too_heavy():
    assert filled(Shelf(9, weight=100), "a", "b", "c", weight=40) == ["b", "c"]


def test_what_is_too_old_goes():
    now = [0.0]
    shelf: Shelf[str] = Shelf(9, age=10, clock=lambda: now[0])
    filled(shelf, "a")
    now[0] = 11
    assert (shelf.get("a"), len(shelf)) == (None, 0)


def test_what_is_put_again_is_there_once():
    shelf: Shelf[str] = Shelf(9, weight=100)
    filled(shelf, "a", "a", "b", weight=40)
    assert (len(shelf), shelf.weight) == (2, 80)


def test_a_drill_strikes_as_often_as_its_table_says():
    world = World()
    assert [world.strikes({"unknown-task": 0}, "unknown-task", "t") for _ in range(5)] == [True, True, True, False, False]
    assert [world.strikes({"stuck": 0}, "stuck", "t") for _ in range(5)] == [True] * 5
    assert not world.strikes({}, "stuck", "t")


def test_the_ledger_keeps_a_bounded_number_of_lines(monkeypatch):
    monkeypatch.setattr("generations.sandbox.ledger.LINES", 1000)
    ledger = Ledger()
    for _ in range(1010):
        ledger.write(Line(0, "ark", "x", 1, "", "", "", "", (), 1))
    lines = ledger.read()
    assert (len(lines), lines[-1].n) == (1000, 1010)
