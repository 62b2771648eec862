import pytest

from generations.sandbox.scenes import SCENES
from generations.sandbox.subject import lead_of, read
from tests.sandbox.looking import SUBJECTS


@pytest.mark.parametrize(("scene", "prompt"), SUBJECTS.items())
def test_a_prompt_is_painted_as_what_it_names(scene, prompt):
    assert read(prompt, 0).scene == scene


@pytest.mark.parametrize(
    ("prompt", "scene"),
    [
        ("山上的雪", "mountains"),
        ("一只猫", "window"),
        ("锦鲤", "pond"),
        ("夜晚的城市", "harbour"),
        ("沙漠", "desert"),
        ("红色的风筝", "hills"),
    ],
)
def test_chinese_is_understood_too(prompt, scene):
    assert read(prompt, 0).scene == scene


def test_a_word_counts_only_as_a_whole():
    assert "cat" in read("two cats", 0).props
    assert "cat" not in read("a catalogue", 0).props


def test_what_is_named_first_wins():
    assert read("an arcade by the sea", 0).scene == "arcade"
    assert read("the sea behind an arcade", 0).scene == "coast"


def test_all_pictures_of_a_prompt_share_the_scene_but_not_the_palette():
    subjects = [read("something beautiful", index) for index in range(4)]
    assert len({subject.scene for subject in subjects}) == 1
    assert len({subject.palette.name for subject in subjects}) == 4


def test_a_mood_sets_the_palette():
    assert read("a city at night", 0).palette.name == "night"
    assert read("秋天的山", 0).palette.name == "autumn"


def test_a_colour_word_leads_the_palette():
    plain, green = read("a kite at night", 0).palette, read("a green kite at night", 0).palette
    assert (green.accents[0], green.accents[1:]) == (lead_of("green"), plain.accents[1:])


def test_unnamed_things_are_spread_over_all_scenes():
    assert len({read(f"thing number {n}", 0).scene for n in range(200)}) == len(SCENES)


def test_plurals_are_understood():
    assert read("poppies", 0).props == read("poppy", 0).props == {"flower"}
