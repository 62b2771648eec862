"""What an engine refuses becomes what it takes. The catalogue's own check is the judge."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generations.catalogue import ENGINES
from generations.catalogue.engine import References
from generations.catalogue.sizes import Size
from generations.models import Upload
from generations.uploading import mend

NARROW, WIDE = References(most=14), References(most=14, narrowest=1 / 16, widest=16)
SIDES = st.integers(1, 9000)


def upload(width: int, height: int, **fields) -> Upload:
    return Upload(width=width, height=height, **{"format": "png", "bytes": 1000, **fields})


@pytest.mark.parametrize(("what", "ways"), [(upload(900, 300), []), (upload(901, 300), ["crop", "pad"]), (upload(300, 901), ["crop", "pad"])])
def test_crop_and_pad_are_offered_where_the_aspect_is_refused(what: Upload, ways: list[str]):
    assert list(mend.ways(what, NARROW)) == ways


def test_a_lighter_copy_is_offered_where_bytes_or_format_are_refused():
    assert list(mend.ways(upload(900, 300, bytes=11 * 1024**2), NARROW)) == ["lighten"]
    assert list(mend.ways(upload(900, 300, format="webp"), NARROW)) == ["lighten"]


def taken(size: Size, rules: References) -> bool:
    return rules.narrowest <= size.aspect <= rules.widest


@given(SIDES, SIDES)
def test_what_is_cut_or_padded_has_an_aspect_that_is_taken(width: int, height: int):
    for rules in (NARROW, WIDE):
        if mend.size_after("crop", upload(width, height), rules) and list(mend.ways(upload(width, height), rules)):
            for how in ("crop", "pad"):
                assert taken(mend.size_after(how, upload(width, height), rules), rules)


@given(SIDES, SIDES, st.sampled_from(sorted(mend.ENDS)))
def test_what_is_cut_lies_inside_the_picture(width: int, height: int, end: str):
    size = Size(width, height)
    left, upper, right, lower = mend.box(size, mend.cropped(size, NARROW), mend.ENDS[end]) if not taken(size, NARROW) else (0, 0, 1, 1)
    assert 0 <= left < right <= width
    assert 0 <= upper < lower <= height


def test_a_cut_keeps_the_part_that_was_chosen():
    size, part = Size(1000, 100), Size(300, 100)
    assert [mend.box(size, part, mend.ENDS[end])[0] for end in ("start", "middle", "end")] == [0, 350, 700]


def test_every_engine_that_takes_references_takes_what_is_mended():
    for engine, what in product(ENGINES.values(), (upload(9000, 500), upload(500, 9000))):
        rules = engine.references
        assert not rules.most or all(taken(mend.size_after(how, what, rules), rules) for how in mend.ways(what, rules))
