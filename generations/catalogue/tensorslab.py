"""TensorsLab: seed documents 000 (V5 Lite) and 001 (V4.5). Its `category` is the name on the wire."""

from generations.catalogue.engine import Engine, PixelRange, References
from generations.catalogue.sizes import AUTO, K2, K4

# Not documented here, so those of Ark, which it resells: 14, and 15 together with the images; formats and bytes are what both
# of Ark's pages allow. One `imageUrl` is taken, or any number of files.
REFERENCES = References(most=14, with_images=15, narrowest=1 / 16, widest=16.0)

ENGINES = (
    Engine(
        id="tensorslab/seedream-5.0-lite",
        name="Seedream 5.0 Lite",
        wire_id="seedreamv5",
        tiers={"2K": K2},  # 000 names no other; 3K and 4K wait until somebody with a key has seen them
        usual=(AUTO, "2K"),  # 000: `resolution` is a bare 2K by default
        auto=True,  # the bare tier
        references=REFERENCES,
        most_images=15,  # 000: batchsize 1-15
    ),
    Engine(
        id="tensorslab/seedream-4.5",
        name="Seedream 4.5",
        wire_id="seedreamv45",
        tiers={"2K": K2, "4K": K4},  # 001; it lists no 21:9, but takes WxH, which is how every ratio is sent
        usual=(AUTO, "2K"),
        auto=True,
        free=PixelRange(3_686_400, 16_777_216),  # 001; width by height is not stated: Ark's
        references=REFERENCES,
        most_images=15,  # 001
    ),
)
