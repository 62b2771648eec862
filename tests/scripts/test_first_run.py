"""`make run` as somebody meets it who has just got the project."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import httpx
import pytest

from scripts import ROOT
from tests.cast import PASSWORD
from tests.supervisor.studio import OURS, free_port

pytestmark = pytest.mark.stack

PATIENCE = 300  # seconds: a busy machine is no reason to fail


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Nothing in it that make made; only uv is there already, and its cache of packages."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in names:
        if name and (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".cache").mkdir()
    for kept in (ROOT / ".cache").glob("uv-*"):
        (tmp_path / ".cache" / kept.name).symlink_to(kept)
    return tmp_path


@pytest.fixture
def running(project: Path) -> Iterator["Running"]:
    one = Running(project)
    yield one
    one.stop()


class Running:
    def __init__(self, project: Path) -> None:
        ours = (*OURS, "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")  # compiled by every process anew it would take twice as long
        own = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        self.project, self.environment = project, {**own, "PORT": str(free_port()), "STUDIO_DOTENV": os.devnull}
        self.process: subprocess.Popen[str] | None = None

    def start(self, last: str) -> tuple[str, float]:
        """What it said up to these words, and the seconds that took."""
        began, said = time.monotonic(), ""
        options = {"cwd": self.project, "env": self.environment, "text": True, "start_new_session": True}
        self.process = subprocess.Popen(["make", "run"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
        late = Timer(PATIENCE, self.process.kill)
        late.start()
        for line in self.process.stdout:
            said += line
            if last in line:
                break
        late.cancel()
        return said, time.monotonic() - began

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)  # as Ctrl+C does
            self.process.communicate(timeout=PATIENCE)


def fill_in(browser: httpx.Client, link: str) -> int:
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(link).text)
    person = {"team": "North", "name": "Mei", "email": "mei@example.com", "password": PASSWORD}
    return browser.post(link, data={**person, "csrfmiddlewaretoken": token[1]}, headers={"referer": link}).status_code


def test_one_command_makes_a_studio_and_the_second_time_is_quick(running: Running):
    said, _first = running.start("/set-up/")
    link = re.search(r"http://127\.0\.0\.1:\d+/set-up/\S+", said)
    assert link, said
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=60) as browser:
        assert fill_in(browser, link[0]) == 200
        assert browser.get(link[0]).status_code == 410
        assert browser.get(f"http://127.0.0.1:{running.environment['PORT']}/administration/").status_code == 200
    running.stop()
    said, seconds = running.start("Seedbed is ready")
    assert "Installing" not in said
    assert seconds < 60  # without anybody else on the machine it is two or three
