"""A web server that has to stop keeps nobody waiting until its grace is over."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from generations.bench.gallery import free_port
from generations.bench.stage import Stage
from tests.servers.keeper import tables

pytestmark = [pytest.mark.stack, pytest.mark.sqlite]  # of the studio, which begins with the tables of a file
WISH = {"model": "doubao-seedream-4-0-250828", "prompt": "A red kite", "size": "2048x2048"}


@pytest.fixture
def studio(tmp_path: Path, run_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")  # it runs as it is delivered
    tables(run_folder, tmp_path)
    studio = Stage(tmp_path)
    yield studio
    studio.end()


def test_whoever_waits_is_told_to_come_again_when_the_server_stops(studio: Stage):
    with ThreadPoolExecutor(1) as threads:
        told = json.loads(studio.run("-m", "generations.bench.program", "http://127.0.0.1:9"))
        address = served(studio)
        # there are no workers, so it would wait for minutes
        calling = {"json": WISH, "headers": {"Authorization": f"Bearer {told['token']}"}, "timeout": 120, "trust_env": False}
        call = threads.submit(lambda: httpx.post(f"{address}/v1/images/generations", **calling))
        until(lambda: call.done() or ordered(studio))
        assert not call.done()
        studio.programs[-1].terminate()
        answer = call.result(60)  # after its grace the web server would have been killed, and there would be none
        assert (answer.status_code, "retry-after" in answer.headers) == (504, True)


def until(ask: Callable[[], object]) -> None:
    last = monotonic() + 60
    while not ask():
        assert monotonic() < last
        sleep(0.1)


def ordered(studio: Stage) -> bool:
    """Its request is written down, so it is waited for from here on."""
    with closing(sqlite3.connect(Path(studio.environment["STUDIO_DATA"]) / "studio.sqlite3", timeout=20)) as database:
        return bool(database.execute("SELECT count(*) FROM generations_generation WHERE status = 'queued'").fetchone()[0])


def served(studio: Stage) -> str:
    port = free_port()
    studio.environment |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIO_WEB_PROCESSES": "1"}
    studio.start("gunicorn", "-c", "studio/gunicorn.conf.py")
    address = f"http://127.0.0.1:{port}"
    until(lambda: answers(address))
    return address


def answers(address: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{address}/healthz", trust_env=False).is_success
    return False
