"""The usage page over a hundred thousand requests: gunicorn as it is delivered, SQLite, one client; and the counting behind it."""

import json
import time
from collections.abc import Iterator
from statistics import median, quantiles

from generations.bench.browser import Browser
from generations.bench.figure import Figure
from generations.bench.gallery import serve
from generations.bench.stage import Stage, stage

REQUESTS = 100_000
TIMES = 40  # of each page
PAGES = {
    "month": "/usage/",
    "7 days": "/usage/?period=week",
    "quarter": "/usage/?period=quarter",
    "year": "/usage/?period=year",
    "year of all teams": "/usage/?team=all&period=year",
}
LIMIT = 300.0
BUSY, BUSY_AGAIN, IDLE, ALL = 1_000.0, 500.0, 5.0, 120.0  # milliseconds; the last one seconds


def figures(images: int = REQUESTS) -> Iterator[Figure]:
    """The studio has so many requests."""
    with stage() as studio:
        told = json.loads(studio.run("-m", "generations.bench.ledger", str(images)))
        yield from pages(studio, told["cookie"])
        yield Figure("a busy day, counted as it is noticed", told["first"], BUSY, "ms")
        yield Figure("a busy day, counted again, median", median(told["again"]), BUSY_AGAIN, "ms")
        yield Figure("a look when nothing has changed, median", median(told["idle"]), IDLE, "ms")
        yield Figure("everything counted anew", told["rebuilt"] / 1000, ALL, "s")


def pages(studio: Stage, cookie: str) -> Iterator[Figure]:
    browser = Browser(serve(studio), cookie)
    warm(browser)
    line = browser.connect()
    for name, path in PAGES.items():
        taken = [browser.get(line, path) * 1000 for _time in range(TIMES)]
        yield Figure(f"usage, {name}, median", median(taken), LIMIT, "ms")
        yield Figure(f"usage, {name}, p95", quantiles(taken, n=20)[-1], LIMIT, "ms")


def warm(browser: Browser) -> None:
    """Until both processes have drawn what they draw once."""
    began = time.monotonic()
    while True:
        try:
            browser.load(list(PAGES.values()) * 4, 4)
            return
        except OSError:
            if time.monotonic() - began > 60:
                raise
            time.sleep(0.1)
