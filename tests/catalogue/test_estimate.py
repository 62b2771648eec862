import pytest
from hypothesis import given
from hypothesis import strategies as any_

from generations.catalogue import ENGINES
from generations.catalogue.engine import Price
from generations.catalogue.estimate import estimate
from generations.catalogue.sizes import Size
from tests.catalogue.requests import asked, engine, photos

STEPS = Price(45_000, large_image=90_000, large=2_601_123, reference=3_000, free_references=1)


def cost(id: str, price: Price | None = None, **fields) -> int:
    found = price or engine(id).price
    assert found
    return estimate(asked(id, **fields), engine(id), found)


def test_every_image_is_counted():
    assert cost("apimart/seedream-5.0-lite", images=4) == 112_000


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ratio": "1:1", "tier": "1K"}, 45_000),
        ({"ratio": "21:9", "tier": "1.5K"}, 45_000),
        ({"ratio": "1:1", "tier": "2K"}, 90_000),
        ({"ratio": "auto", "tier": "1.5K"}, 45_000),
        ({"ratio": "auto", "tier": "2K"}, 90_000),
        ({"size": Size(2601, 1000)}, 45_000),
        ({"size": Size(2602, 1000)}, 90_000),
    ],
)
def test_more_pixels_cost_more(fields, expected):
    assert cost("ark/seedream-5.0-pro", **fields) == expected


@pytest.mark.parametrize(("count", "surcharge"), [(0, 0), (1, 0), (2, 3_000), (10, 27_000)])
def test_references_beyond_the_free_ones_cost_extra(count, surcharge):
    assert cost("ark/seedream-5.0-pro", tier="1K", references=photos(count)) == 45_000 + surcharge


def test_seedream_5_5_charges_pixels_like_large_ones():
    assert cost("ark/seedream-5.5", ratio="auto", tier="1K") == 20_000
    assert cost("ark/seedream-5.5", ratio="1:1", tier="1K") == 35_000
    assert cost("ark/seedream-5.5", ratio="auto", tier="1K", references=photos(2)) == 36_000


def test_where_nobody_knows_the_size_the_dearest_is_held():
    assert cost("gateway/seededit-3.0-i2i", STEPS, references=()) == 90_000
    assert cost("gateway/seededit-3.0-i2i", STEPS) == 45_000
    assert cost("gateway/seedream-4.0", STEPS, tier="9K") == 90_000


def test_a_price_without_a_step_is_flat():
    assert cost("gateway/seedream-4.0", Price(30_000, large_image=90_000), tier="4K") == 30_000


@given(any_.sampled_from(list(ENGINES.values())), any_.integers(-5, 40), any_.integers(0, 10**9), any_.integers(0, 10**9))
def test_an_estimate_is_never_less_than_one_image_costs(engine, images, small, large):
    price = Price(small, large_image=large, large=2_000_000)
    assert estimate(asked(engine.id, images=images), engine, price) >= small
