"""The chart that is drawn here."""

import pytest

from generations.usage.chart import FLOOR, LINES, TOP, WIDTH, Column, draw, step_for

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("most", "step"),
    [(0, MILLION), (15_200_000, 4_000_000), (35_000, 10_000), (1_000, 200), (9 * 10**12, 2 * 10**12)],
)
def test_lines_stand_at_round_figures(most: int, step: int):
    assert step_for(most) == step
    assert step * LINES >= most


def test_bars_stand_on_the_floor_and_fit():
    chart = draw([Column("1", "a", (3 * MILLION, 2 * MILLION, 0)), Column("2", "b", (MILLION, 0, 0)), Column("", "c", ())], 2 * MILLION)
    first, second, third = chart.bars
    assert [part.series for part in first.parts] == ["s1", "s2"]
    assert float(first.parts[0].y) + float(first.parts[0].height) == FLOOR
    assert float(first.parts[1].y) >= TOP
    assert third.parts == []
    assert float(third.x) + float(third.width) <= WIDTH
    assert float(second.x) > float(first.x)


def test_the_highest_line_is_above_the_highest_bar():
    for amount in (1, 999, 35_000, 77_777_777, 123_456_789_012):
        chart = draw([Column("1", "", (amount,))], None)
        assert 1 <= len(chart.lines) - 1 <= LINES
        assert float(chart.bars[0].parts[0].y) >= TOP
        assert chart.pace == ""


def test_an_even_pace_above_all_bars_has_room():
    chart = draw([Column("1", "", (1,))], 50 * MILLION)
    assert TOP <= float(chart.pace) < FLOOR


def test_what_is_there_at_all_can_be_seen():
    assert float(draw([Column("1", "", (10**9, 1))], None).bars[0].parts[1].height) >= 1


def test_nothing_spent_is_an_empty_chart():
    assert [line.word for line in draw([Column("1", "", (0, 0))], None).lines] == ["$0", "$1"]
