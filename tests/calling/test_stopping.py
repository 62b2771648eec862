"""A web server that has to stop keeps nobody waiting until its grace is over."""

import json
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import httpx
import pytest

from generations.bench.gallery import free_port
from generations.bench.stage import Stage, stage

pytestmark = pytest.mark.stack
WISH = {"model": "doubao-seedream-4-0-250828", "prompt": "A red kite", "size": "2048x2048"}
GRACE = 20  # seconds, of the web server


def test_whoever_waits_is_told_to_come_again_when_the_server_stops(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")  # it runs as it is delivered
    with stage() as studio, ThreadPoolExecutor(1) as threads:
        told = json.loads(studio.run("-m", "generations.bench.program", "http://127.0.0.1:9"))
        address = served(studio)
        # there are no workers, so it would wait for minutes
        calling = {"json": WISH, "headers": {"Authorization": f"Bearer {told['token']}"}, "timeout": 120, "trust_env": False}
        call = threads.submit(lambda: httpx.post(f"{address}/v1/images/generations", **calling))
        sleep(1)
        assert not call.done()
        stopped = monotonic()
        studio.programs[-1].terminate()
        answer = call.result(60)
        assert (answer.status_code, "retry-after" in answer.headers) == (504, True)
        assert monotonic() - stopped < GRACE / 2


def served(studio: Stage) -> str:
    port = free_port()
    studio.environment |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIO_WEB_PROCESSES": "1"}
    studio.start("gunicorn", "-c", "studio/gunicorn.conf.py")
    address = f"http://127.0.0.1:{port}"
    for _time in range(600):
        try:
            httpx.get(f"{address}/healthz", trust_env=False)
            break
        except httpx.TransportError:
            sleep(0.1)
    return address
