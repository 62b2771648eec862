from pathlib import Path

import pytest

from scripts import ROOT, Stop, install, uv

NOBODY: frozenset[str] = frozenset()
TEST = frozenset(["test"])


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that would run, in a project without an environment."""
    commands: list[str] = []
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(install, "run", lambda command: commands.append(" ".join(command)))
    monkeypatch.setattr(uv, "find", lambda: "uv")
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    return commands


def test_uv_installs_what_the_lock_says(ran: list[str]):
    install.install(TEST, frozenset(["redis"]))
    assert len(ran) == 1
    assert ran[0].startswith("uv sync --quiet --locked --inexact --no-default-groups --group test --extra redis --python ")


def test_a_mirror_serves_the_hashed_requirements(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple/")
    install.install(NOBODY, NOBODY)
    assert ran[-1].endswith(f"--default-index https://mirror.example/simple --require-hashes -r {ROOT}/requirements.txt")


def test_pip_does_it_where_uv_cannot(ran: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uv, "find", lambda: None)
    install.install(TEST, NOBODY)
    assert " -m venv " in ran[0]
    assert ran[1].endswith(f"--require-hashes -r {ROOT}/requirements-dev.txt")


def test_an_environment_whose_python_is_gone_is_made_anew(ran: list[str]):
    (install.VENV / "bin").mkdir(parents=True)
    (install.VENV / "bin" / "python").symlink_to("/nowhere/python3")
    install.clear_wreck()
    assert not install.VENV.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: Failed to fetch: `https://pypi.org/simple/django/`\n  cause: dns error", install.NETWORK),
        ("ERROR: No matching distribution found for anyio==4.16.0", install.NETWORK),
        ("error: Hash mismatch for `gunicorn==27.0.1`", install.FORGED),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", install.FORGED),
        ("  cause: invalid peer certificate: UnknownIssuer\nerror: Failed to fetch", uv.UNTRUSTED),
        ("failed to write: No space left on device (os error 28)", "The disk is full. Make room and run this again."),
        ("The virtual environment was not created because ensurepip is not available.", install.NO_VENV),
        ("error: The lockfile at `uv.lock` needs to be updated", "uv.lock does not fit pyproject.toml any more. Run `make lock`."),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(said: str, sentence: str):
    assert install.explain(said) == sentence


def test_what_nobody_foresaw_is_shown_as_it_is():
    assert install.explain("first\nsomething new\n").splitlines()[1:] == ["first", "something new"]


def test_a_failed_command_ends_with_its_sentence():
    with pytest.raises(Stop, match="disk is full"):
        install.run(["sh", "-c", "echo No space left on device >&2; exit 2"])
