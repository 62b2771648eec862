"""What the five documents say of each engine, beside its sizes."""

import pytest

from generations.catalogue import ENGINES
from generations.catalogue.engine import Guidance, PixelRange, Price
from tests.catalogue.requests import engine

LIMITS = [
    # engine, references, images, watermark, formats
    ("tensorslab/seedream-5.0-lite", (0, 14), 15, None, ("jpeg",)),
    ("tensorslab/seedream-4.5", (0, 14), 15, None, ("jpeg",)),
    ("apimart/seedream-5.0-lite", (0, 14), 15, False, ("jpeg", "png")),
    ("anyfast/seedream-5.0", (1, 14), 15, False, ("jpeg",)),
    ("anyfast/seedream-5.0-t2i", (0, 0), 1, False, ("jpeg",)),
    ("gateway/seedream-5.0", (0, 14), 15, True, ("jpeg", "png")),
    ("gateway/seedream-4.5", (0, 14), 15, True, ("jpeg",)),
    ("gateway/seedream-4.0", (0, 14), 15, True, ("jpeg",)),
    ("gateway/seedream-3.0-t2i", (0, 0), 1, True, ("jpeg",)),
    ("gateway/seededit-3.0-i2i", (1, 1), 1, True, ("jpeg",)),
    # no documents of the customer's: the providers' own pages
    ("apimart/seedream-4.5", (0, 14), 15, False, ("jpeg",)),
    ("apimart/seedream-4.0", (0, 14), 15, False, ("jpeg",)),
    ("apimart/seedream-5.0-pro", (0, 10), 1, False, ("jpeg",)),
    ("apimart/seedream-5.0-flash", (0, 10), 1, False, ("jpeg",)),
    ("ark/seedream-4.0-20260415", (0, 14), 15, True, ("jpeg",)),
    ("ark/seedream-5.0-pro", (0, 10), 1, True, ("jpeg", "png")),
    ("ark/seedream-5.0-flash", (0, 10), 1, True, ("jpeg", "png")),
    ("ark/seedream-5.5", (0, 10), 1, True, ("png", "jpeg")),
    ("ark/seedream-5.0-lite", (0, 14), 15, True, ("jpeg", "png")),
    ("ark/seedream-4.5", (0, 14), 15, True, ("jpeg",)),
    ("ark/seedream-4.0", (0, 14), 15, True, ("jpeg",)),
]
RANGES = [
    ("tensorslab/seedream-5.0-lite", None),
    ("tensorslab/seedream-4.5", PixelRange(3_686_400, 16_777_216)),
    ("apimart/seedream-5.0-lite", None),
    ("anyfast/seedream-5.0", None),
    ("gateway/seedream-5.0", PixelRange(2560 * 1440, 10_404_496)),
    ("gateway/seedream-4.5", PixelRange(2560 * 1440, 4096 * 4096)),
    ("gateway/seedream-4.0", PixelRange(1280 * 720, 4096 * 4096)),
    ("gateway/seedream-3.0-t2i", PixelRange(512 * 512, 2048 * 2048, 1 / 4, 4.0, 512, 2048)),
    ("gateway/seededit-3.0-i2i", None),
    ("apimart/seedream-4.5", None),
    ("apimart/seedream-5.0-pro", PixelRange(921_600, 4_624_220)),
    ("ark/seedream-5.0-pro", PixelRange(921_600, 4_624_220)),
    ("ark/seedream-5.5", PixelRange(921_600, 4_624_220)),
    ("ark/seedream-4.0-20260415", PixelRange(921_600, 16_777_216)),
    ("ark/seedream-4.0", PixelRange(921_600, 16_777_216)),
    ("ark/seedream-4.5", PixelRange(3_686_400, 16_777_216)),
    ("ark/seedream-5.0-lite", PixelRange(3_686_400, 16_777_216)),
]
SHAPES = {  # narrowest and widest reference, bytes
    "tensorslab": (1 / 16, 16, 10),
    "apimart": (1 / 3, 3, 10),
    "anyfast": (1 / 16, 16, 10),
    "gateway": (1 / 16, 16, 10),
    "ark": (1 / 16, 16, 30),
}


