"""Programs' calls: what the studio adds to a provider's own time, and what pages feel while many of them wait. The openai SDK calls the
sandbox directly and through the studio as it is delivered: gunicorn in two processes, the worker cluster, SQLite.
"""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from itertools import cycle
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from typing import Any

from generations.bench.browser import Browser
from generations.bench.figure import Figure
from generations.bench.gallery import serve
from generations.bench.stage import stage

TIMES = 20
TAKES, LONG = 1.0, 10.0  # seconds that the provider needs
CROWD = 32
PAGES = ("/", "/gallery/", "/team/", "/usage/")
MODEL, SIZE = "doubao-seedream-4-0-250828", "2048x2048"
LIMIT, PAGE = 150.0, 300.0  # milliseconds
LOOKS = 2.0


def figures() -> Iterator[Figure]:
    if not find_spec("openai"):
        sys.stderr.write("This bench calls with the openai SDK, which is not installed: make test installs it.\n")
        sys.exit(2)
    with stage() as studio:
        shop = f"http://127.0.0.1:{studio.sandbox(1)}"
        studio.start("manage.py", "qcluster", "--skip-checks")
        told = json.loads(studio.run("-m", "generations.bench.program", shop))
        port = serve(studio)
        ready(Browser(port, told["cookie"]))
        here, there = client(f"http://127.0.0.1:{port}/v1", told["token"]), client(f"{shop}/gateway/v1", "sk-of-nobody-at-all")
        yield from alone(here, there)
        yield from crowded(here, Browser(port, told["cookie"]))
        yield Figure(
            "questions to the database while calls and streams wait",
            float(studio.run("-m", "generations.bench.program", "looks")),
            LOOKS,
            "a second",
        )


def client(address: str, key: str) -> Any:
    from openai import OpenAI

    return OpenAI(base_url=address, api_key=key, max_retries=0, timeout=120)


def alone(here: Any, there: Any) -> Iterator[Figure]:
    """In turns, so that what else the machine does falls on both."""
    for one in (here, there, here):
        ask(one, TAKES)
    pairs = [(milliseconds(lambda: ask(here, TAKES)), milliseconds(lambda: ask(there, TAKES))) for _time in range(TIMES)]
    yield Figure("what the studio adds, one client, median", median(h for h, _t in pairs) - median(t for _h, t in pairs), LIMIT, "ms")


def ask(one: Any, takes: float) -> None:
    prompt = f"[drill:takes={takes:g}] a red kite above terraced tea fields"
    found = one.images.generate(model=MODEL, prompt=prompt, size=SIZE, response_format="url")
    if not found.data[0].url.startswith("http"):
        raise AssertionError(found)


def milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def crowded(here: Any, browser: Browser) -> Iterator[Figure]:
    """So many calls at once that would fill all threads, and somebody who looks at pages meanwhile."""
    with ThreadPoolExecutor(CROWD) as threads:
        calls = [threads.submit(ask, here, LONG) for _call in range(CROWD)]
        sleep(1)  # they have all come in
        taken = list(looked(browser, calls))
    failed = [str(call.exception()) for call in calls if call.exception()]
    for sentence in sorted(set(failed)):
        sys.stderr.write(f"{sentence}\n")
    yield Figure(f"{CROWD} calls that wait: those without their picture", len(failed), 0, "calls")
    yield Figure("pages looked at meanwhile", len(taken), 50, "pages", at_least=True)
    yield Figure("pages meanwhile, p95", quantiles(taken, n=20)[-1], PAGE, "ms")


def looked(browser: Browser, calls: list[Future[None]]) -> Iterator[float]:
    line = browser.connect()
    for page in cycle(PAGES):
        if any(call.done() for call in calls):
            return
        yield browser.get(line, page) * 1000
        sleep(0.02)


def ready(browser: Browser) -> None:
    """Until both processes have drawn what they draw once."""
    began = monotonic()
    while True:
        try:
            browser.load(list(PAGES) * 8, 4)
            return
        except OSError:
            if monotonic() - began > 60:
                raise
            sleep(0.1)
