"""The same questions to either database have the same answers."""

import time

import pytest
from django.core.management import call_command

from generations import search
from generations.models import Image, ImageStatus, Team, User
from generations.search import facets
from generations.search.find import word
from generations.search.words import Phrase, asked
from tests.gallery.stock import hung

pytestmark = pytest.mark.django_db

PROMPTS = ["A red kite above tea fields", "水墨山水，远山薄雾", "红色风筝在梯田上空", "Kitchen still life, café light", "产品主图，水滴"]


@pytest.fixture
def prompts(designer: User, team: Team) -> dict[int, str]:
    return {hung(designer, team, prompt=prompt)[0].pk: prompt for prompt in PROMPTS}


def found(text: str, prompts: dict[int, str]) -> list[str]:
    return [prompts[pk] for pk in search.find([[phrase] for phrase in asked(text)], 50)]


def test_it_finds(prompts: dict[int, str]):
    for typed, places in [
        ("kite", [0]),
        ("kit", [3, 0]),
        ("RED Kite", [0]),
        ("cafe", [3]),
        ("水墨", [1]),
        ("风筝", [2]),
        ("色风筝", [2]),
        ("水", [4, 1]),
        ("雾", [1]),
        ("主图", [4]),
        ("kite 水墨", []),
        ("墨色", []),
        ("ite", []),
        ("tea red", [0]),
    ]:
        assert found(typed, prompts) == [PROMPTS[place] for place in places], typed


@pytest.mark.parametrize("word", ['a" OR "kite', "a' | 'kite", "a')) | (('kite", '"', "'", "\\"])
def test_what_stands_in_a_word_is_never_part_of_the_question(word: str, prompts: dict[int, str]):
    assert search.find([[Phrase((word,))]], 50) == []


def test_any_two_characters_of_a_prompt_find_it(prompts: dict[int, str]):
    for text in (prompt for prompt in PROMPTS if prompt[0] > "z"):
        run = text.partition("，")[0]
        assert all(text in found(run[at : at + 2], prompts) for at in range(len(run) - 1))


def test_the_newest_come_first_and_a_page_goes_on_below_them(prompts: dict[int, str]):
    numbers = sorted(prompts, reverse=True)
    assert search.find([[word(facets.KEPT)]], 2) == numbers[:2]
    assert search.find([[word(facets.KEPT)]], 2, before=numbers[1]) == numbers[2:4]
    assert search.find([[word(facets.KEPT)]], 1, after=numbers[3], oldest_first=True) == [numbers[2]]


def test_one_of_several_is_enough(prompts: dict[int, str]):
    assert len(search.find([[*asked("kite"), *asked("水墨")]], 9)) == 2


def test_a_facet_is_never_found_by_typing(prompts: dict[int, str]):
    assert found("kept", prompts) == found("alive", prompts) == []


def test_what_is_not_stored_is_not_found(designer: User, team: Team):
    images = hung(designer, team, prompt="obsidian", status=ImageStatus.MISSING)
    assert search.find([asked("obsidian")], 9) == []
    Image.objects.filter(pk=images[0].pk).update(status=ImageStatus.STORED)
    search.index(images[0].generation)
    assert search.find([asked("obsidian")], 9) == [images[0].pk]


def test_an_image_is_found_as_it_is_now(designer: User, team: Team):
    image = hung(designer, team)[0]
    image.broken = [{"name": "size", "promised": "1x1", "delivered": "2x2"}]
    image.save()
    search.renew([image.pk])
    assert search.find([[word(facets.BROKEN)]], 9) == [image.pk]
    assert search.find([[word(facets.KEPT)]], 9) == []


def test_the_whole_index_can_be_built_anew(designer: User, team: Team):
    here, gone = (hung(designer, team, prompt=f"obsidian {n}")[0] for n in range(2))
    search.renew([here.pk])
    gone.delete()
    assert search.rebuild() == 1
    assert search.find([asked("obsidian")], 9) == [here.pk]


def test_a_command_builds_it(designer: User, team: Team, capsys: pytest.CaptureFixture[str]):
    hung(designer, team, count=2)
    call_command("reindex")
    assert capsys.readouterr().out == "2 images can be found.\n"


NASTY = [
    "a" * 10_000,
    "水" * 10_000,
    "%",
    "_",
    "\\",
    "'; DROP TABLE x; --",
    '" OR 1=1',
    "(" * 500,
    "a*" * 400,
    "NEAR(a b)",
    "a AND NOT",
    "^(a+)+$",
    "' <-> '",
]


def test_nothing_typed_breaks_it_or_keeps_it_busy(prompts: dict[int, str]):
    for typed in NASTY:
        began = time.perf_counter()
        found(typed, prompts)
        assert time.perf_counter() - began < 0.3, typed[:20]
