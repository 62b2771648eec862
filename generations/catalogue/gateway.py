"""The OpenAI-like gateway: seed document 004, one page for five engines. Whose gateway it is the page does not say.

It resells Ark, which has ended 3.0 and is about to end the others; whether a gateway goes on with them only its owner knows, so
none of them has an end here.
"""

from dataclasses import replace

from generations.catalogue.engine import Engine, Guidance, PixelRange, References
from generations.catalogue.sizes import AUTO, K1, K2, K3, K4

SEEDREAM = Engine(
    id="gateway/seedream-5.0",
    name="Seedream 5.0",
    wire_id="doubao-seedream-5-0-260128",
    tiers={"2K": K2, "3K": K3},
    auto=True,  # the bare tier: the prompt decides
    free=PixelRange(3_686_400, 10_404_496),  # 1/16-16; Ark's newer page goes on to 16,777,216
    # 004: up to 14. That images and references share 15 is Ark's rule; formats and bytes are what both of Ark's pages allow.
    references=References(most=14, with_images=15, narrowest=1 / 16, widest=16.0),
    most_images=15,
    formats=("jpeg", "png"),  # 004: 5.0 only
    watermark=True,
)

ENGINES = (
    replace(SEEDREAM, resells="seedream-5.0-lite"),  # Ark's page has that name for this id, and an alias with "lite" in it
    replace(
        SEEDREAM,
        id="gateway/seedream-4.5",
        name="Seedream 4.5",
        wire_id="doubao-seedream-4-5-251128",
        tiers={"2K": K2, "4K": K4},
        free=PixelRange(3_686_400, 16_777_216),
        formats=("jpeg",),
    ),
    replace(
        SEEDREAM,
        id="gateway/seedream-4.0",
        name="Seedream 4.0",
        wire_id="doubao-seedream-4-0-250828",
        tiers={"1K": K1, "2K": K2, "4K": K4},
        free=PixelRange(921_600, 16_777_216),
        formats=("jpeg",),
    ),
    Engine(
        id="gateway/seedream-3.0-t2i",
        name="Seedream 3.0",
        wire_id="doubao-seedream-3-0-t2i-250415",
        tiers={"1K": K1},  # 004 names no tier, only these pixels
        usual=("1:1", "1K"),
        # 004: "[512x512, 2048x2048]", read strictly: each side too, which leaves 1/4-4
        free=PixelRange(512 * 512, 2048 * 2048, narrowest=1 / 4, widest=4.0, least_side=512, most_side=2048),
        seed=True,
        guidance=Guidance(usual=2.5),
        watermark=True,
    ),
    Engine(
        id="gateway/seededit-3.0-i2i",
        name="SeedEdit 3.0",
        wire_id="doubao-seededit-3-0-i2i-250628",
        usual=(AUTO, ""),
        auto=True,  # `size` is always "adaptive"
        adaptive=True,
        references=References(needed=1, most=1),  # 004: a single one; jpeg/png, 1/3-3 and 10 MB are Ark's
        seed=True,
        guidance=Guidance(usual=5.5),
        watermark=True,
    ),
)
