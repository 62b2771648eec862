"""Anyfast: seed document 003 (5.0 image-to-image), and its text-to-image page, which is another document for the same address.

They are two engines although they share a name on the wire: one must have a reference, the other has no field for any.
"""

from dataclasses import replace

from generations.catalogue.engine import Engine, References
from generations.catalogue.problem import _
from generations.catalogue.sizes import K2, K3

EDIT = Engine(
    id="anyfast/seedream-5.0",
    name="Seedream 5.0 image-to-image",
    wire_id="doubao-seedream-5-0-260128",
    resells="seedream-5.0-lite",  # Ark's page has that name for this id, and an alias with "lite" in it
    tiers={"2K": K2, "3K": K3},  # 003 lists these sixteen sizes and nothing else
    # 003: `image` is required; the rest is not documented, so Ark's. Only links are mentioned, but Ark takes data URIs.
    references=References(needed=1, most=14, with_images=15, narrowest=1 / 16, widest=16.0),
    most_images=15,  # 003 names `max_images` without a range; 15 is Ark's
    seed=True,  # 003
    seed_note=_("It is sent, but Seedream 5.0 is not known to follow it."),
    watermark=False,  # 003
    logo=True,  # 003
)

ENGINES = (
    EDIT,
    replace(
        EDIT,
        id="anyfast/seedream-5.0-t2i",
        name="Seedream 5.0 text-to-image",
        references=References(),
        most_images=1,  # the page has no group fields
        web_search=True,
    ),
)
