import shutil
from pathlib import Path

import pytest

from scripts import words

HEADER = 'msgid ""\nmsgstr "Language: zh_Hans\\n"\n\n'
KITE = 'msgid "a kite"\nmsgstr "风筝"\n'
PLURAL = 'msgid "%(count)s kite"\nmsgid_plural "%(count)s kites"\nmsgstr[0] "{}"\n'

needs_gettext = pytest.mark.skipif(not all(map(shutil.which, words.TOOLS)), reason="gettext is missing")


def entries(tmp_path: Path, text: str) -> list[words.Entry]:
    path = tmp_path / "django.po"
    path.write_text(HEADER + text, encoding="utf-8")
    return words.read(path)


def said(tmp_path: Path, written: str, fresh: str) -> list[str]:
    """The problems without the path in front and the messages below."""
    found = words.problems(entries(tmp_path, written), entries(tmp_path, fresh))
    return [problem.splitlines()[0].partition(": ")[2] for problem in found]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "1 not collected yet, run `make messages`:"),
        (f'{KITE}\nmsgid "a boat"\nmsgstr "船"\n', "1 no longer used, run `make messages`:"),
        (f'{KITE}\n#~ msgid "a boat"\n#~ msgstr "船"\n', "1 no longer used, run `make messages`:"),
        (f"#, fuzzy\n{KITE}", "1 marked fuzzy:"),
        ('msgid "a kite"\nmsgstr ""\n', "1 not translated:"),
    ],
)
def test_what_is_wrong_with_a_catalogue_is_said(tmp_path: Path, written: str, problem: str):
    assert said(tmp_path, written, KITE) == [problem]


def test_a_plural_without_its_form_is_not_translated(tmp_path: Path):
    assert said(tmp_path, PLURAL.format(""), PLURAL.format("")) == ["1 not translated:"]
    assert said(tmp_path, PLURAL.format("%(count)s 只风筝"), PLURAL.format("")) == []


def test_where_lines_break_does_not_matter(tmp_path: Path):
    assert said(tmp_path, 'msgid ""\n"a "\n"kite"\nmsgstr "风筝"\n', KITE) == []


def test_the_same_words_in_another_sense_are_another_message(tmp_path: Path):
    assert said(tmp_path, KITE, f'msgctxt "bird"\n{KITE}') == [
        "1 not collected yet, run `make messages`:",
        "1 no longer used, run `make messages`:",
    ]


@needs_gettext
def test_a_compiled_catalogue_must_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(words, "ROOT", tmp_path)
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEADER + KITE, encoding="utf-8")
    assert words.compiled(catalogue) == ["django.mo: not what django.po says, run `make messages`"]
    words.compile_to(tmp_path / "django.mo", catalogue)
    assert words.compiled(catalogue) == []


@needs_gettext
def test_a_translation_that_loses_a_placeholder_is_refused(tmp_path: Path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEADER + '#, python-format\nmsgid "%(count)s left"\nmsgstr "剩余"\n', encoding="utf-8")
    assert "'count'" in words.compile_to(tmp_path / "django.mo", catalogue)
