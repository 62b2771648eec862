"""The chart, drawn here: bars of at most three series, and a line for an even pace. All that it shows stands in a table as well."""

from collections.abc import Sequence
from dataclasses import dataclass

from generations.pipeline.money import MILLION, format_money

WIDTH, HEIGHT = 820, 230
LEFT, TOP, FLOOR = 48, 14, 206  # where the bars begin, the highest line, and where they stand
MOST_WIDE, GAP, SEAM = 26.0, 0.36, 1.0  # a bar; the share of its place that is left free; between two series
LINES = 5  # at most, above the floor
ROUND = (1, 2, 2.5, 4, 5)


@dataclass(frozen=True)
class Column:
    word: str  # under it
    title: str
    amounts: tuple[int, ...]  # of each series, from the floor up


@dataclass(frozen=True)
class Part:
    series: str
    y: str  # as SVG wants it, in every language
    height: str


@dataclass(frozen=True)
class Bar:
    x: str
    width: str
    middle: str
    word: str
    title: str
    parts: list[Part]


@dataclass(frozen=True)
class Line:
    y: str
    text: str  # where its word stands
    word: str


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    lines: list[Line]
    pace: str  # where the line for it lies, if there is one
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    floor: int = FLOOR
    words: int = HEIGHT - 6


def draw(columns: Sequence[Column], pace: int | None) -> Chart:
    most = max([pace or 0, *(sum(column.amounts) for column in columns)])
    step = step_for(most)
    top = step * max(1, -(-most // step))
    lines = [line(amount, top) for amount in range(0, top + 1, step)]
    return Chart(bars(columns, top), lines, at(height(pace, top)) if pace else "")


def step_for(most: int) -> int:
    """The smallest round figure of which a few reach the highest bar. Nothing spent: one unit of money."""
    power = 10 if most else MILLION
    while True:
        for figure in ROUND:
            if int(figure * power) * LINES >= most:
                return int(figure * power)
        power *= 10


def line(amount: int, top: int) -> Line:
    y = height(amount, top)
    return Line(at(y), at(y + 4), format_money(amount).removesuffix(".00"))


def bars(columns: Sequence[Column], top: int) -> list[Bar]:
    place = (WIDTH - LEFT) / max(len(columns), 1)
    wide = min(MOST_WIDE, place * (1 - GAP))
    found = []
    for number, column in enumerate(columns):
        x = LEFT + place * number + (place - wide) / 2
        found.append(Bar(at(x), at(wide), at(x + wide / 2), column.word, column.title, parts(column.amounts, top)))
    return found


def parts(amounts: Sequence[int], top: int) -> list[Part]:
    """One on top of the other, with a seam between them; what is there at all can be seen."""
    found, below = [], 0
    for number, amount in enumerate(amounts, 1):
        if amount:
            upper = height(below + amount, top)
            found.append(Part(f"s{number}", at(upper), at(max(1.0, height(below, top) - upper - (SEAM if below else 0)))))
            below += amount
    return found


def height(amount: int, top: int) -> float:
    return FLOOR - (FLOOR - TOP) * amount / top


def at(figure: float) -> str:
    return f"{figure:.1f}"
