"""Rows of the catalogue of bad input that belong to `check`, each with its sentence. The others are the doors'."""

import math

import pytest

from generations.catalogue.check import check, read_size
from generations.catalogue.request import Logo
from generations.catalogue.sizes import Size
from tests.catalogue.requests import asked, engine, photos

FIVE, FOUR_FIVE, FOUR, THREE, EDIT = (
    "gateway/seedream-5.0",
    "gateway/seedream-4.5",
    "gateway/seedream-4.0",
    "gateway/seedream-3.0-t2i",
    "gateway/seededit-3.0-i2i",
)
LITE, LAB, ANY, WORDS = "apimart/seedream-5.0-lite", "tensorslab/seedream-4.5", "anyfast/seedream-5.0", "anyfast/seedream-5.0-t2i"
RATIOS = "1:1, 4:3, 3:4, 16:9, 9:16, 3:2, 2:3, 21:9"
DESCRIBE = "Please describe the image."
COUNT = "Number of images must be 1 to 15."
SEED = "Seed must be a whole number from -1 to 2147483647."
GUIDANCE = "Guidance must be between 1 and 10."

ROWS = [
    # 1, 2
    (FIVE, {"prompt": ""}, DESCRIBE),
    (FIVE, {"prompt": " \n\t\r "}, DESCRIBE),
    (FIVE, {"prompt": "\u200b\u3000\u00a0\ufeff\u2060"}, DESCRIBE),
    (FIVE, {"prompt": "\u3164\u2800"}, DESCRIBE),
    (FIVE, {"prompt": None}, DESCRIBE),
    # 3
    (FIVE, {"prompt": "字" * 10_001}, "Prompt has 10 001 characters; the limit for Seedream 5.0 is 10 000."),
    # 4, 5
    (FIVE, {"prompt": "a\0kite"}, "The prompt contains a character that cannot be stored (NUL)."),
    (FIVE, {"prompt": "a \ud83e kite"}, "The request was not valid UTF-8 text."),
    # 13
    (FIVE, {"size": Size(1024, 1024)}, "Seedream 5.0 needs at least 3 686 400 pixels; 1024x1024 has 1 048 576."),
    (LAB, {"size": Size(1500, 1500)}, "Seedream 4.5 needs at least 3 686 400 pixels; 1500x1500 has 2 250 000."),
    (FIVE, {"size": Size(4096, 4096)}, "Seedream 5.0 makes at most 10 404 496 pixels; 4096x4096 has 16 777 216."),
    (FOUR, {"size": Size(4736, 3552)}, "Seedream 4.0 makes at most 16 777 216 pixels; 4736x3552 has 16 822 272."),
    (ANY, {"size": Size(1024, 1024)}, "Seedream 5.0 image-to-image does not make 1024x1024; pick ratio and resolution."),
    (LITE, {"size": Size(2560, 1440)}, "Seedream 5.0 Lite does not make 2560x1440; pick ratio and resolution."),
    (EDIT, {"size": Size(1024, 1024)}, "SeedEdit 3.0 takes the size from the reference."),
    (THREE, {"size": Size(2500, 1000)}, "Each side must have 512 to 2048 pixels; 2500x1000 does not."),
    # 14, for what is no size at all
    (FIVE, {"size": Size(0, 0)}, "Size must look like 2048x2048."),
    (FIVE, {"size": Size(-1, -1)}, "Size must look like 2048x2048."),
    (FIVE, {"size": Size(10**9, 1)}, "Size must look like 2048x2048."),
    (FIVE, {"size": "2048x2048"}, "Size must look like 2048x2048."),
    # 15
    (FIVE, {"size": Size(9000, 500)}, "Width to height must be from 1:16 to 16:1; 9000x500 is not."),
    (FOUR, {"size": Size(500, 9000)}, "Width to height must be from 1:16 to 16:1; 500x9000 is not."),
    (THREE, {"size": Size(2048, 500)}, "Width to height must be from 1:4 to 4:1; 2048x500 is not."),
    (LITE, {"ratio": "9:21"}, f"Seedream 5.0 Lite offers these ratios: {RATIOS}, auto."),
    (ANY, {"ratio": "auto"}, f"Seedream 5.0 image-to-image offers these ratios: {RATIOS}."),
    (EDIT, {"ratio": "16:9"}, "SeedEdit 3.0 offers these ratios: auto."),
    # 16
    (LITE, {"tier": "1K"}, "Seedream 5.0 Lite offers 2K, 3K, 4K."),
    (FOUR_FIVE, {"tier": "3K"}, "Seedream 4.5 offers 2K, 4K."),
    (FIVE, {"tier": "4K"}, "Seedream 5.0 offers 2K, 3K."),
    (FOUR, {"tier": ""}, "Seedream 4.0 offers 1K, 2K, 4K."),
    # 17
    (FIVE, {"size": Size(2048, 2048), "ratio": "1:1"}, "Choose ratio+resolution or exact pixels, not both."),
    (FIVE, {"size": Size(2048, 2048), "tier": "2K"}, "Choose ratio+resolution or exact pixels, not both."),
    # 18
    *((FIVE, {"images": count}, COUNT) for count in (0, -1, 16, 1.5, 2.0, "1abc", "", 10**30, True, None, math.nan)),
    (THREE, {"images": 2}, "Seedream 3.0 makes one image at a time."),
    # 19
    (FIVE, {"references": photos(12), "images": 5}, "References (12) plus images (5) may not exceed 15."),
    (LITE, {"references": photos(14), "images": 2}, "References (14) plus images (2) may not exceed 15."),
    # 20
    (FIVE, {"references": photos(15)}, "Seedream 5.0 takes at most 14 references; you have 15."),
    (EDIT, {"references": photos(2)}, "SeedEdit 3.0 takes one reference; you have 2."),
    (THREE, {"references": photos(1)}, "Seedream 3.0 takes no references."),
    (WORDS, {"references": photos(1)}, "Seedream 5.0 text-to-image takes no references."),
    # 21
    *((THREE, {"seed": seed}, SEED) for seed in (-2, 2_147_483_648, "x", 1.5, True, 10**30)),
    (ANY, {"seed": -2}, SEED),
    # 22
    *((EDIT, {"guidance": value}, GUIDANCE) for value in (0, 11, math.nan, math.inf, -math.inf, "1,5", True, 10**400)),
    # 23
    (ANY, {"references": ()}, "This model edits an image; add one reference."),
    (EDIT, {"references": ()}, "This model edits an image; add one reference."),
    # 24
    (LITE, {"ratio": "auto"}, "Seedream 5.0 Lite takes the ratio from a reference; add one or pick a ratio."),
    # 32
    (ANY, {"logo": Logo(opacity=2)}, "Opacity of the logo must be between 0 and 1."),
    (ANY, {"logo": Logo(opacity=math.nan)}, "Opacity of the logo must be between 0 and 1."),
    (ANY, {"logo": Logo(position=99)}, "Position of the logo must be 0 to 9."),
    (ANY, {"logo": Logo(position=10)}, "Position of the logo must be 0 to 9."),
    (ANY, {"logo": Logo(language=10)}, "Language of the logo must be 0 to 9."),
    (ANY, {"logo": Logo(position=True)}, "Position of the logo must be 0 to 9."),
    (ANY, {"logo": Logo(language=-1)}, "Language of the logo must be 0 to 9."),
    # 46 and its like, when a picture is used that was uploaded for another engine
    (LITE, {"references": photos(1, format="webp")}, "Reference 1: Seedream 5.0 Lite takes JPEG, PNG."),
    (LITE, {"references": photos(1, size=Size(14, 14))}, "Reference 1 is 14x14; each side needs at least 15 pixels."),
    (
        LITE,
        {"references": (*photos(1), *photos(1, size=Size(1000, 100)))},
        "Reference 2 is 1000x100; Seedream 5.0 Lite takes width to height from 1:3 to 3:1. Crop or pad it.",
    ),
    (LITE, {"references": photos(1, size=Size(8000, 5000))}, "Reference 1 has 40 000 000 pixels; the limit is 36 000 000."),
    (LITE, {"references": photos(1, bytes=10 * 1024**2 + 1)}, "Reference 1 has 10.1 MB; the limit is 10 MB."),
    (LITE, {"references": (None,)}, "Reference 1 cannot be read; add it again."),
    (LITE, {"references": "kite.png"}, "Reference 1 cannot be read; add it again."),
    (LITE, {"references": photos(1, size=Size(0, 5))}, "Reference 1 cannot be read; add it again."),
    # what the engine does not deliver is no small matter
    (FOUR, {"format": "png"}, "Seedream 4.0 delivers JPEG."),
    (FIVE, {"format": "webp"}, "Seedream 5.0 delivers JPEG, PNG."),
    (FIVE, {"watermark": "no"}, "This can only be on or off."),
]


