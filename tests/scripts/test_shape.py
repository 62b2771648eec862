from pathlib import Path

import pytest

from scripts import shape


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name in ("studio", "generations/migrations", "scripts", "templates/web", "static/vendor", "static/js"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "lines", "said"),
    [
        ("generations/long.py", 401, "generations/long.py: 401 lines, limit 400"),
        ("static/js/long.js", 401, "static/js/long.js: 401 lines, limit 400"),
        ("templates/web/page.html", 201, "templates/web/page.html: 201 lines, limit 200"),
    ],
)
def test_a_long_file_is_named(house: Path, name: str, lines: int, said: str):
    (house / name).write_text("\n" * lines)
    assert list(shape.offences(house)) == [said]


def test_a_long_function_is_named_with_its_line(house: Path):
    (house / "studio" / "verbose.py").write_text("x = 1\n\ndef tell():\n" + "    x = 2\n" * 50)
    assert list(shape.offences(house)) == ["studio/verbose.py:3: tell has 51 lines, limit 50"]


@pytest.mark.parametrize("name", ["generations/full.py", "generations/migrations/0001_initial.py", "static/vendor/htmx.js"])
def test_files_at_the_limit_and_files_nobody_wrote_pass(house: Path, name: str):
    (house / name).write_text("\n" * (400 if name.endswith("full.py") else 9000))
    assert list(shape.offences(house)) == []
