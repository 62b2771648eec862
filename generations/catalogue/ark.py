"""Volcengine Ark, and BytePlus, which serves the same under names without "doubao-": what the other four resell.

From the official pages of both. Prices are those of BytePlus, because Ark's are in yuan. The old family ends on 2026-11-24 at
14:00 in Beijing; what takes over has other tiers, fewer references and no groups, except for the new 4.0.
"""

from dataclasses import replace
from datetime import date

from generations.catalogue.engine import MEGABYTE, Engine, PixelRange, Price, References
from generations.catalogue.sizes import AUTO, K1, K2, K3, K4, PRO_K1, PRO_K2, PRO_K15

END = date(2026, 11, 24)

# The current page; it lists further formats, but the studio keeps no others.
REFERENCES = References(most=14, with_images=15, formats=("jpeg", "png", "webp"), narrowest=1 / 16, widest=16.0, most_bytes=30 * MEGABYTE)

GROUPS = Engine(
    id="ark/seedream-4.0-20260415",
    name="Seedream 4.0 (April 2026)",
    wire_id="doubao-seedream-4-0-20260415",
    tiers={"1K": K1, "2K": K2, "4K": K4},
    auto=True,  # the bare tier
    free=PixelRange(921_600, 16_777_216),
    references=REFERENCES,
    most_images=15,
    watermark=True,
    price=Price(30_000),
)

PRO = Engine(
    id="ark/seedream-5.0-pro",
    name="Seedream 5.0 Pro",
    wire_id="doubao-seedream-5-0-pro-260628",
    aliases=("seedream-5-0-pro-260628",),
    tiers={"1K": PRO_K1, "1.5K": PRO_K15, "2K": PRO_K2},
    usual=(AUTO, "2K"),
    auto=True,
    free=PixelRange(921_600, 4_624_220),
    references=replace(REFERENCES, most=10, with_images=None),
    formats=("jpeg", "png"),
    watermark=True,
    # "up to 2.61 megapixels" here, 2,601,123 with 5.5: the smaller, so that never too little is held
    price=Price(45_000, large_image=90_000, large=2_601_123, reference=3_000, free_references=1),
    seconds=120,
)

FRESH = (
    GROUPS,
    PRO,
    replace(
        PRO,
        id="ark/seedream-5.0-flash",
        name="Seedream 5.0 Flash",
        wire_id="doubao-seedream-5-0-flash-260915",
        aliases=("seedream-5-0-flash-260915",),
        price=Price(18_000),
        seconds=25,
    ),
    replace(
        PRO,
        id="ark/seedream-5.5",
        name="Seedream 5.5",
        wire_id="doubao-seedream-5-5-261028",
        aliases=("seedream-5-5-261028", "dola-seedream-5-5-261028"),
        formats=("png", "jpeg"),
        price=Price(20_000, large_image=35_000, large=2_601_123, exact_is_large=True, reference=8_000),
        seconds=30,
    ),
)

ENDING = (
    replace(
        GROUPS,
        id="ark/seedream-5.0-lite",
        name="Seedream 5.0 Lite",
        wire_id="doubao-seedream-5-0-260128",
        aliases=("doubao-seedream-5-0-lite-260128", "seedream-5-0-260128", "seedream-5-0-lite-260128"),
        tiers={"2K": K2, "3K": K3, "4K": K4},  # 4K since the newer page, which also raised the range from 10,404,496
        free=PixelRange(3_686_400, 16_777_216),
        formats=("jpeg", "png"),
        web_search=True,
        price=Price(35_000),
        ends=END,
        successor=PRO.id,
    ),
    replace(
        GROUPS,
        id="ark/seedream-4.5",
        name="Seedream 4.5",
        wire_id="doubao-seedream-4-5-251128",
        aliases=("seedream-4-5-251128",),
        tiers={"2K": K2, "4K": K4},
        free=PixelRange(3_686_400, 16_777_216),
        price=Price(40_000),
        ends=END,
        successor=PRO.id,
    ),
    replace(
        GROUPS,
        id="ark/seedream-4.0",
        name="Seedream 4.0",
        wire_id="doubao-seedream-4-0-250828",
        aliases=("seedream-4-0-250828",),
        ends=END,
        successor=GROUPS.id,
    ),
)

ENGINES = (*FRESH, *ENDING)
