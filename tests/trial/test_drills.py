"""Every drill of the sandbox, over real HTTP, against its own ledger: what we say of the money must never be wrong.

"Not charged" is said only where the ledger has no line. Where it has one, we know, or we say that nobody knows.
"""

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from time import monotonic, sleep
from urllib.request import Request, urlopen

import pytest

from generations.catalogue import get_engine
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import complete, settle
from generations.dialects import get_dialect
from generations.dialects.outcome import Accepted, Finished, Item, Next, Pending, Reading, Sent, Trouble
from generations.providers.client import Client
from generations.providers.failure import Failure
from generations.providers.meter import Limits
from generations.providers.rules import Rules
from generations.providers.way import Way
from generations.sandbox.weather.drills import DOWNLOAD, DRILLS, POLL, SUBMIT, Drill

pytestmark = pytest.mark.waits

USUAL = {
    "tensorslab": "tensorslab/seedream-4.5",
    "apimart": "apimart/seedream-5.0-lite",
    "anyfast": "anyfast/seedream-5.0-t2i",
    "gateway": "gateway/seedream-4.5",
    "ark": "ark/seedream-4.0-20260415",
}
MEGABYTE = 1024 * 1024
AMPLE, BRIEF = Limits(60, 20 * MEGABYTE), Limits(1.2, 20 * MEGABYTE)
STALLS = ("silence", "drip-head", "drip-body", "late")  # what these hold up is given up soon; all else has time, also on a busy machine
ENDLESS = ("stuck", "late", "poll-bad-key")  # whoever asks how these are gives up at some time
MODIFIERS = ("unpaid", "takes")  # mean something only beside another drill
TOGETHER = 40

NEXT = {
    "bad-request": Next.EDIT_REQUEST,
    "bad-size": Next.EDIT_SIZE,
    "bad-key": Next.MEND_KEY,
    "no-credit": Next.TOP_UP,
    **dict.fromkeys(["busy", "busy-seconds", "busy-date", "busy-garbage", "busy-decade"], Next.WAIT),
    "prompt-refused": Next.EDIT_PROMPT,
    "reference-refused": Next.EDIT_REFERENCE,
}


@dataclass(frozen=True)
class Course:
    """What came of one drill."""

    drill: Drill
    first: Reading  # the answer to the submit
    last: Reading
    end: str
    lines: int  # of the ledger


def drills(name: str) -> list[Drill]:
    return [drill for drill in DRILLS.values() if name in drill.only and drill.name not in MODIFIERS]


def courses(name: str, port: int) -> Iterator[Course]:
    """All drills of a provider at once: most of them wait. The first, alone, has the pictures painted."""
    ledger(port, "DELETE")
    with Way(f"http://127.0.0.1:{port}/{name}", "sk-test", Rules(allowed=frozenset({"127.0.0.1"}))) as way:
        course(name, way, DRILLS["load-500"])
        ledger(port, "DELETE")
        with ThreadPoolExecutor(TOGETHER) as crowd:
            found = list(crowd.map(partial(course, name, way), drills(name)))
    bought = [drill for line in ledger(port) for drill in line["drills"]]
    return (Course(*one, bought.count(one[0].name)) for one in found)


def course(name: str, way: Way, drill: Drill) -> tuple[Drill, Reading, Reading, str]:
    client = client_for(name, way, drill)
    first = submit(client, name, drill)
    last = follow(client, drill, first.task) if isinstance(first, Accepted) else first
    return drill, first, last, ending(client, drill, last)


def client_for(name: str, way: Way, drill: Drill) -> Client:
    """With little patience where the drill stalls, and only there."""
    submit, question, file = (BRIEF if drill.when == when and drill.name.endswith(STALLS) else AMPLE for when in (SUBMIT, POLL, DOWNLOAD))
    return Client(get_dialect(name), way, at_once=submit, task=submit, question=question, file=file)


def ledger(port: int, method: str = "GET") -> list[dict[str, list[str]]]:
    with urlopen(Request(f"http://127.0.0.1:{port}/ledger", method=method), timeout=60) as answer:
        return json.loads(answer.read() or "[]")


def submit(client: Client, name: str, drill: Drill) -> Reading:
    engine = get_engine(USUAL[name])
    assert engine
    asked = GenerationRequest(engine.id, f"koi [drill:{drill.name}]", min(2, engine.most_images), "1:1", "2K")
    request = settle(complete(asked, engine), engine)
    answer = client.send(client.write(request, engine, [], f"key-{drill.name}"))
    return answer if isinstance(answer, Trouble) else client.read(answer)


