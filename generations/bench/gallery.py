"""The gallery with a hundred thousand pictures: gunicorn as it is delivered, two processes, SQLite, real files; one client and eight."""

import json
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import median, quantiles
from urllib.parse import quote, urljoin

from generations.bench.browser import Browser
from generations.bench.figure import Figure
from generations.bench.stage import Stage, stage

IMAGES, FEW = 100_000, 1_000
TIMES = 60  # of each page
CLIENTS, PAGES, PICTURES = 8, 800, 4_000
LINES, SCREENS = 6, 20  # connections of a browser; screens that it opens
FILTERS = (
    "whose=mine",
    "starred=1",
    "engine=tensorslab/seedream-4.5",
    "provider=apimart&ratio=16:9&references=1",
    "promise=broken",
    "ratio=3:4",
)
RARE = ("flagged=1", "promise=broken&ratio=21:9&references=1&whose=mine", "tier=4K")  # few hits, or none
WORDS = ("obsidian", "黑曜石", "kite", "水墨", "红色风筝", "k", "水", "kite harbour dunes", "kite 水墨", "nothingofthekind")
FILES = re.compile(rb'(?:href|src)="(/static/[^"#]+\.(?:css|js|svg))(?:#[^"]*)?"')
BROUGHT = re.compile(rb"""(?:from|import)\s*["']([^"']+\.js)["']""")
STATE = re.compile(rb'data-state="([0-9a-z.]+)"')
TALLY = re.compile(rb'data-running="(\d+)" data-waiting="(\d+)"')
NUMBER = re.compile(rb'data-number="(\d+)"')
THUMB = re.compile(rb'<img src="(/images/[0-9a-f-]+/320\.webp)"')


@dataclass(frozen=True)
class Hung:
    """A library and whoever looks at it."""

    browser: Browser
    queries: int
    half: int
    pictures: Sequence[str]


def figures(images: int = IMAGES) -> Iterator[Figure]:
    with stage() as small, stage() as large:
        few, many = hang(small, min(FEW, images)), hang(large, images)
        yield from pages(few, many)
        yield from crowds(many)
        yield from screens(many)
        yield from polls(many)
        yield from questions(many)
        yield from sizes(many)
        yield Figure("queries of a page", many.queries, 10, "queries")
        yield Figure(f"queries more than with {FEW:,} images", many.queries - few.queries, 0, "queries")


def hang(studio: Stage, images: int) -> Hung:
    port = serve(studio)
    told = json.loads(studio.run("-m", "generations.bench.library", str(images)))
    found = Hung(Browser(port, told["cookie"]), told["queries"], told["half"], told["pictures"])
    warm(found)
    return found


def serve(studio: Stage) -> int:
    """The web server as it is delivered, in two processes; its port."""
    studio.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    port = free_port()
    studio.environment |= {"HOST": "127.0.0.1", "PORT": str(port), "STUDIO_WEB_PROCESSES": "2"}
    studio.start("gunicorn", "-c", "studio/gunicorn.conf.py")
    return port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def warm(hung: Hung) -> None:
    """Until both processes have drawn what they draw once."""
    began = time.monotonic()
    while True:
        try:
            hung.browser.load(["/gallery/", "/gallery/?q=kite", *thumbs(hung, 20)] * 20, CLIENTS)
            return
        except OSError:
            if time.monotonic() - began > 60:
                raise
            time.sleep(0.1)


def thumbs(hung: Hung, count: int) -> list[str]:
    return [f"/images/{uid}/320.webp" for uid in islice(cycle(hung.pictures), count)]


def pages(few: Hung, many: Hung) -> Iterator[Figure]:
    """One client. The small library and the large one in turns, so that what else the machine does falls on both."""
    half = f"/gallery/?before={many.half}"
    first, at_few, deep = turns(("/gallery/", many), ("/gallery/", few), (half, many))
    yield from timed("first page", first, 8.0)
    yield from timed("page at half depth", deep, 8.0)
    yield Figure(f"first page against one of {FEW:,} images", median(first) / median(at_few), 1.2, "times")
    yield Figure("page at half depth against the first", median(deep) / median(first), 1.2, "times")
    yield from slowest("page with a filter", many, (f"/gallery/?{query}" for query in FILTERS + RARE), 8.0)
    yield from slowest("page with words", many, (f"/gallery/?q={quote(words)}" for words in WORDS), 12.0)
    yield from slowest("page with words and filters, at half depth", many, [f"{half}&q=kite&ratio=16:9&whose=mine"], 12.0)


