import pytest

from generations.catalogue import ENGINES
from generations.catalogue.check import check, promised_size
from generations.catalogue.sizes import Size
from tests.catalogue.printed import ANYFAST, MISPRINTS, PRINTED, UNPRINTED, pairs, rows
from tests.catalogue.requests import asked, engine


def right(id: str, tier: str, label: str) -> str:
    return MISPRINTS.get(label, label) if id.startswith("gateway/") and tier == "1K" else label


def test_the_pixels_of_a_ratio_and_tier_are_those_of_the_documents():
    for id, tier, ratio, pixels in rows(PRINTED) + rows(UNPRINTED):
        request = asked(id, ratio=right(id, tier, ratio), tier=tier)
        assert check(request, engine(id)) == []
        assert (id, tier, ratio, str(promised_size(request, engine(id)))) == (id, tier, ratio, pixels)


@pytest.mark.parametrize("id", ["anyfast/seedream-5.0", "anyfast/seedream-5.0-t2i"])
def test_anyfast_makes_the_sixteen_sizes_of_its_document(id):
    sizes = [str(size) for table in engine(id).tiers.values() for size in table.values()]
    assert sorted(sizes) == sorted(ANYFAST.split())


def test_each_size_of_anyfast_has_the_tier_and_ratio_that_the_gateway_prints_for_it():
    labels = {size: (ratio, tier) for tier in ("2K", "3K") for ratio, size in pairs(PRINTED["gateway/seedream-5.0", tier])}
    places = {str(size): engine("anyfast/seedream-5.0").place(Size.read(size)) for size in ANYFAST.split()}
    assert places == labels


def test_nothing_is_offered_that_the_documents_do_not_print():
    printed = {(id, tier, right(id, tier, ratio)) for id, tier, ratio, _ in rows(PRINTED) + rows(UNPRINTED)}
    ids = {id for id, *_ in printed}
    offered = {(id, tier, ratio) for id in ids for tier, table in engine(id).tiers.items() for ratio in table}
    assert offered == printed


def test_only_the_known_misprints_contradict_their_pixels():
    for id, tier, label, pixels in rows(PRINTED):
        wide, high = map(int, label.split(":"))
        size = Size.read(pixels)
        assert size
        assert ((wide > high) != (size.width > size.height)) == (right(id, tier, label) != label), (id, tier, label)


def test_every_size_of_the_table_is_taken_as_exact_pixels_too():
    for id in ENGINES:
        sizes = [size for table in engine(id).tiers.values() for size in table.values()]
        assert [check(asked(id, size=size), engine(id)) for size in sizes] == [[]] * len(sizes), id
