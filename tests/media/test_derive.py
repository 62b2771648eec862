import base64
import io

import pytest
from PIL import Image

from generations.media import derive
from tests.media.pictures import noise, painting, seen


def sizes(image, tmp_path) -> dict[int, tuple[int, int]]:
    return {side: seen(path).size for side, path in derive.shrink(image, tmp_path / "picture")[0].items()}


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((2848, 1600), {1280: (1280, 719), 640: (640, 360), 320: (320, 180)}),
        ((1600, 2848), {1280: (719, 1280), 640: (360, 640), 320: (180, 320)}),
        ((700, 500), {1280: (700, 500), 640: (640, 457), 320: (320, 228)}),
        ((14, 14), {1280: (14, 14), 640: (14, 14), 320: (14, 14)}),
        ((3000, 1), {1280: (1280, 1), 640: (640, 1), 320: (320, 1)}),
    ],
)
def test_there_is_a_copy_for_every_side_and_none_is_larger_than_the_picture(tmp_path, size, made):
    assert sizes(Image.new("RGB", size), tmp_path) == made


def test_transparency_stays(tmp_path):
    made, _tiny = derive.shrink(Image.new("RGBA", (400, 400), (255, 0, 0, 100)), tmp_path / "picture")
    assert seen(made[320]).getpixel((5, 5))[3] == 100


DRAWN = {
    "few colours": painting,
    "a large one": lambda: noise(2000, 2000),
    "a narrow one": lambda: noise(4000, 40),
    "a loud one": lambda: Image.effect_noise((500, 500), 250).convert("RGBA"),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_the_placeholder_is_short_and_shows_the_picture(draw):
    image = draw()
    tiny = derive.placeholder(image)
    shown = Image.open(io.BytesIO(base64.b64decode(tiny.removeprefix("data:image/webp;base64,"))))
    assert len(tiny) <= 900
    assert shown.width / shown.height == pytest.approx(image.width / image.height, rel=0.1) or min(shown.size) == 1


def test_what_does_not_fit_into_a_placeholder_is_shown_smaller():
    loud = Image.effect_noise((64, 64), 2000)
    image = Image.merge("RGBA", (loud, loud.rotate(90), loud.rotate(180), loud.rotate(270)))
    assert len(derive.placeholder(image)) <= 900
