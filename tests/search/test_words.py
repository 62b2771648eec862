import pytest

from generations.search.words import LONGEST, MOST_ASKED, MOST_TYPED, Phrase, asked, split


def test_latin_words_are_kept_whole_and_small():
    assert split("A red Kite, 4K!") == ["a", "red", "kite", "4k"]


def test_chinese_is_kept_two_by_two_and_by_its_last_character():
    assert split("红色风筝") == ["红色", "色风", "风筝", "筝"]


def test_both_may_stand_side_by_side():
    assert split("4K水墨 poster") == ["4k", "水墨", "墨", "poster"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("ＣＡＦÉ", "cafe"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁsh", "fish"), ("İstanbul", "istanbul")]
)
def test_writings_of_the_same_word_are_one(typed, kept):
    assert split(typed) == [kept]


def test_marks_of_other_scripts_stay():
    assert split("が") != split("か")


def test_a_latin_word_is_asked_for_by_its_beginning():
    assert asked("Kit") == [Phrase(("kit",), begins=True)]


def test_chinese_characters_are_asked_for_in_a_row():
    assert asked("红色风") == [Phrase(("红色", "色风"))]


def test_one_character_is_the_beginning_of_a_pair():
    assert asked("水") == [Phrase(("水",), begins=True)]


@pytest.mark.parametrize("typed", ["", "%", "_", "\\", "'", '"', "* ^ - ( )", "…"])
def test_signs_are_no_words(typed):
    assert asked(typed) == []


def test_a_question_has_an_end():
    assert len(asked("a " * MOST_TYPED)) == MOST_ASKED
    assert asked("x" * 10_000) == [Phrase(("x" * LONGEST,))]
