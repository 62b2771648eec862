import io
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageCms

from generations.media.export import FORMATS, export
from generations.media.metadata import MADE_BY_AI, Label

LABEL = Label("Seedream 4.5", "Seedbed", datetime(2026, 11, 20, tzinfo=UTC), "cd" * 32, "a teapot")


def copied(image: Image.Image, form: str = "jpeg", longest: int | None = None, stored: str = "PNG", **options: object) -> Image.Image:
    original, out = io.BytesIO(), io.BytesIO()
    image.save(original, stored, **options)
    export(original, out, form, longest, LABEL)
    return Image.open(out)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP"])
def test_every_format_becomes_every_other_and_is_labelled(stored: str, form: str):
    copy = copied(Image.new("RGB", (64, 48), "teal"), form, stored=stored)
    assert (copy.format or "").lower() == form
    assert copy.size == (64, 48)
    assert MADE_BY_AI.encode() in copy.info["xmp"]


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP"])
def test_the_longest_side_is_as_asked_and_the_shape_stays(stored: str):
    assert copied(Image.new("RGB", (1600, 400)), longest=800, stored=stored).size == (800, 200)


def test_a_copy_is_never_larger_than_what_came():
    assert copied(Image.new("RGB", (64, 48)), longest=1920).size == (64, 48)


def test_where_it_shows_through_a_jpeg_is_white():
    assert copied(Image.new("RGBA", (8, 8), (0, 0, 0, 0))).getpixel((4, 4)) == (255, 255, 255)


def test_transparency_stays_where_the_format_has_it():
    assert copied(Image.new("RGBA", (8, 8), (0, 0, 0, 0)), "webp").getchannel("A").getextrema() == (0, 0)


@pytest.mark.parametrize("mode", ["P", "1", "L", "LA", "CMYK", "I;16"])
@pytest.mark.parametrize("form", FORMATS)
def test_unusual_pictures_are_copied_too(mode: str, form: str):
    stored = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (32, 32)) if mode == "I;16" else Image.new("RGB", (32, 32), "teal").convert(mode)
    assert copied(image, form, longest=16, stored=stored).size == (16, 16)


@pytest.mark.parametrize("form", FORMATS)
def test_colours_keep_their_meaning_and_the_label_in_exif_goes_along(form: str):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x010E] = '{"AIGC":{"Label":"1"}}'
    copy = copied(Image.new("RGB", (8, 8)), form, stored="JPEG", icc_profile=profile, exif=exif)
    assert copy.info["icc_profile"] == profile
    assert copy.getexif()[0x010E] == exif[0x010E]


def test_a_profile_about_inks_is_not_put_onto_light():
    copy = copied(Image.new("CMYK", (8, 8), (255, 0, 0, 0)), "png", stored="JPEG", icc_profile=b"inks")
    assert "icc_profile" not in copy.info


def test_the_packet_of_the_original_goes_along():
    about = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:t="urn:t" t:AIGC="label"/></rdf:RDF>'
    assert b"label" in copied(Image.new("RGB", (8, 8)), "webp", stored="JPEG", xmp=about).info["xmp"]
