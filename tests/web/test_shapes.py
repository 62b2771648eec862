import re
from pathlib import Path

import pytest
from django.conf import settings

from generations.web.shapes import NAMED, numbered, shape, sheet

STYLES = Path(settings.BASE_DIR) / "static"


def test_the_style_sheet_is_the_one_that_is_made():
    assert (STYLES / "css" / "shapes.css").read_text(encoding="utf-8") == sheet()


def test_named_shapes_stand_with_the_tiles():
    known = dict(re.findall(r"\.(r-\d+x\d+) \{ --r: ([\d.]+); \}", (STYLES / "studio.css").read_text(encoding="utf-8")))
    assert {name: pytest.approx(float(known[name]), abs=1e-4) for name in NAMED} == NAMED


@pytest.mark.parametrize(
    ("size", "name"), [((2048, 2048), "r-1x1"), ((2848, 1600), "r-16x9"), ((1600, 2848), "r-9x16"), ((3136, 1344), "r-21x9")]
)
def test_usual_sizes_have_usual_names(size: tuple[int, int], name: str):
    assert shape(*size) == name


def test_a_tile_cuts_off_no_more_than_a_hundredth():
    rules = {name: float(value) for name, value in re.findall(r"\.([\w-]+) \{ --r: ([\d.]+); \}", sheet())} | NAMED
    for step in range(-1300, 1301):
        aspect = 1.002**step
        assert rules[shape(round(100_000 * aspect), 100_000)] == pytest.approx(aspect, rel=0.0105)


@pytest.mark.parametrize("size", [(None, None), (0, 5), (1, 100_000), (100_000, 1)])
def test_no_shape_is_without_a_class(size: tuple[int | None, int | None]):
    assert f".{shape(*size)} " in sheet() or shape(*size) in NAMED


def test_left_and_right_of_the_square_are_told_apart():
    assert (numbered(-3), numbered(3)) == ("r-m3", "r-3")
