"""What the demo team asked for. A drill in brackets makes the sandbox rehearse a fault."""

from typing import NamedTuple

LITE, FOUR, PRO = "apimart/seedream-5.0-lite", "gateway/seedream-4.0", "apimart/seedream-5.0-pro"
ARK, LAB, FAST = "ark/seedream-4.5", "tensorslab/seedream-4.5", "anyfast/seedream-5.0-t2i"


class Wish(NamedTuple):
    engine: str
    prompt: str
    ratio: str = "1:1"
    images: int = 1
    who: str = "designer"
    private: bool = False


WISHES = (
    Wish(LITE, "A red kite above terraced tea fields, thin morning fog between the ridges, flat gouache", "16:9", 4),
    Wish(FOUR, "Poster for a summer concert by the sea, bold cut paper shapes, two colours", "3:4", 3),
    Wish(LAB, "一只锦鲤在荷塘里，水墨风格，留白", "4:3", 2, "reviewer"),
    Wish(ARK, "Tea tin on a stone plinth, soft side light, product shot, quiet green background", "1:1", 4),
    Wish(FAST, "Fern fronds as a botanical print on warm paper"),
    Wish(LITE, "Night harbour with long reflections, neon signs in the rain", "21:9", 2, "admin"),
    Wish(FOUR, "Sand dunes at low sun, one camel far away", "16:9", 3, "admin"),
    Wish(PRO, "A cat asleep at a window, plants, morning", "3:4", 1, "reviewer"),
    Wish(LITE, "White arches and a flight of stairs, hard noon shadows", "9:16", 2),
    Wish(LAB, "青花瓷瓶与三只梨，静物，柔和光线", "1:1", 3),
    Wish(FOUR, "Geometric tiles in terracotta and cream, seamless pattern", "1:1", 4, "admin"),
    Wish(ARK, "Snowy pines under a pale winter sun", "3:2", 2),
    Wish(LITE, "浮世绘的海浪与一艘小船，靛蓝色", "3:2", 4, "reviewer"),
    Wish(FOUR, "Matisse-like paper cut of leaves and a dove, coral on cream", "2:3", 2, private=True),
    Wish(LITE, "Label for a bottle of pear juice, still life, linen", "4:3", 3),
    Wish(FOUR, "Cover of a garden almanac, one scene for each month, linocut in two greens", "2:3", 12),
    Wish(LAB, "Lighthouse on a headland at dusk, gulls", "16:9", 1, "admin"),
    Wish(ARK, "[drill:fewer] Paper lanterns over a night market street", "1:1", 4),
    Wish(FOUR, "[drill:item-refused] A crowd at the opening of a palace courtyard", "4:3", 3, "reviewer"),
    Wish(LITE, "[drill:wrong-size] Koi from above in clear water", "1:1", 2),
    Wish(FOUR, "[drill:504] Twilight over a bay with sail boats", "16:9", 2),
    Wish(LAB, "[drill:prompt-refused] Something that the provider does not draw"),
    Wish(ARK, "[drill:result-refused] A portrait that is held back", "3:4"),
    Wish(LITE, "[drill:failed] A mountain lake that does not come", "3:2", 2),
    Wish(FOUR, "[drill:expired-link] A vase whose link is dead on arrival"),
    Wish(LAB, "[drill:stuck] A bridge that takes for ever", "16:9", 1),
)