def turns(*asked: tuple[str, Hung]) -> list[list[float]]:
    """Milliseconds of each, one after the other, many times."""
    lines = [(hung.browser, hung.browser.connect(), path) for path, hung in asked]
    rounds = [[browser.get(line, path) * 1000 for browser, line, path in lines] for _time in range(TIMES)]
    return [list(each) for each in zip(*rounds, strict=True)]


def timed(name: str, taken: Sequence[float], limit: float) -> Iterator[Figure]:
    yield Figure(f"{name}, median", median(taken), limit, "ms")
    yield Figure(f"{name}, p95", quantiles(taken, n=20)[-1], 15.0, "ms")


def slowest(name: str, hung: Hung, paths: "Iterator[str] | Sequence[str]", limit: float) -> Iterator[Figure]:
    taken = max(turns(*((path, hung) for path in paths)), key=median)
    yield from timed(f"{name}, the slowest", taken, limit)


def crowds(hung: Hung) -> Iterator[Figure]:
    yield Figure(
        f"pages, {CLIENTS} clients", best(lambda: hung.browser.load(["/gallery/"] * PAGES, CLIENTS)), 250, "a second", at_least=True
    )
    every = thumbs(hung, PICTURES)
    yield Figure(f"thumbnails, {CLIENTS} clients", best(lambda: hung.browser.load(every, CLIENTS)), 1300, "a second", at_least=True)


def best(measure: Callable[[], float]) -> float:
    """Of three: what else the machine does can only take away."""
    return max(measure() for _time in range(3))


def screens(hung: Hung) -> Iterator[Figure]:
    """A page and then its sixty pictures, each time another page."""
    taken = [screen(hung.browser, f"/gallery/?before={hung.half - step * 60}") for step in range(SCREENS)]
    yield Figure(f"list and 60 thumbnails over {LINES} connections, median", median(taken), 60.0, "ms")


def screen(browser: Browser, path: str) -> float:
    line, began = browser.connect(), time.perf_counter()
    browser.get(line, path)
    found = [address.decode() for address in THUMB.findall(line.body)]
    browser.load(found, LINES)
    line.wire.close()
    return (time.perf_counter() - began) * 1000


def polls(hung: Hung) -> Iterator[Figure]:
    """A page of the feed asks whether anything is new, as static/js/feed.js does."""
    line, path, asked = hung.browser.connect(), "/feed/?whose=team", {"HX-Request": "true"}
    with closing(line.wire):
        hung.browser.get(line, path, **asked)
        asked["If-None-Match"] = shown(line.body)
        taken = [hung.browser.get(line, path, **asked) * 1000 for _time in range(5 * TIMES)]
    if not line.unchanged:
        raise AssertionError("Nothing has changed, and the feed says that something has.")
    yield Figure("an unchanged poll of the feed, 304 from the web server to one client, median", median(taken), 2.0, "ms")


def questions(hung: Hung) -> Iterator[Figure]:
    """A page of the gallery asks whether there is anything newer, as static/js/news.js does."""
    line = hung.browser.connect()
    with closing(line.wire):
        hung.browser.get(line, "/gallery/")
        known = NUMBER.findall(line.body)
        asked = {"HX-Request": "true", "If-None-Match": f'"0;{known[-1].decode()};{b" ".join(known).decode()}"'}
        taken = [hung.browser.get(line, "/gallery/news/", **asked) * 1000 for _time in range(5 * TIMES)]
    if not line.unchanged:
        raise AssertionError("Nothing has come, and the gallery says that something has.")
    yield Figure("a gallery without news, 304 from the web server to one client, median", median(taken), 2.0, "ms")


def shown(page: bytes) -> str:
    """What the page would say that it shows."""
    running, waiting = (TALLY.findall(page) or [(b"0", b"0")])[0]
    return f'"{b" ".join(STATE.findall(page)).decode()};;{running.decode()}.{waiting.decode()}"'


def sizes(hung: Hung) -> Iterator[Figure]:
    """Styles and scripts bear their hash in their name and are fetched once; modules bring others along."""
    line = hung.browser.connect()
    hung.browser.get(line, "/gallery/")
    page, wanted = line.whole, [found.decode() for found in FILES.findall(line.body)]
    fetched: dict[str, int] = {}
    while wanted:
        if (path := wanted.pop()) not in fetched:
            hung.browser.get(line, path)
            fetched[path] = line.whole
            wanted += [urljoin(path, found.decode()) for found in BROUGHT.findall(line.body)]
    line.wire.close()
    yield Figure("a page that was there before, packed", page / 1000, 60, "KB")
    yield Figure("a first page with its styles and scripts, packed", (page + sum(fetched.values())) / 1000, 200, "KB")
