"""The review of a hundred thousand images, thousands of which wait: gunicorn as it is delivered, SQLite, one reviewer who is quick."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from urllib.parse import urlencode

from generations.bench.browser import Browser, Line
from generations.bench.figure import Figure
from generations.bench.gallery import free_port
from generations.bench.stage import Stage, stage

IMAGES = 100_000
TIMES = 100
LIMIT = 100.0  # ms
FRAGMENT = {"HX-Request": "true"}
FILTERS = (
    "broken=1",
    "engine=tensorslab/seedream-4.5",
    "person=1",
    "broken=1&person=1",
    "late=1",
    "list=decided&flagged=1",
    "list=decided&verdict=change",
    "list=mine",
)


@dataclass(frozen=True)
class Queue:
    browser: Browser
    csrf: str
    waiting: Sequence[str]


def figures(images: int = IMAGES) -> Iterator[Figure]:
    with stage() as studio:
        queue = open_up(studio, images)
        spread = queue.waiting[:: max(1, len(queue.waiting) // TIMES)]
        yield from timed("next image", queue, (f"/review/?image={uid}" for uid in cycle(spread)), LIMIT, **FRAGMENT)
        yield from timed("queue page", queue, cycle(["/review/"]), LIMIT)
        yield from timed("decided page", queue, cycle(["/review/?list=decided"]), LIMIT)
        yield from filtered(queue)
        yield from figure("decided, and the next one here", decided(queue), LIMIT)
        yield Figure("images that wait", len(queue.waiting), images / 50, "images", at_least=True)


def open_up(studio: Stage, images: int) -> Queue:
    studio.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    told = json.loads(studio.run("-m", "generations.bench.waiting", str(images)))
    port = free_port()
    studio.environment |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIO_WEB_PROCESSES": "2"}
    studio.start("gunicorn", "-c", "studio/gunicorn.conf.py")
    queue = Queue(Browser(port, told["cookie"]), told["csrf"], told["waiting"])
    warm(queue)
    return queue


def warm(queue: Queue) -> None:
    began = time.monotonic()
    while True:
        try:
            queue.browser.load(["/review/"] * 40, 4)
            return
        except OSError:
            if time.monotonic() - began > 60:
                raise
            time.sleep(0.1)


def timed(name: str, queue: Queue, paths: Iterator[str], limit: float, **headers: str) -> Iterator[Figure]:
    line = queue.browser.connect()
    yield from figure(name, [queue.browser.get(line, path, **headers) * 1000 for path in islice(paths, TIMES)], limit)
    line.wire.close()


def filtered(queue: Queue) -> Iterator[Figure]:
    """The slowest of them."""
    line = queue.browser.connect()
    taken = [[queue.browser.get(line, f"/review/?{query}") * 1000 for _time in range(TIMES // 5)] for query in FILTERS]
    yield from figure("page with a filter, the slowest", max(taken, key=median), LIMIT)
    line.wire.close()


def decided(queue: Queue) -> list[float]:
    """The first of the queue, again and again."""
    line = queue.browser.connect()
    found = [approve(queue, line, uid) * 1000 for uid in queue.waiting[:TIMES]]
    line.wire.close()
    return found


def approve(queue: Queue, line: Line, uid: str) -> float:
    body = urlencode({"current": f"{uid}:0", "approve": "1", "csrfmiddlewaretoken": queue.csrf})
    told = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body)), **FRAGMENT}
    line.ask(queue.browser.request("/review/decide/", **told).replace(b"GET", b"POST", 1) + body.encode())
    while not line.read():
        pass
    return time.perf_counter() - line.sent


def figure(name: str, taken: Sequence[float], limit: float) -> Iterator[Figure]:
    yield Figure(f"{name}, median", median(taken), limit, "ms")
    yield Figure(f"{name}, p95", quantiles(taken, n=20)[-1], limit, "ms")
