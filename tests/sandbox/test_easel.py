import pytest
from PIL import Image

from generations.sandbox.easel.borrow import borrowed, dominant
from generations.sandbox.easel.canvas import Canvas
from generations.sandbox.easel.chance import pick, shuffled, stream
from generations.sandbox.easel.colour import distance, lift, lightness, mix, rgb
from generations.sandbox.easel.curves import arc, box, disc, mirrored, ribbon, smooth
from generations.sandbox.easel.ink import RIGHT, Fade
from generations.sandbox.easel.palette import PALETTES

WHITE, BLACK, RED = (255, 255, 255), (0, 0, 0), (200, 30, 40)


def canvas(width=100, height=100):
    sheet = Canvas(width, height)
    sheet.flood(WHITE)
    return sheet


class TestCanvas:
    def test_one_unit_is_the_short_side(self):
        assert (Canvas(300, 100).wide, Canvas(300, 100).tall) == (3, 1)

    def test_a_shape_covers_its_area_and_no_more(self):
        sheet = canvas()
        sheet.fill(box(0.2, 0.2, 0.6, 0.6), RED)
        assert [sheet.image.getpixel(spot) for spot in ((40, 40), (70, 40), (10, 10))] == [RED, WHITE, WHITE]

    def test_edges_are_smooth(self):
        sheet = canvas()
        sheet.fill(disc(0.5, 0.5, 0.3), BLACK)
        assert len(sheet.image.getcolors()) > 5

    def test_a_shape_outside_the_sheet_is_no_trouble(self):
        sheet = canvas()
        for draw in (sheet.fill, lambda shape, ink: sheet.soft(shape, ink, 0.1), lambda shape, ink: sheet.veil(shape, ink, 0, 1)):
            draw(disc(5, 5, 0.3), RED)
        assert sheet.image.getcolors() == [(10_000, WHITE)]

    def test_inside_a_shape_nothing_leaks_out(self):
        sheet = canvas()
        with sheet.within(box(0.2, 0.2, 0.4, 0.4)):
            sheet.soft(box(0, 0, 1, 1), RED, 0.2)
            sheet.fill(box(0, 0, 1, 1), RED)
        assert [sheet.image.getpixel(spot) for spot in ((30, 30), (50, 30), (30, 10))] == [RED, WHITE, WHITE]

    def test_a_fade_goes_from_the_first_colour_to_the_last(self):
        sheet = canvas()
        sheet.fill(box(0, 0, 1, 1), Fade((WHITE, BLACK), RIGHT))
        assert sheet.image.getpixel((1, 50))[0] > 245
        assert sheet.image.getpixel((98, 50))[0] < 10

    def test_a_picture_fills_its_outline(self):
        sheet = canvas()
        sheet.picture(disc(0.5, 0.5, 0.3), Image.new("RGB", (10, 80), RED))
        assert (sheet.image.getpixel((50, 50)), sheet.image.getpixel((5, 5))) == (RED, WHITE)


class TestColour:
    @pytest.mark.parametrize("colour", [WHITE, BLACK, RED, rgb("2f7377")])
    def test_a_colour_survives_the_way_there_and_back(self, colour):
        assert max(abs(a - b) for a, b in zip(mix(colour, WHITE, 0), colour, strict=True)) <= 1

    def test_half_way_lies_half_way(self):
        grey = mix(WHITE, BLACK, 0.5)
        assert abs(lightness(grey) - 0.5) < 0.01

    def test_lifting_makes_it_lighter(self):
        assert lightness(lift(RED, 0.1)) > lightness(RED) > lightness(lift(RED, -0.1))


class TestPalette:
    @pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
    def test_what_must_stand_out_stands_out(self, palette):
        assert lightness(palette.paper) - lightness(palette.ink) > 0.6
        assert all(distance(accent, palette.paper) > 0.12 for accent in palette.accents)

    def test_borrowed_colours_come_from_the_picture(self):
        palette = borrowed([Image.new("RGB", (50, 50), RED)])
        assert distance(palette.accents[0], RED) < 0.15

    def test_the_commonest_colour_comes_first(self):
        picture = Image.new("RGB", (100, 100), RED)
        picture.paste(BLACK, (0, 0, 100, 20))
        assert distance(dominant(picture)[0], RED) < 0.02


class TestCurves:
    def test_a_smooth_curve_goes_through_its_points(self):
        points = [(0, 0), (1, 2), (3, 1)]
        assert all(point in smooth(points) for point in points)

    def test_a_ribbon_is_as_wide_as_asked(self):
        outline = ribbon([(0, 0), (1, 0)], 0.2)
        assert max(y for _, y in outline) - min(y for _, y in outline) == pytest.approx(0.2)

    def test_a_mirrored_half_is_symmetrical(self):
        whole = mirrored([(0, -1), (0.5, 0), (0, 1)])
        assert sorted(whole) == sorted((-x, y) for x, y in whole)

    def test_an_arc_runs_from_one_angle_to_the_other(self):
        assert arc(0, 0, 1, 0, 90)[0] == (1, 0)
        assert arc(0, 0, 1, 0, 90)[-1] == pytest.approx((0, 1))


class TestChance:
    def test_the_same_words_give_the_same_numbers(self):
        assert stream("a", 1).random() == stream("a", 1).random() != stream("a", 2).random()

    def test_nothing_is_lost_in_shuffling(self):
        assert sorted(shuffled(stream("x"), "abcdef")) == list("abcdef")

    def test_every_choice_can_be_picked(self):
        chance = stream("y")
        assert {pick(chance, "abc") for _ in range(100)} == set("abc")
