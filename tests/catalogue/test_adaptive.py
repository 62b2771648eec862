import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.catalogue.adaptive import ADAPTIVE, adapted
from generations.catalogue.check import promised_size
from generations.catalogue.sizes import Size
from tests.catalogue import printed
from tests.catalogue.requests import asked, engine, photos

EDIT = "gateway/seededit-3.0-i2i"


def test_the_table_begins_as_the_document_prints_it():
    rows = [(float(ratio), Size.read(size)) for ratio, size in printed.pairs(printed.ADAPTIVE)]
    assert list(ADAPTIVE[: len(rows)]) == rows


def test_the_table_is_complete_and_each_row_near_its_ratio():
    assert len(ADAPTIVE) == 53
    assert [(ratio, str(size)) for ratio, size in ADAPTIVE if abs(size.aspect - ratio) > 0.02] == []


@pytest.mark.parametrize(
    ("reference", "comes"),
    [
        (Size(1000, 1000), "1024x1024"),
        (Size(1600, 900), "1312x736"),
        (Size(900, 1600), "736x1312"),
        (Size(1500, 1000), "1248x832"),
        (Size(3000, 1000), "1536x512"),
        (Size(1000, 3000), "512x1536"),
        (Size(1800, 1000), "1280x704"),  # as near to 1.78 as to 1.82: the first in the table
    ],
)
def test_the_reference_decides_what_seededit_makes(reference, comes):
    request = asked(EDIT, references=photos(1, size=reference))
    assert str(promised_size(request, engine(EDIT))) == comes


@given(any_.floats(0.01, 100))
def test_no_other_row_is_nearer(aspect):
    nearest = min(abs(ratio - aspect) for ratio, _ in ADAPTIVE)
    assert next(size for ratio, size in ADAPTIVE if abs(ratio - aspect) == nearest) == adapted(aspect)


def test_without_a_reference_nothing_is_promised():
    assert promised_size(asked(EDIT, references=()), engine(EDIT)) is None


@pytest.mark.parametrize("id", ["gateway/seedream-5.0", "tensorslab/seedream-5.0-lite", "ark/seedream-5.5"])
def test_where_the_prompt_decides_nothing_is_promised(id):
    assert promised_size(asked(id, ratio="auto"), engine(id)) is None


def test_exact_pixels_are_a_promise():
    assert promised_size(asked("gateway/seedream-5.0", size=Size(2222, 2000)), engine("gateway/seedream-5.0")) == Size(2222, 2000)
