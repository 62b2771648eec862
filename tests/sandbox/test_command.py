import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from generations.sandbox.program import why

ROOT = Path(__file__).resolve().parents[2]


def start(*options):
    environment = {**os.environ, "STUDIO_DOTENV": os.devnull}
    program = [sys.executable, "manage.py", "sandbox", *options]
    return subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def running():
    process = start("--port", "0")
    yield process
    process.kill()
    process.communicate()


@pytest.mark.stack
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_when_told_to(running, number):
    url = running.stdout.readline().removeprefix("Sandbox ready at ").strip()
    with urlopen(f"{url}/healthz") as answer, socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))):
        assert answer.read() == b"ok\n"
        running.send_signal(number)
        assert running.wait(30) == 0  # a connection is left open for a minute


@pytest.mark.stack
def test_a_taken_port_is_one_plain_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said, complained = start("--port", str(port)).communicate(timeout=60)
    assert (said, complained) == ("", f"Port {port} on 127.0.0.1 is taken: stop what listens there, or choose another with --port.\n")


def test_nothing_of_the_studio_is_read_for_it():
    """It starts in a third of the time, and takes a third of the memory."""
    told = "import sys, generations.sandbox.program; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], cwd=ROOT).returncode == 0


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (PermissionError(13, "Permission denied"), "above 1023"),
        (OverflowError(), "1 to 65535"),
        (OSError(99, "no such address"), "cannot listen"),
    ],
)
def test_other_reasons_are_sentences_too(problem, word):
    assert word in why(problem, "127.0.0.1", 80)
