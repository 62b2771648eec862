from dataclasses import replace
from datetime import date

import pytest

from generations.catalogue import ENGINES
from generations.catalogue.check import check
from generations.catalogue.engine import Price
from generations.catalogue.estimate import estimate
from generations.catalogue.settle import complete
from generations.catalogue.sizes import AUTO, RATIOS
from tests.catalogue.requests import asked

DOCUMENTED = {
    "tensorslab/seedream-5.0-lite": "seedreamv5",
    "tensorslab/seedream-4.5": "seedreamv45",
    "apimart/seedream-5.0-lite": "doubao-seedream-5-0-lite",
    "anyfast/seedream-5.0": "doubao-seedream-5-0-260128",
    "anyfast/seedream-5.0-t2i": "doubao-seedream-5-0-260128",
    "gateway/seedream-5.0": "doubao-seedream-5-0-260128",
    "gateway/seedream-4.5": "doubao-seedream-4-5-251128",
    "gateway/seedream-4.0": "doubao-seedream-4-0-250828",
    "gateway/seedream-3.0-t2i": "doubao-seedream-3-0-t2i-250415",
    "gateway/seededit-3.0-i2i": "doubao-seededit-3-0-i2i-250628",
}


def test_the_names_on_the_wire_are_those_of_the_documents():
    assert {id: ENGINES[id].wire_id for id in DOCUMENTED} == DOCUMENTED


def test_the_order_is_stable_and_the_customers_five_documents_come_first():
    dialects = list(dict.fromkeys(engine.dialect for engine in ENGINES.values()))
    assert dialects == ["tensorslab", "apimart", "anyfast", "gateway", "ark"]
    assert [id for id in ENGINES if id in DOCUMENTED] == list(DOCUMENTED)


def test_an_id_names_the_dialect_and_no_other_engine():
    for engine in ENGINES.values():
        assert engine.id == f"{engine.dialect}/{engine.id.partition('/')[2]}"
        assert [other.id for other in ENGINES.values() if (other.dialect, other.name) == (engine.dialect, engine.name)] == [engine.id]


def test_every_size_lies_in_the_range_that_the_engine_takes():
    for engine in ENGINES.values():
        for size in [size for table in engine.tiers.values() for size in table.values() if engine.free]:
            assert engine.free.least <= size.pixels <= engine.free.most
            assert engine.free.narrowest <= size.aspect <= engine.free.widest
            assert engine.free.least_side <= min(size.width, size.height)
            assert max(size.width, size.height) <= engine.free.most_side


def test_every_size_has_its_ratio():
    for engine in ENGINES.values():
        for ratio, size in [row for table in engine.tiers.values() for row in table.items()]:
            wide, high = map(int, ratio.split(":"))
            assert size.aspect == pytest.approx(wide / high, rel=0.02), f"{ratio} {size}"  # 16:9 of 4K is 1.8 % off by their own table


def test_every_tier_offers_the_same_ratios_and_no_size_twice():
    for engine in ENGINES.values():
        assert [tuple(table) for table in engine.tiers.values()] == [RATIOS] * len(engine.tiers)
        sizes = [size for table in engine.tiers.values() for size in table.values()]
        assert len(set(sizes)) == len(sizes)


def test_there_is_always_something_to_choose():
    for engine in ENGINES.values():
        assert engine.tiers or (engine.auto and engine.adaptive)
        assert engine.formats
        assert engine.most_images >= 1
        assert engine.seconds > 0
        assert engine.link_hours > 0


def test_what_a_script_gets_without_asking_is_something_the_engine_makes():
    for engine in ENGINES.values():
        request = complete(asked(engine.id, ratio="", tier=""), engine)
        assert (request.ratio, request.tier) == engine.usual
        assert check(request, engine) == []


def test_limits_of_references_make_sense():
    for engine in ENGINES.values():
        rules = engine.references
        assert 0 <= rules.needed <= max(rules.most, rules.needed)
        assert rules.fit(rules.needed) == (rules.most >= rules.needed)
        assert rules.with_images is None or rules.with_images > rules.most
        assert not engine.auto_needs_reference or (engine.auto and rules.most)


def test_a_successor_exists_and_lasts():
    for engine in ENGINES.values():
        assert bool(engine.successor) == bool(engine.ends)
        if engine.successor:
            assert ENGINES[engine.successor].ends is None
            assert ENGINES[engine.successor].dialect == engine.dialect


def test_a_suggested_price_grows_with_the_pixels():
    for engine in ENGINES.values():
        price = engine.price
        assert price is None or 0 < price.image <= (price.large_image or price.image)
        assert price is None or (price.large is None) == (price.large_image is None)


def test_the_old_family_of_ark_ends_on_one_day():
    ends = {engine.id: (engine.ends, engine.successor) for engine in ENGINES.values() if engine.ends}
    day = date(2026, 11, 24)
    assert ends == {
        "ark/seedream-5.0-lite": (day, "ark/seedream-5.0-pro"),
        "ark/seedream-4.5": (day, "ark/seedream-5.0-pro"),
        "ark/seedream-4.0": (day, "ark/seedream-4.0-20260415"),
    }


def test_an_administrator_changes_names_and_prices_without_a_release():
    renamed = replace(ENGINES["gateway/seedream-4.5"], wire_id="seedream-4-5-2027", price=Price(41_000))
    assert check(asked(renamed.id), renamed) == []
    assert estimate(asked(renamed.id, images=2), renamed, renamed.price) == 82_000


def test_an_engine_can_be_a_key():
    assert len(set(ENGINES.values())) == len(ENGINES)


def test_only_engines_that_need_a_reference_edit():
    assert [id for id in ENGINES if ENGINES[id].edits] == ["anyfast/seedream-5.0", "gateway/seededit-3.0-i2i"]


def test_only_those_engines_choose_the_ratio_whose_documents_say_so():
    assert {id for id in DOCUMENTED if not ENGINES[id].auto} == {
        "anyfast/seedream-5.0",
        "anyfast/seedream-5.0-t2i",
        "gateway/seedream-3.0-t2i",
    }
    assert AUTO not in RATIOS
