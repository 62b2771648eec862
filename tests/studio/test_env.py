import os
from pathlib import Path

import pytest

from studio.env import PUBLIC, Environment


def given(**variables: str) -> Environment:
    return Environment(variables)


def test_what_is_not_set_is_the_default():
    env = given()
    assert env.text("NAME", "usual") == "usual"
    assert env.readings["NAME"].source == "default"


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_variable_counts_as_not_set(blank):
    assert given(NAME=blank).text("NAME", "usual") == "usual"


def test_space_around_a_value_is_taken_off():
    assert given(NAME=" mine \n").text("NAME") == "mine"


def test_a_value_may_stand_in_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text("from-the-file\n")
    env = given(NAME_FILE=str(file))
    assert env.text("NAME") == "from-the-file"
    assert env.readings["NAME"].source == f"file {file}"


def test_a_file_from_windows_has_its_byte_order_mark_taken_off(tmp_path):
    (tmp_path / "key").write_bytes(b"\xef\xbb\xbfvalue\r\n")
    assert given(NAME_FILE=str(tmp_path / "key")).text("NAME") == "value"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"", b"  \n", b"two\nlines", b"nul\x00byte"])
def test_a_file_that_is_missing_empty_or_no_line_of_text_is_a_problem(tmp_path, content):
    if content is not None:
        (tmp_path / "key").write_bytes(content)
    env = given(NAME_FILE=str(tmp_path / "key"))
    assert env.text("NAME", "usual") == "usual"
    assert [problem.split()[0] for problem in env.problems] == ["NAME_FILE"]


def test_a_folder_is_not_a_file_to_read(tmp_path):
    env = given(NAME_FILE=str(tmp_path))
    env.text("NAME")
    assert env.problems == [f"NAME_FILE names {tmp_path}, which cannot be read."]


def test_the_same_value_given_twice_is_a_problem(tmp_path):
    (tmp_path / "key").write_text("one")
    env = given(NAME="two", NAME_FILE=str(tmp_path / "key"))
    env.text("NAME")
    assert env.problems == ["NAME is given twice: as NAME and as NAME_FILE. Keep one."]


@pytest.mark.parametrize("value", ["a\nb", "a\x1bb", b"caf\xe9".decode("utf-8", "surrogateescape")])
def test_control_characters_and_broken_bytes_are_a_problem(value):
    env = given(NAME=value)
    assert env.text("NAME", "usual") == "usual"
    assert env.problems == ["NAME must be one line of UTF-8 text without control characters."]


@pytest.mark.parametrize(("word", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False), ("no", False)])
def test_a_flag_takes_the_usual_words(word, meant):
    assert given(NAME=word).flag("NAME", not meant) is meant


def test_a_flag_refuses_other_words():
    env = given(NAME="maybe")
    assert env.flag("NAME", True) is True
    assert env.problems == ["NAME must be yes or no, not “maybe”."]


@pytest.mark.parametrize("text", ["0", "65536", "1e5", "１２", "1_000", "+5", "-1", "8000.0", "0x10", "eight", "9" * 5000, "²"])
def test_a_number_is_plain_digits_within_its_range(text):
    env = given(NAME=text)
    assert env.number("NAME", 8000, 1, 65535) == 8000
    assert env.problems[0].startswith("NAME must be a whole number from 1 to 65535, not “")
    assert len(env.problems[0]) < 150


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("65535", 65535), ("0080", 80)])
def test_a_number_may_be_at_either_end_of_its_range(text, value):
    assert given(NAME=text).number("NAME", 8000, 1, 65535) == value


@pytest.mark.parametrize("text", ["fast", "0", "0.0", "-1", "1e3", "inf", "nan", ".5", "１"])
def test_a_decimal_is_above_nothing(text):
    env = given(NAME=text)
    assert env.decimal("NAME", 1) == 1
    assert env.problems == [f"NAME must be a number above 0 such as 0.5 or 3, not “{text}”."]


@pytest.mark.parametrize(("text", "value"), [("3", 3), ("0.25", 0.25), ("", 1)])
def test_a_decimal_may_have_a_point(text, value):
    assert given(NAME=text).decimal("NAME", 1) == value


@pytest.mark.parametrize("text", ["not an address", "@example.com", "a@b@c", "<a@b>", "Name a@b", "Name <a@b", "Name <a b@c>"])
def test_letters_come_from_an_address(text):
    env = given(NAME=text)
    assert env.mailbox("NAME", "me@here") == "me@here"
    assert len(env.problems) == 1


@pytest.mark.parametrize("text", ["studio@example.com", "Studio @ North <studio@example.com>", "工作室 <studio@localhost>"])
def test_a_name_may_stand_before_the_address(text):
    env = given(NAME=text)
    assert (env.mailbox("NAME", ""), env.problems) == (text, [])


def test_a_choice_forgives_capitals_and_nothing_else():
    assert given(NAME="debug").choice("NAME", "INFO", ["DEBUG", "INFO"]) == "DEBUG"
    env = given(NAME="loud")
    assert env.choice("NAME", "INFO", ["DEBUG", "INFO"]) == "INFO"
    assert env.problems == ["NAME must be one of DEBUG, INFO, not “loud”."]


@pytest.mark.parametrize("text", ["Mars/Base", "Europe", "../etc/passwd", "/etc/localtime", "UTC+2"])
def test_a_time_zone_must_exist(text):
    env = given(NAME=text)
    assert env.zone("NAME", "UTC") == "UTC"
    assert len(env.problems) == 1