def follow(client: Client, drill: Drill, task: str) -> Reading:
    last, reading = monotonic() + (1 if drill.name in ENDLESS else 60), Pending()
    while monotonic() < last and not isinstance(reading, Finished):
        answer = client.ask(task)
        reading = answer if isinstance(answer, Trouble) else client.read_status(answer, task)
        if isinstance(reading, Trouble) and reading.next is not Next.WAIT:
            break
        sleep(0.1)
    return reading


# How what was taken on ends. The rest ends with its files: what strikes while it is made or asked for passes by.
ENDS = {
    "no-links": "report",
    **dict.fromkeys(["failed", "failed-number", "failed-silent", "cancelled"], "run_again"),
    "result-refused": "run_again",
    "stuck": "pending",
    "poll-bad-key": "wait",
    "failed-partial": "file trouble",
    **dict.fromkeys([f"load-{status}" for status in ("500", "502", "503", "504", "524", "html", "no-content")], "Declined"),
    **dict.fromkeys(["dead-link", "expired-link", "gone-link", "fresh-link"], "Declined"),
    **dict.fromkeys([f"load-{fault}" for fault in ("fat-headers", "flood", "two-lengths", "gzip", "gzip-bomb", "cut-body")], "Garbled"),
    **dict.fromkeys(["load-redirect", "link-away", "link-loop", "link-file", "link-inside", "link-user"], "Forbidden"),
    **dict.fromkeys(["load-drip-head", "load-drip-body", "load-silence"], "TimedOut"),
    **dict.fromkeys(["load-hang-up", "load-reset"], "Unknown"),
    "load-huge-length": "TooLarge",
    "link-data": "inline",
    "link-relative": "elsewhere",
    "all-refused": "trouble",
}


def ending(client: Client, drill: Drill, reading: Reading) -> str:
    if isinstance(reading, Trouble):
        return reading.next.value
    if not isinstance(reading, Finished):
        return "pending"
    return " ".join(sorted({fate(client, drill, item) for item in reading.items}))


def fate(client: Client, drill: Drill, item: Item) -> str:
    if item.trouble or not item.link:
        return "trouble" if item.trouble else "inline"
    if drill.name == "link-relative":  # which leads to the provider's real host
        return "elsewhere"
    try:
        return "file" if client.fetch(item.link, io.BytesIO()) else ""
    except Failure as failure:
        return type(failure).__name__


def ends_as_said(one: Course) -> bool:
    free = one.drill.when == SUBMIT or one.drill.name == "item-refused"  # of one image nothing is left, of two one
    return free or one.end == ENDS.get(one.drill.name, "file")


def fits_the_ledger(one: Course) -> bool:
    at_work = isinstance(one.last, Pending) or (isinstance(one.last, Finished) and bool(one.last.pictures))
    surely_free = isinstance(one.last, Trouble) and one.last.sent is Sent.NO
    return one.lines in ([1] if at_work else [0] if surely_free else [0, 1])


def says_what_to_do(one: Course) -> bool:
    if one.drill.name not in NEXT:
        return True
    return isinstance(one.first, Trouble) and (one.first.next, one.first.sent) == (NEXT[one.drill.name], Sent.NO)


REFUSED = {"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F14"}
DOUBTFUL = {"F10", "F11", "F12", "F13", "F15", "F16", "F17", "F18", "F19", "F20", "F21"}
# no-channel is a sure refusal by its code word, and at ark so is any 503 with an error; late is later than we wait here;
# a small body may drip through in time.
APART = {"no-channel": {"no"}, "unready": {"unknown", "no"}, "late": {"unknown", "yes"}, "drip-body": {"unknown", "yes"}}


def proves_its_row(one: Course) -> bool:
    by_row = {"no" if one.drill.row in REFUSED else "unknown" if one.drill.row in DOUBTFUL else "yes"}
    outcome = one.first.sent.value if isinstance(one.first, Trouble) else "yes"
    return one.drill.when != SUBMIT or outcome in APART.get(one.drill.name, by_row)


@pytest.mark.parametrize("name", USUAL)
def test_every_drill_ends_as_its_row_says_and_the_money_fits_the_ledger(name: str, port: int):
    found = list(courses(name, port))
    for holds in (ends_as_said, fits_the_ledger, says_what_to_do, proves_its_row):
        assert [one for one in found if not holds(one)] == [], holds.__name__
