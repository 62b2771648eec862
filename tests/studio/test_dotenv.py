import pytest

from studio.env import Environment


@pytest.fixture
def written(tmp_path):
    def write(text: str | bytes, **variables: str) -> Environment:
        (tmp_path / ".env").write_bytes(text if isinstance(text, bytes) else text.encode())
        return Environment(variables, tmp_path / ".env")

    return write


def test_a_value_may_stand_in_the_file(written):
    env = written("NAME=mine\n")
    assert env.text("NAME") == "mine"
    assert env.readings["NAME"].source == ".env"


def test_the_environment_comes_first(written):
    assert written("NAME=file", NAME="environment").text("NAME") == "environment"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('NAME="in quotes"', "in quotes"),
        ("NAME='a\"b'", 'a"b'),
        ("NAME=it's", "it's"),
        ('NAME="half', '"half'),
        ("export NAME = spaced ", "spaced"),
        ("NAME=a=b#c", "a=b#c"),
        ("\ufeffNAME=marked", "marked"),
        ("NAME=old\r\nNAME=new\r\n", "new"),
    ],
)
def test_lines_are_read_as_people_write_them(written, line, value):
    assert written(line).text("NAME") == value


def test_comments_and_blank_lines_say_nothing(written):
    env = written("# NAME=no\n\n   # other\n")
    assert (env.written, env.problems) == ({}, [])


def test_a_line_that_says_nothing_is_a_problem_with_its_number(written, tmp_path):
    env = written("\n# fine\nNAME mine\n")
    assert env.problems == [f"STUDIO_DOTENV names {tmp_path}/.env, where line 3 is not of the form NAME=value."]


def test_a_file_that_is_not_text_is_a_problem(written, tmp_path):
    assert written(b"NAME=\xff\xfe").problems == [f"STUDIO_DOTENV names {tmp_path}/.env, which cannot be read."]


def test_another_file_can_be_named(tmp_path):
    (tmp_path / "other").write_text("NAME=other")
    assert Environment({"STUDIO_DOTENV": str(tmp_path / "other")}, tmp_path / ".env").text("NAME") == "other"


def test_a_named_file_must_be_there_the_usual_one_need_not(tmp_path):
    assert Environment({}, tmp_path / ".env").problems == []
    assert len(Environment({"STUDIO_DOTENV": str(tmp_path / "gone")}).problems) == 1