@pytest.mark.parametrize(("id", "references", "images", "watermark", "formats"), LIMITS)
def test_references_images_watermark_and_formats(id, references, images, watermark, formats):
    found = engine(id)
    assert (found.references.needed, found.references.most) == references
    assert (found.most_images, found.watermark, found.formats) == (images, watermark, formats)


@pytest.mark.parametrize(("id", "free"), RANGES)
def test_the_range_of_exact_pixels(id, free):
    assert engine(id).free == free


@pytest.mark.parametrize(
    ("id", "guidance"),
    [("gateway/seedream-3.0-t2i", 2.5), ("gateway/seededit-3.0-i2i", 5.5)],
)
def test_seed_and_guidance_belong_to_the_third_generation(id, guidance):
    assert engine(id).seed
    assert engine(id).guidance == Guidance(1, 10, guidance)


@pytest.mark.parametrize("id", ["gateway/seedream-5.0", "gateway/seedream-4.5", "gateway/seedream-4.0", "apimart/seedream-5.0-lite"])
def test_newer_ones_know_neither(id):
    assert not engine(id).seed
    assert engine(id).guidance is None


def test_anyfast_takes_a_seed_without_promising_anything():
    assert engine("anyfast/seedream-5.0").seed
    assert "not known to follow" in engine("anyfast/seedream-5.0").seed_note


def test_apimart_limits_references_more_than_the_others():
    rules = engine("apimart/seedream-5.0-lite").references
    assert (rules.formats, rules.narrowest, rules.widest) == (("jpeg", "png"), 1 / 3, 3)
    assert (rules.least_side, rules.most_bytes, rules.most_pixels) == (15, 10 * 1024**2, 6000 * 6000)
    assert rules.with_images == 15


TAKING = [engine for engine in ENGINES.values() if engine.references.most and engine.id != "gateway/seededit-3.0-i2i"]


@pytest.mark.parametrize("engine", TAKING, ids=lambda engine: engine.id)
def test_what_a_reference_may_be_is_the_same_for_all_engines_of_a_provider(engine):
    rules = engine.references
    assert (rules.narrowest, rules.widest, rules.most_bytes / 1024**2) == SHAPES[engine.dialect]
    assert rules.with_images == (15 if rules.most == 14 else None)
    assert rules.formats == (("jpeg", "png", "webp") if engine.dialect == "ark" else ("jpeg", "png"))


def test_seededit_takes_only_what_its_own_model_takes():
    rules = engine("gateway/seededit-3.0-i2i").references
    assert (rules.narrowest, rules.widest, rules.with_images) == (1 / 3, 3, None)


def test_suggested_prices_are_those_that_were_seen():
    prices = {id: found.price for id, found in ENGINES.items() if found.price}
    assert prices == {
        "apimart/seedream-5.0-lite": Price(28_000),
        "apimart/seedream-4.5": Price(26_000),
        "apimart/seedream-4.0": Price(19_500),
        "apimart/seedream-5.0-pro": Price(29_250, large_image=58_500, large=2_601_123, reference=1_950, free_references=1),
        "apimart/seedream-5.0-flash": Price(13_700),
        "ark/seedream-4.0-20260415": Price(30_000),
        "ark/seedream-5.0-pro": Price(45_000, large_image=90_000, large=2_601_123, reference=3_000, free_references=1),
        "ark/seedream-5.0-flash": Price(18_000),
        "ark/seedream-5.5": Price(20_000, large_image=35_000, large=2_601_123, exact_is_large=True, reference=8_000),
        "ark/seedream-5.0-lite": Price(35_000),
        "ark/seedream-4.5": Price(40_000),
        "ark/seedream-4.0": Price(30_000),
    }


@pytest.mark.parametrize("dialect", ["gateway", "ark", "tensorslab"])
def test_where_a_bare_tier_is_taken_the_engine_may_choose_the_ratio(dialect):
    tiered = [found for found in ENGINES.values() if found.dialect == dialect and found.tiers]
    assert [found.id for found in tiered if not found.auto] == (["gateway/seedream-3.0-t2i"] if dialect == "gateway" else [])
    assert not any(found.auto_needs_reference for found in tiered)


def test_links_of_apimart_last_three_days_and_others_one():
    assert engine("apimart/seedream-5.0-lite").link_hours == 72
    assert engine("gateway/seedream-5.0").link_hours == 24
