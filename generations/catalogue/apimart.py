"""APIMart: seed document 002 (5.0 Lite). The siblings are from its own pages and its official skill.

4.0, 4.5, pro and flash also take 9:21, 2:1 and 1:2, but nobody prints their pixels, and what cannot be promised is not offered.
Prices were seen on 2026-10-12; the task itself reports what it really cost.
"""

from dataclasses import replace

from generations.catalogue.engine import Engine, PixelRange, Price, References
from generations.catalogue.sizes import K1, K2, K3, K4, PRO_K1, PRO_K2, PRO_K15

LITE = Engine(
    id="apimart/seedream-5.0-lite",
    name="Seedream 5.0 Lite",
    wire_id="doubao-seedream-5-0-lite",
    aliases=("doubao-seedream-5.0-lite",),  # 002; Doubao-Seedream-5.0-lite too: capitals do not count here
    tiers={"2K": K2, "3K": K3, "4K": K4},  # 002: the parameter and its tables have 4K, the headline of the page has not
    auto=True,
    auto_needs_reference=True,  # 002: "auto" needs image_urls
    references=References(most=14, with_images=15),  # 002: jpeg/png, 1/3-3, over 14 px, 10 MB, 6000x6000, 15 together
    most_images=15,  # 002; an older mirror says 4
    formats=("jpeg", "png"),  # 002; it says that the siblings ignore the field
    watermark=False,
    link_hours=72,  # 002
    price=Price(28_000),
    seconds=40,
)

PRO = replace(
    LITE,
    id="apimart/seedream-5.0-pro",
    name="Seedream 5.0 Pro",
    wire_id="seedream-5-0-pro",
    aliases=("seedream-5.0-pro",),
    tiers={"1K": PRO_K1, "1.5K": PRO_K15, "2K": PRO_K2},
    free=PixelRange(921_600, 4_624_220),
    references=References(most=10),
    most_images=1,  # one client; a promotion page says 4, but Ark's pro has no groups
    formats=("jpeg",),
    # 1K was seen; the rest in Ark's proportion: twice as much above 2.6 megapixels, and a fifteenth for each further reference.
    price=Price(29_250, large_image=58_500, large=2_601_123, reference=1_950, free_references=1),
    seconds=120,
)

ENGINES = (
    LITE,
    replace(
        LITE,
        id="apimart/seedream-4.5",
        name="Seedream 4.5",
        wire_id="doubao-seedream-4-5",
        aliases=("seedream-4-5", "seedream-4.5"),
        tiers={"2K": K2, "4K": K4},
        formats=("jpeg",),
        price=Price(26_000),
    ),
    replace(
        LITE,
        id="apimart/seedream-4.0",
        name="Seedream 4.0",
        wire_id="doubao-seedream-4-0",
        aliases=("seedream-4-0",),
        tiers={"1K": K1, "2K": K2, "4K": K4},  # Ark's
        formats=("jpeg",),
        price=Price(19_500),
    ),
    PRO,
    replace(
        PRO,
        id="apimart/seedream-5.0-flash",
        name="Seedream 5.0 Flash",
        wire_id="seedream-5-0-flash",
        aliases=("seedream-5.0-flash",),
        price=Price(13_700),
        seconds=40,
    ),
)
