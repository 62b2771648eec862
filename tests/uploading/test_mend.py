"""What an engine refuses becomes what it takes. The catalogue's own check is the judge."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generations.catalogue import ENGINES
from generations.catalogue.engine import References
from generations.catalogue.sizes import Size
from generations.models import Upload
from generations.uploading import mend
from tests.media.pictures import noise, saved

NARROW, WIDE = References(most=14), References(most=14, narrowest=1 / 16, widest=16)
SIDES = st.integers(1, 9000)


def upload(width: int, height: int, **fields) -> Upload:
    return Upload(width=width, height=height, **{"format": "png", "bytes": 1000, **fields})


@pytest.mark.parametrize(
    ("what", "ways"), [(upload(900, 300), []), (upload(901, 300), ["crop", "pad"]), (upload(300, 901), ["crop", "pad"])]
)
def test_crop_and_pad_are_offered_where_the_aspect_is_refused(what: Upload, ways: list[str]):
    assert list(mend.ways(what, NARROW)) == ways


def test_a_lighter_copy_is_offered_where_bytes_or_format_are_refused():
    assert list(mend.ways(upload(900, 300, bytes=11 * 1024**2), NARROW)) == ["lighten"]
    assert list(mend.ways(upload(900, 300, format="webp"), NARROW)) == ["lighten"]


def taken(size: Size, rules: References) -> bool:
    return rules.narrowest <= size.aspect <= rules.widest


@given(SIDES, SIDES, st.sampled_from([NARROW, WIDE]))
def test_what_is_cut_or_padded_has_an_aspect_that_is_taken(width: int, height: int, rules: References):
    what = upload(width, height)
    assert all(taken(mend.size_after(how, what, rules), rules) for how in mend.ways(what, rules))


@given(st.integers(1, 100), st.integers(301, 9000), st.booleans(), st.sampled_from(sorted(mend.ENDS)))
def test_what_is_cut_lies_inside_the_picture(short: int, long: int, lying: bool, end: str):
    size = Size(long, short) if lying else Size(short, long)
    left, upper, right, lower = mend.box(size, mend.cropped(size, NARROW), mend.ENDS[end])
    assert 0 <= left < right <= size.width
    assert 0 <= upper < lower <= size.height


def test_a_cut_keeps_the_part_that_was_chosen():
    size, part = Size(1000, 100), Size(300, 100)
    assert [mend.box(size, part, mend.ENDS[end])[0] for end in ("start", "middle", "end")] == [0, 350, 700]


def test_every_engine_that_takes_references_takes_what_is_mended():
    for rules, what in product([engine.references for engine in ENGINES.values()], (upload(9000, 500), upload(500, 9000))):
        assert not rules.most or all(taken(mend.size_after(how, what, rules), rules) for how in mend.ways(what, rules))


def test_what_is_too_heavy_as_it_is_gets_smaller(tmp_path: Path):
    path = tmp_path / "noise"
    path.write_bytes(saved(noise(400, 400), "PNG"))
    whole = mend.lighten(path, most=10 * 1024**2).facts
    smaller = mend.lighten(path, most=whole.bytes // 2).facts
    assert (whole.format, whole.width) == ("jpeg", 400)
    assert smaller.bytes <= whole.bytes // 2
    assert smaller.width < 400