def test_one_thing_that_is_wrong_is_said_in_one_sentence():
    for id, fields, sentence in ROWS:
        assert [str(problem) for problem in check(asked(id, **fields), engine(id))] == [sentence], fields


def test_a_problem_names_the_field_where_it_can_be_mended():
    request = asked(LITE, prompt="", ratio="5:4", tier="1K", images=0, format="gif", references=photos(15))
    fields = [problem.field for problem in check(request, engine(LITE))]
    assert fields == ["prompt", "tier", "ratio", "images", "references", "format"]


def test_all_problems_of_one_size_are_said_at_once():
    problems = check(asked(FIVE, size=Size(20_000, 1000), tier="2K"), engine(FIVE))
    assert [str(problem)[:20] for problem in problems] == ["Choose ratio+resolut", "Seedream 5.0 makes a", "Width to height must"]


NO_SIZES = ["ABCxDEF", "-1x-1", "0x0", "1e9x1", "2048X2048", "２０４８x２０４８", "", "2048", "2048x", " 2048x2048", "2K"]
ODD_PROMPTS = ["👩‍👩‍👧‍👦", "𠮷野家", "e\u0301", "\u202eevil", "<script>{{7*7}}</script>", "\x1b[31mred", "字" * 10_000]


@pytest.mark.parametrize("text", [*NO_SIZES, "100000x1", "1x100000"])
def test_a_size_must_look_like_one(text):
    assert str(read_size(text)) == "Size must look like 2048x2048."


