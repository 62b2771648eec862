import io

import pytest
from PIL import Image, ImageCms

from generations.media import colour
from tests.media.pictures import painting, swapped_profile


def opened(image: Image.Image, form: str, **options) -> Image.Image:
    file = io.BytesIO()
    image.save(file, form, **options)
    found = Image.open(file)
    found.load()
    return found


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    return [image.getpixel(at) for at in ((5, 5), (image.width - 5, 5), (5, image.height - 5), (image.width - 5, image.height - 5))]


RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "P", "CMYK"])
def test_colours_stay_what_they_are(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    found = corners(colour.plain(colour.smooth(opened(painting(mode=mode), form, quality=100))))
    assert all(near(pixel, right) for pixel, right in zip(found, (RED, GREEN, BLUE, WHITE), strict=True))


def near(pixel, right) -> bool:
    return max(abs(one - other) for one, other in zip(pixel, right, strict=True)) <= 3


@pytest.mark.parametrize(("value", "seen"), [(0, 0), (32768, 128), (65535, 255)])
def test_sixteen_bits_become_eight(value, seen):
    image = opened(Image.new("I;16", (9, 9), value), "PNG")
    assert colour.plain(colour.smooth(image)).getpixel((4, 4)) == (seen, seen, seen)


def test_bits_and_greys_become_colours():
    assert corners(colour.plain(colour.smooth(painting(mode="1"))))[3] == WHITE
    assert colour.plain(colour.smooth(Image.new("L", (9, 9), 77))).getpixel((4, 4)) == (77, 77, 77)


def test_what_shows_through_still_does():
    grey = opened(Image.new("LA", (9, 9), (77, 10)), "PNG")
    assert colour.plain(colour.smooth(grey)).getpixel((4, 4)) == (77, 77, 77, 10)
    indexed = painting(mode="P")
    hollow = opened(indexed, "PNG", transparency=indexed.getpixel((5, 5)))
    assert [pixel[3] for pixel in corners(colour.plain(colour.smooth(hollow)))] == [0, 255, 255, 255]
    marked = opened(Image.new("RGB", (9, 9), RED), "PNG", transparency=RED)
    assert colour.plain(colour.smooth(marked)).getpixel((4, 4)) == (*RED, 0)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_colours_of_another_profile_are_said_in_srgb(mode):
    """In this profile red means green."""
    image = opened(painting(mode=mode), "PNG", icc_profile=swapped_profile())
    found = corners(colour.plain(colour.smooth(image)))
    assert [near(pixel[:3], right) for pixel, right in zip(found, (GREEN, RED, BLUE, WHITE), strict=True)] == [True] * 4


@pytest.mark.parametrize("profile", [b"", b"nonsense", b"x" * 5_000_000, swapped_profile()[:200]])
def test_a_profile_that_is_none_is_passed_over(profile):
    image = painting()
    image.info["icc_profile"] = profile
    assert corners(colour.plain(image)) == [RED, GREEN, BLUE, WHITE]


def test_a_profile_of_another_kind_of_picture_is_passed_over():
    image = Image.new("L", (9, 9), 77)
    image.info["icc_profile"] = swapped_profile()
    assert colour.plain(image).getpixel((4, 4)) == (77, 77, 77)


def test_what_is_in_srgb_already_is_not_touched():
    image = painting()
    image.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert colour.plain(image) is image


def test_nothing_but_pixels_is_left():
    image = opened(painting(), "PNG", icc_profile=swapped_profile(), exif=b"Exif\0\0secret", dpi=(300, 300))
    assert colour.plain(colour.smooth(image)).info == {}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_note_about_the_camera_that_cannot_be_read_says_nothing():
    image = opened(painting(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert colour.turn_of(image) is None
