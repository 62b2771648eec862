"""Every drill of the sandbox, over real HTTP, against its own ledger: what we say of the money must never be wrong.

"Not charged" is said only where the ledger has no line. Where it has one, we know, or we say that nobody knows.
"""

import io
import json
from collections.abc import Iterator
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
from generations.sandbox.weather.drills import DRILLS, Drill

pytestmark = pytest.mark.waits

USUAL = {
    "tensorslab": "tensorslab/seedream-4.5",
    "apimart": "apimart/seedream-5.0-lite",
    "anyfast": "anyfast/seedream-5.0-t2i",
    "gateway": "gateway/seedream-4.5",
    "ark": "ark/seedream-4.0-20260415",
}
BYTES = 20 * 1024 * 1024
STALLS = ("silence", "drip-head", "drip-body", "late")  # what these hold up is given up soon; all else has time, also on a busy machine
MODIFIERS = ("unpaid", "takes")  # mean something only beside another drill
CASES = [
    pytest.param(name, drill, id=f"{name}-{drill.name}") for drill in DRILLS.values() if drill.name not in MODIFIERS for name in drill.only
]

NEXT = {
    "bad-request": {Next.EDIT_REQUEST},
    "bad-size": {Next.EDIT_SIZE},
    "bad-key": {Next.MEND_KEY},
    "no-credit": {Next.TOP_UP},
    "busy": {Next.WAIT},
    "busy-seconds": {Next.WAIT},
    "busy-date": {Next.WAIT},
    "busy-garbage": {Next.WAIT},
    "busy-decade": {Next.WAIT},
    "prompt-refused": {Next.EDIT_PROMPT},
    "reference-refused": {Next.EDIT_REFERENCE},
}


@pytest.fixture
def client(request: pytest.FixtureRequest, port: int) -> Iterator[Client]:
    name = request.getfixturevalue("name")
    rules = Rules(allowed=frozenset({"127.0.0.1"}))
    with Way(f"http://127.0.0.1:{port}/{name}", "sk-test", rules) as way:
        stalls = request.getfixturevalue("drill").name.endswith(STALLS)
        limits = Limits(seconds=0.8 if stalls else 8, bytes=BYTES)
        yield Client(get_dialect(name), way, at_once=limits, task=limits, question=limits, file=limits)


def ledger(port: int, method: str = "GET") -> list[dict[str, object]]:
    with urlopen(Request(f"http://127.0.0.1:{port}/ledger", method=method), timeout=10) as answer:
        found = json.loads(answer.read() or "[]")
    return found if isinstance(found, list) else found.get("calls", found.get("entries", []))


def submit(client: Client, name: str, drill: Drill) -> Reading:
    engine = get_engine(USUAL[name])
    assert engine
    prompt = f"three boats in a harbour [drill:{drill.name}]"
    request = settle(complete(GenerationRequest(engine.id, prompt, images=min(2, engine.most_images)), engine), engine)
    answer = client.send(client.write(request, engine, [], f"key-{drill.name}"))
    return answer if isinstance(answer, Trouble) else client.read(answer)


def follow(client: Client, task: str) -> Reading:
    last, reading = monotonic() + 2, Pending()
    while monotonic() < last and not isinstance(reading, Finished):
        answer = client.ask(task)
        reading = answer if isinstance(answer, Trouble) else client.read_status(answer, task)
        if isinstance(reading, Trouble) and reading.next is not Next.WAIT:
            break
        sleep(0.05)
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


@pytest.mark.parametrize(("name", "drill"), CASES)
def test_it_ends_as_its_row_says_and_the_money_fits_the_ledger(name: str, drill: Drill, client: Client, port: int):
    ledger(port, "DELETE")
    reading = submit(client, name, drill)
    if isinstance(reading, Accepted):
        reading = follow(client, reading.task)
    ended, lines = ending(client, drill, reading), ledger(port)
    if drill.when != "submit" and drill.name != "item-refused":  # of one image nothing is left, of two one
        assert ended == ENDS.get(drill.name, "file")
    at_work = isinstance(reading, Pending) or (isinstance(reading, Finished) and bool(reading.pictures))
    surely_free = isinstance(reading, Trouble) and reading.sent is Sent.NO
    assert len(lines) in ([1] if at_work else [0] if surely_free else [0, 1])


@pytest.mark.parametrize(("name", "drill"), [case for case in CASES if case.values[1].name in NEXT])
def test_a_refusal_says_what_to_do_next(name: str, drill: Drill, client: Client, port: int):
    reading = submit(client, name, drill)
    assert isinstance(reading, Trouble)
    assert reading.next in NEXT[drill.name]
    assert reading.sent is Sent.NO


REFUSED = {"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F14"}
DOUBTFUL = {"F10", "F11", "F12", "F13", "F15", "F16", "F17", "F18", "F19", "F20", "F21"}


def outcome(reading: Reading) -> str:
    return reading.sent.value if isinstance(reading, Trouble) else "yes"


# no-channel is a sure refusal by its code word, and at ark so is any 503 with an error; late is later than we wait here;
# a small body may drip through in time.
APART = {"no-channel": {"no"}, "unready": {"unknown", "no"}, "late": {"unknown", "yes"}, "drip-body": {"unknown", "yes"}}


def proves(drill: Drill) -> set[str]:
    return APART.get(drill.name) or {"no" if drill.row in REFUSED else "unknown" if drill.row in DOUBTFUL else "yes"}


@pytest.mark.parametrize(("name", "drill"), [case for case in CASES if case.values[1].when == "submit"])
def test_an_answer_to_a_submit_proves_what_its_row_says(name: str, drill: Drill, client: Client, port: int):
    assert outcome(submit(client, name, drill)) in proves(drill)
