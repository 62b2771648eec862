"""Whoever begins a request and falls silent takes no thread away from the others for long."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event
from time import sleep

import httpx
import pytest

from tests.supervisor.studio import ROOT, free_port

pytestmark = pytest.mark.stack

THREADS = 2


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Our web server as it is configured, only less patient, with an application that says hello."""
    own = (ROOT / "studio/gunicorn.conf.py").read_text()
    assert "PATIENCE = 30" in own
    (tmp_path / "conf.py").write_text(own.replace("PATIENCE = 30", "PATIENCE = 1").split("def post_worker_init")[0])
    (tmp_path / "hello.py").write_text("def application(environ, start):\n    start('200 OK', [])\n    return [b'hello']\n")
    number = free_port()
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(number)}
    options = ["-c", str(tmp_path / "conf.py"), "-w", "1", "--threads", str(THREADS), "--pythonpath", str(tmp_path), "hello:application"]
    command = [sys.executable, "-m", "gunicorn", *options]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, env=environment, cwd=ROOT, stderr=log) as process:
        try:
            yield number
        finally:
            process.terminate()
    assert (tmp_path / "log").read_text() == ""


def answer(port: int, patience: float = 20) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, timeout=patience).text


def started(port: int) -> None:
    for _time in range(200):
        try:
            answer(port)
            break
        except httpx.TransportError:
            sleep(0.1)


def drip(lines: list[socket.socket], over: Event) -> None:
    while not over.wait(0.3):
        for line in lines:
            with suppress(OSError):
                line.sendall(b"G")


@pytest.fixture
def lines(port: int) -> Iterator[list[socket.socket]]:
    started(port)
    with ExitStack() as kept:
        yield [kept.enter_context(socket.create_connection(("127.0.0.1", port))) for _each in range(THREADS + 2)]


def test_threads_come_back_from_heads_that_do_not_end(lines: list[socket.socket], port: int):
    over = Event()
    with ThreadPoolExecutor(1) as beside:
        for line in lines:
            line.sendall(b"G")
        beside.submit(drip, lines[::2], over)  # the others say nothing more
        try:
            with pytest.raises(httpx.ReadTimeout):
                answer(port, 0.5)
            assert answer(port) == "hello"
        finally:
            over.set()
