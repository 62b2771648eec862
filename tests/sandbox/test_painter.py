import io

import pytest
from PIL import Image

from generations.sandbox.painter import FORMATS, Unpaintable, encode, folds, leaves, paint
from generations.sandbox.scenes import SCENES
from generations.sandbox.world import World
from tests.sandbox.looking import SUBJECTS, apart, average

RED, BLUE = Image.new("RGB", (300, 200), (200, 30, 40)), Image.new("RGB", (200, 300), (30, 60, 190))


def test_there_is_a_subject_for_every_scene():
    assert set(SUBJECTS) == set(SCENES)


def test_the_pictures_of_one_prompt_differ():
    pictures = [paint("koi", index, 160, 160) for index in range(4)]
    assert all(apart(one, other) > 3 for i, one in enumerate(pictures) for other in pictures[:i])


def test_different_prompts_give_different_pictures():
    assert apart(paint("koi", 0, 160, 160), paint("a city at night", 0, 160, 160)) > 10


@pytest.mark.parametrize("prompt", SUBJECTS.values())
def test_the_same_words_give_the_same_picture_at_every_size(prompt):
    small, again, large = paint(prompt, 1, 320, 240), paint(prompt, 1, 320, 240), paint(prompt, 1, 640, 480)
    assert small.tobytes() == again.tobytes()
    assert apart(small, large) < 2.5


def test_in_a_hurry_the_same_picture_is_sketched():
    assert World(speed=1).sheet > World(speed=40).sheet > World(speed=200).sheet
    painted, *sketched = (paint("koi", 0, 1600, 1200, sheet=World(speed=speed).sheet) for speed in (1, 40, 200))
    assert all(apart(one, painted) < 2.5 for one in sketched)
    assert len({one.tobytes() for one in (painted, *sketched)}) == 3


@pytest.mark.parametrize("prompt", SUBJECTS.values())
def test_no_shape_is_too_long(prompt):
    assert paint(prompt, 0, 1024, 64).size == (1024, 64)
    assert paint(prompt, 0, 64, 1024).size == (64, 1024)


@pytest.mark.parametrize("size", [(2048, 1152), (333, 512), (8192, 512)])
def test_a_picture_has_the_size_that_was_asked_for(size):
    assert paint("a kite", 0, *size).size == size


@pytest.mark.parametrize("size", [(63, 512), (1024, 16_385), (8193, 8193), (0, 0), (-5, 512), (2048, 127)])
def test_an_impossible_size_is_refused_with_a_sentence(size):
    with pytest.raises(Unpaintable, match=r"^A picture of .+\.$"):
        paint("a kite", 0, *size)


def test_a_picture_says_discreetly_that_it_is_from_the_sandbox(monkeypatch):
    marked = paint("fog", 0, 512, 512)
    monkeypatch.setattr("generations.sandbox.easel.finish.MARK", "")
    plain = paint("fog", 0, 512, 512)
    assert marked.crop((0, 0, 400, 450)).tobytes() == plain.crop((0, 0, 400, 450)).tobytes()
    assert marked.crop((400, 450, 512, 512)).tobytes() != plain.crop((400, 450, 512, 512)).tobytes()


@pytest.mark.parametrize("prompt", ["", "🪁", "\ud800", "a" * 50_000, "风筝" * 5_000, "\x00"])
def test_no_prompt_is_too_strange(prompt):
    assert paint(prompt, 0, 128, 128).size == (128, 128)


class TestReferences:
    @pytest.mark.parametrize("prompt", SUBJECTS.values())
    def test_a_reference_colours_the_picture(self, prompt):
        red, blue = (average(paint(prompt, 0, 96, 96, [reference])) for reference in (RED, BLUE))
        assert red[0] - red[2] > blue[0] - blue[2] + 5

    @pytest.mark.parametrize("prompt", SUBJECTS.values())
    def test_a_reference_is_seen_in_the_picture(self, prompt):
        halves = Image.new("RGB", (200, 200), (250, 0, 250))
        halves.paste((0, 250, 0), (0, 0, 200, 100))
        seen = paint(prompt, 0, 256, 256, [halves]).getcolors(256 * 256) or []
        assert any(g > 215 and r < 25 and b < 25 for _, (r, g, b) in seen)

    def test_every_reference_counts(self):
        assert paint("koi", 0, 160, 160, [RED]).tobytes() != paint("koi", 0, 160, 160, [RED, BLUE]).tobytes()

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
    def test_a_reference_may_be_any_kind_of_picture(self, mode):
        assert paint("a vase", 0, 128, 128, [Image.new(mode, (90, 40))] * 14).size == (128, 128)


class TestLongPictures:
    @pytest.mark.parametrize(("shape", "count"), [(1.0, 1), (1.9, 1), (16.0, 9), (1 / 16, 9)])
    def test_a_very_long_one_is_folded_like_a_screen(self, shape, count):
        assert folds(SCENES["tin"], shape) == count

    def test_leaves_share_the_length_with_gaps_between_them(self):
        first, second = leaves((1000, 100), 2)
        assert (first[0], second[0] - first[2], second[2]) == (0, 3, 1000)
        assert abs((first[2] - first[0]) - (second[2] - second[0])) <= 1


class TestFiles:
    @pytest.mark.parametrize(("format", "name"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
    def test_each_format_holds_the_whole_picture(self, format, name):
        with Image.open(io.BytesIO(encode(paint("a kite", 0, 300, 200), format))) as read:
            assert (read.format, read.size, Image.MIME[name]) == (name, (300, 200), FORMATS[format])

    @pytest.mark.parametrize("format", FORMATS)
    def test_the_same_picture_gives_the_same_bytes(self, format):
        picture = paint("a kite", 0, 300, 200)
        assert encode(picture, format) == encode(picture.copy(), format)

    def test_other_formats_are_refused(self):
        with pytest.raises(Unpaintable, match="gif"):
            encode(RED, "gif")
