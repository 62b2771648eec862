import io

import pytest
from PIL import Image, ImageChops
from PIL.Image import Transpose

from generations.media import colour, derive, pixels, strips
from generations.media.strips import Laid, cut, held, scaled
from tests.media.pictures import noise

TURNS = [None, *colour.TURNS.values()]


@pytest.fixture(autouse=True)
def _thin(monkeypatch):
    monkeypatch.setattr(strips, "PIXELS", 900)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_what_was_laid_aside_is_the_same_again(mode):
    image = noise(90, 70).convert(mode)
    laid = Laid(cut(image), io.BytesIO())
    assert laid.lines(0, 70).tobytes() == image.tobytes()
    assert laid.lines(13, 14).tobytes() == image.crop((0, 13, 90, 14)).tobytes()


@pytest.mark.parametrize("turn", TURNS)
def test_it_is_turned_strip_by_strip(turn: Transpose | None):
    image = noise(90, 70)
    found = pixels.upright(Laid(cut(image), io.BytesIO()), turn)
    assert found.tobytes() == colour.turned(image, turn).tobytes()


@pytest.mark.parametrize("size", [(320, 240), (311, 233), (150, 97), (31, 23), (1, 1)])
def test_it_becomes_smaller_without_seams(size):
    image = noise(320, 240)
    found = Image.new("RGB", size)
    for top, strip in scaled(held(image), image.size, size):
        found.paste(strip, (0, top))
    differs = ImageChops.difference(found, image.resize(size, Image.Resampling.BICUBIC))
    assert max(most for _least, most in differs.getextrema()) <= 1


@pytest.mark.parametrize("size", [(100, 75), (31, 23)])
def test_nor_are_there_seams_where_it_is_done_in_two_steps(size):
    ramp = Image.linear_gradient("L").resize((320, 240))
    image = Image.merge("RGB", (ramp, ramp.rotate(180), Image.radial_gradient("L").resize((320, 240))))
    found = Image.new("RGB", size)
    for top, strip in scaled(held(image), image.size, size, derive.GAP):
        found.paste(strip, (0, top))
    differs = ImageChops.difference(found, image.resize(size, Image.Resampling.BICUBIC))
    assert max(most for _least, most in differs.getextrema()) <= 2


def test_no_more_is_kept_than_a_writer_may_have_in_memory(monkeypatch):
    monkeypatch.setattr(pixels.thrift, "KEPT", 2000)
    image = pixels.upright(Laid(cut(noise(90, 70)), io.BytesIO()), Transpose.ROTATE_90)
    assert image.size == (39, 50)