def test_a_time_zone_is_taken():
    assert given(NAME="Asia/Shanghai").zone("NAME", "UTC") == "Asia/Shanghai"


def test_a_folder_is_made_and_is_not_for_everybody(tmp_path):
    folder = given(NAME=str(tmp_path / "a" / "b c")).folder("NAME", Path("/unused"))
    assert folder == tmp_path / "a" / "b c"
    assert folder.stat().st_mode & 0o007 == 0


def test_a_folder_that_cannot_be_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("")
    env = given(NAME=str(tmp_path / "file" / "folder"))
    env.folder("NAME", tmp_path)
    assert env.problems == [f"NAME names {tmp_path}/file/folder, a folder that cannot be written. Choose another or change its owner."]


def test_a_folder_that_is_filled_already_may_be_read_only(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.env.os.access", lambda *_how: False)
    (tmp_path / "list.json").write_text("{}")
    env = given()
    env.folder("NAME", tmp_path, sign="list.json")
    assert env.problems == []


def test_a_folder_for_everybody_can_be_read_by_them(tmp_path):
    umask = os.umask(0o022)
    try:
        assert given().folder("NAME", tmp_path / "static", PUBLIC).stat().st_mode & 0o005 == 0o005
    finally:
        os.umask(umask)


def test_a_bucket_is_not_a_folder(tmp_path):
    env = given(NAME="s3://bucket")
    assert env.folder("NAME", tmp_path) == tmp_path
    assert env.problems == ["NAME must be a folder, not “s3://bucket”."]


@pytest.mark.parametrize("place", ["s3://pictures", "s3://my.pictures-2/studio/north", "s3://pictures/"])
def test_pictures_may_lie_in_a_bucket(tmp_path, place):
    env = given(NAME=place)
    assert env.storage("NAME", tmp_path) == place.rstrip("/")
    assert (env.problems, env.readings["NAME"].shown) == ([], place)


@pytest.mark.parametrize(
    "place",
    ["s3://", "s3://Bad Name", "s3://b", "s3://pictures?region=x", "https://s3.example/pictures", "s3://me@pictures", "s3://pictures//a"],
)
def test_a_bucket_has_a_name_and_perhaps_a_prefix(tmp_path, place):
    env = given(NAME=place)
    env.storage("NAME", tmp_path)
    assert [problem.split(", not")[0] for problem in env.problems] == ["NAME must be a folder, s3://bucket or s3://bucket/prefix"]


def test_a_bucket_needs_its_driver(tmp_path, monkeypatch):
    monkeypatch.setattr("studio.env.find_spec", lambda name: None)
    env = given(NAME="s3://pictures")
    env.storage("NAME", tmp_path)
    assert env.problems == ["NAME names a bucket, whose driver is missing. Install it: EXTRAS=s3 make run."]


def test_pictures_may_lie_in_a_folder(tmp_path):
    assert given(NAME=str(tmp_path / "media")).storage("NAME", tmp_path) == tmp_path / "media"
    assert given().storage("NAME", tmp_path / "own") == tmp_path / "own"


def test_one_lost_folder_is_one_problem(tmp_path):
    (tmp_path / "file").write_text("")
    env = given(OUTER=str(tmp_path / "file" / "data"))
    outer = env.folder("OUTER", tmp_path)
    env.folder("INNER", outer / "media")
    env.secret("SECRET", outer / "secrets" / "key", lambda: "made", lambda text: "")
    assert len(env.problems) == 1


def test_host_names_come_separated_by_commas():
    assert given(NAME="A.example, .b.example,,[::1],*").hosts("NAME") == ["a.example", ".b.example", "[::1]", "*"]


@pytest.mark.parametrize("host", ["https://a.example", "a.example:8000", "a b", "a..b", "*.example"])
def test_a_host_name_has_no_scheme_no_port_and_no_star(host):
    env = given(NAME=host)
    env.hosts("NAME")
    assert len(env.problems) == 1


def test_a_hidden_value_is_never_shown():
    env = given(NAME="redis://:s3cret@cache:99999", OTHER="s3cret")
    env.address("NAME", ("redis",), hidden=True)
    env.text("OTHER", hidden=True)
    assert "s3cret" not in f"{env.readings} {env.problems}"
    assert "%40" in env.problems[0]


def test_every_problem_is_told_once_and_in_one_message():
    env = given(A="x", B="y")
    for name in "ABA":
        env.number(name, 1, 1, 9)
    with pytest.raises(SystemExit) as refused:
        env.finish()
    assert str(refused.value).splitlines() == [
        "The studio cannot start with these settings:",
        "  - A must be a whole number from 1 to 9, not “x”.",
        "  - B must be a whole number from 1 to 9, not “y”.",
    ]


def test_good_settings_finish_quietly():
    env = given(A="1")
    env.number("A", 1, 1, 9)
    assert env.finish() is None


def test_a_variable_nobody_reads_is_noticed():
    env = given(STUDIO_WORKRES="2", STUDIO_KEY_FILE="/x", STUDIO_WORKERS="2", HOME="/root")
    env.text("STUDIO_WORKERS")
    assert env.unknown("STUDIO_") == ["STUDIO_KEY", "STUDIO_WORKRES"]
