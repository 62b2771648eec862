import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scripts import plugin, postgres, scratch, suite
from scripts.suite import Tools

EVERYTHING = Tools("/usr/bin/chromium", "/usr/bin/redis-server", Path("/usr/lib/postgresql/15/bin"))
NOTHING = Tools(None, None, None)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs that would be made; each passes unless a test says otherwise."""
    runs: list[str] = []
    monkeypatch.setattr(suite.signal, "signal", lambda *args: None)
    monkeypatch.setattr(suite, "on_sqlite", lambda tools, arguments: runs.append("sqlite") or 0)
    monkeypatch.setattr(suite, "on_postgres", lambda tools, arguments: runs.append("postgres") or 0)
    monkeypatch.setattr(suite, "find_tools", lambda variables: EVERYTHING)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("STRICT", raising=False)
    return runs


def marked(tools: Tools, other: str = "postgres") -> str:
    options = suite.options(tools, other)
    return options[options.index("-m") + 1]


def test_with_everything_there_only_the_other_database_is_left_out():
    assert marked(EVERYTHING, other="sqlite") == "not sqlite"
    assert EVERYTHING.missing == []


def test_what_is_missing_is_left_out_and_said():
    assert marked(NOTHING) == "not browser and not redis and not postgres"
    assert [sentence.split()[0] for sentence in NOTHING.missing] == ["Chromium", "Redis", "PostgreSQL"]
    assert "apt install chromium" in NOTHING.missing[0]


def test_both_databases_get_the_whole_suite(ran: list[str]):
    assert suite.main([]) == 0
    assert ran == ["sqlite", "postgres"]


def test_after_a_failure_its_own_closing_line_stays_the_last(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(suite, "on_sqlite", lambda tools, arguments: 1)
    assert suite.main([]) == 1
    assert ran == []


def test_a_missing_tool_is_no_failure_at_home(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(suite, "find_tools", lambda variables: NOTHING)
    assert suite.main([]) == 0


@pytest.mark.parametrize("name", ["CI", "STRICT"])
def test_a_missing_tool_is_a_failure_where_nothing_may_be_left_out(ran: list[str], monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv(name, "true")
    monkeypatch.setattr(suite, "find_tools", lambda variables: NOTHING)
    assert suite.main([]) == 1
    assert ran == []


def test_a_named_browser_is_the_one_that_is_used(tmp_path: Path):
    own = tmp_path / "browser"
    own.touch(mode=0o755)
    assert suite.find_tools({"CHROMIUM": str(own)}).chromium == str(own)
    assert suite.find_tools({"CHROMIUM": str(tmp_path / "gone")}).chromium is None


@pytest.mark.parametrize(("strict", "code"), [("1", 1), ("0", 0)])
def test_a_skipped_test_fails_the_run_where_nothing_may_be_left_out(tmp_path: Path, strict: str, code: int):
    (tmp_path / "test_x.py").write_text("import pytest\ndef test_x(): pytest.skip()\ndef test_y(): pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "scripts.plugin", "-p", "no:cacheprovider", "-c", os.devnull]
    variables = {**os.environ, "STRICT": strict, "CI": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([*command, f"--rootdir={tmp_path}", str(tmp_path)], env=variables, capture_output=True, text=True)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1].startswith("1 passed, 1 skipped")


def test_settings_of_the_person_at_the_keyboard_decide_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STUDIO_PUBLIC_URL", "https://studio.example")
    monkeypatch.setenv("DATABASE_URL_FILE", "/run/secrets/database")
    with scratch.scratch() as variables:
        assert sorted(name for name in variables if name.startswith(("STUDIO_", "DATABASE"))) == ["STUDIO_DATA", "STUDIO_DOTENV"]
        folder = Path(variables["TMPDIR"])
    assert not folder.exists()


def test_it_lies_in_memory_only_where_that_has_room(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    monkeypatch.setattr(scratch, "ROOM", 1)
    assert scratch.place() == tmp_path
    monkeypatch.setattr(scratch, "ROOM", 2**63)
    assert scratch.place() is None
    monkeypatch.setattr(scratch, "MEMORY", tmp_path / "gone")
    assert scratch.place() is None


class Item:
    def __init__(self, name: str, *markers: str) -> None:
        self.name, self.markers = name, markers

    def get_closest_marker(self, name: str) -> bool:
        return name in self.markers


def in_order(processes: int) -> list[str]:
    """Of six tests: what waits is the first thing that the last processes do."""
    items = [Item("one"), Item("kill", "stack"), Item("drain", "stack"), Item("page", "stack", "browser"), Item("two"), Item("three")]
    plugin.pytest_collection_modifyitems(SimpleNamespace(workerinput={"workercount": processes}), items)
    return [item.name for item in items]


def test_some_processes_begin_with_what_waits_and_at_least_one_does_not():
    assert in_order(4) == ["one", "page", "two", "kill", "drain", "three"]
    assert in_order(3) == ["one", "page", "kill", "two", "drain", "three"]
    assert in_order(2) == ["one", "page", "two", "kill", "drain", "three"]


def test_one_process_alone_keeps_the_order():
    assert in_order(1) == ["one", "kill", "drain", "page", "two", "three"]


def test_an_asked_stop_lets_the_tests_tidy_up_first(tmp_path: Path):
    script = """
import signal, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs this in the background has it ignored
try: print('on', flush=True); time.sleep(60)
except KeyboardInterrupt: open('tidy', 'w').close()
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE) as tests:
        assert tests.stdout
        tests.stdout.readline()
        signal.signal(signal.SIGALRM, suite.leave)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(SystemExit):
            suite.wait(tests)
    assert (tmp_path / "tidy").exists()


@pytest.mark.stack
def test_a_database_of_ones_own_is_gone_afterwards():
    programs = postgres.find()
    if not programs:
        pytest.skip("PostgreSQL is missing")
    with postgres.running(programs) as address:
        import psycopg

        with psycopg.connect(address) as connection:
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
            assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
    assert not Path(folder).parent.exists()