@pytest.mark.parametrize("text", ["2048x1024", "2048×1024"])
def test_a_size_may_be_written_with_either_cross(text):
    assert read_size(text) == Size(2048, 1024)


@pytest.mark.parametrize("prompt", ODD_PROMPTS)
def test_any_other_text_is_a_prompt(prompt):
    assert check(asked(FIVE, prompt=prompt), engine(FIVE)) == []


def test_characters_are_counted_as_code_points():
    assert check(asked(FIVE, prompt="𠮷" * 10_000), engine(FIVE)) == []
    assert len(check(asked(FIVE, prompt="𠮷" * 10_001), engine(FIVE))) == 1


@pytest.mark.parametrize("fields", [{"seed": -5}, {"guidance": 99}, {"logo": Logo(position=99)}, {"web_search": True}, {"watermark": True}])
def test_what_the_engine_does_not_take_is_no_problem(fields):
    assert check(asked("tensorslab/seedream-4.5", **fields), engine("tensorslab/seedream-4.5")) == []


@pytest.mark.parametrize(
    ("id", "size"),
    [(LAB, Size(3750, 1250)), (FIVE, Size(2560, 1440)), (FOUR, Size(1280, 720)), (FIVE, Size(7680, 480)), (THREE, Size(512, 2048))],
)
def test_exact_pixels_up_to_the_very_limits_are_taken(id, size):
    assert check(asked(id, size=size), engine(id)) == []


@pytest.mark.parametrize("fields", [{"guidance": 1, "seed": -1}, {"guidance": 10.0, "seed": 2_147_483_647}, {"guidance": 5.5}])
def test_seed_and_guidance_up_to_the_very_limits_are_taken(fields):
    assert check(asked(EDIT, **fields), engine(EDIT)) == []


@pytest.mark.parametrize("logo", [Logo(0, 0, 0), Logo(9, 9, 1)])
def test_a_logo_up_to_the_very_limits_is_taken(logo):
    assert check(asked(ANY, logo=logo), engine(ANY)) == []


@pytest.mark.parametrize("size", [Size(300, 100), Size(100, 300), Size(15, 15), Size(6000, 6000)])
def test_references_up_to_the_very_limits_are_taken(size):
    assert check(asked(LITE, references=photos(14, size=size, bytes=10 * 1024**2)), engine(LITE)) == []


@pytest.mark.parametrize("size", [Size(1600, 100), Size(100, 1600)])
def test_ark_and_who_adds_no_limit_to_it_take_longer_references(size):
    assert check(asked(FIVE, references=photos(1, size=size)), engine(FIVE)) == []
    assert check(asked("ark/seedream-5.5", references=photos(1, size=size, bytes=20 * 1024**2)), engine("ark/seedream-5.5")) == []


def test_auto_is_taken_with_a_reference_or_where_the_prompt_decides():
    assert check(asked(LITE, ratio="auto", references=photos(1)), engine(LITE)) == []
    assert check(asked(FIVE, ratio="auto"), engine(FIVE)) == []


def test_too_many_references_are_said_once_unless_there_are_too_many_images_as_well():
    assert [problem.field for problem in check(asked(FIVE, references=photos(15)), engine(FIVE))] == ["references"]
    assert [problem.field for problem in check(asked(FIVE, references=photos(15), images=2), engine(FIVE))] == ["images", "references"]
