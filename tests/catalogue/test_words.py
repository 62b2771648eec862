"""Sentences are marked where they are written, and shown in the reader's language later."""

import ast
import string
from pathlib import Path

import pytest

from generations import catalogue
from generations.catalogue.check import check, read_size
from generations.catalogue.problem import megabytes, number, ratio
from tests.catalogue.requests import asked, engine
from tests.catalogue.test_check import ROWS

SOURCES = sorted(Path(catalogue.__file__).parent.glob("*.py"))


def marked() -> set[str]:
    calls = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return {call.args[0].value for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"}


def raised() -> list:
    return [problem for id, fields, _ in ROWS for problem in check(asked(id, **fields), engine(id))] + [read_size("?")]


def test_every_marked_sentence_is_tried_by_some_row():
    notes = {engine("anyfast/seedream-5.0").seed_note}
    assert {problem.message for problem in raised()} | notes == marked()


@pytest.mark.parametrize("problem", {problem.message: problem for problem in raised()}.values(), ids=str)
def test_a_sentence_finds_all_its_values(problem):
    names = {name for _, name, _, _ in string.Formatter().parse(problem.message) if name}
    assert names <= set(problem.values)
    assert "{" not in str(problem)


def test_a_translation_takes_the_same_values():
    problem = check(asked("gateway/seedream-5.0", tier="4K"), engine("gateway/seedream-5.0"))[0]
    assert "{engine} 提供 {tiers}。".format(**problem.values) == "Seedream 5.0 提供 2K, 3K。"


def test_figures_read_as_people_write_them():
    assert number(3_686_400) == "3 686 400"
    assert (megabytes(10 * 1024**2), megabytes(10 * 1024**2 + 1), megabytes(5_000_000)) == ("10 MB", "10.1 MB", "4.8 MB")
    assert (ratio(16.0), ratio(1 / 16), ratio(1 / 3), ratio(1.0)) == ("16:1", "1:16", "1:3", "1:1")
