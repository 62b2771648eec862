"""The fault matrix, row by row, through the real sandbox: how it ends, what it costs, and what stands on the card.

All drills of a dialect go out in one shift. The sandbox's ledger knows what was really taken on: where it has a line, nobody may say
that nothing was charged, and it never has two.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from generations.media import names, spool
from generations.media.store import store
from generations.models import Attempt, Charge, Gate, Generation, ImageStatus, Outcome, Status, Team, User
from generations.pipeline import money
from generations.sandbox.weather.drills import DRILLS, Drill
from tests.pipeline.drilled import PRICE, begin, brisk, drills_of
from tests.pipeline.studio import QUICK, ledger, work

pytestmark = pytest.mark.django_db(transaction=True)

BUSY = ("busy-seconds", "busy-date", "busy-garbage", "busy-negative", "busy-decade", "busy", "overloaded")
# Tested apart: they wait, or never end. The last leads to the provider's real host.
APART = {
    **dict.fromkeys(QUICK, (*BUSY, "stuck", "poll-bad-key", "late", "link-relative")),
    "tensorslab": (*BUSY, "stuck", "poll-bad-key", "late", "drip-body"),  # its answer is so short that it may drip through in time
    "ark": (*BUSY, "late", "unready"),  # any 503 with an error is a busy one there
}
ASKING = ("tensorslab", "apimart")

REFUSED, DOUBTED, DONE = "refused no", "unknown unknown", "done yes stored"
NO_USE, GONE, FAILED, FAILED_FREE = "failed yes refused", "expired yes lost", "failed unknown", "failed no"

# What is not as its row says. With a dialect in front of it: only there.
ENDS = {
    "unready": DOUBTED,
    "no-channel": REFUSED,
    "failed": FAILED,
    "failed-silent": FAILED,
    "apimart failed": FAILED_FREE,
    "apimart failed-number": FAILED_FREE,
    "apimart failed-silent": FAILED_FREE,
    "cancelled": FAILED,
    "failed-partial": "partial unknown stored missing",
    "apimart failed-partial": "partial yes stored missing",
    "no-links": FAILED,
    "result-refused": REFUSED,
    "tensorslab result-refused": FAILED,
    "apimart result-refused": FAILED_FREE,
    "item-refused": "partial yes stored missing",
    "anyfast item-refused": "failed no missing",
    "all-refused": "failed no missing missing",
    "fewer": "partial yes stored",
    "anyfast fewer": DONE,
    "extra": "done yes stored stored stored",
    "anyfast extra": "done yes stored stored",
    "drops-fields": "partial yes stored",
    "anyfast drops-fields": DONE,
    **dict.fromkeys(("wrong-size", "wrong-format", "twins", "link-data", "link-on", "fresh-link"), "done yes stored stored"),
    **dict.fromkeys(("link-inside", "link-file", "link-user", "link-away", "link-loop"), "failed yes refused refused"),
    **dict.fromkeys(("apimart link-inside", "apimart link-file", "tensorslab link-inside", "tensorslab link-file"), NO_USE),  # told once
    **dict.fromkeys(("apimart link-data", "tensorslab link-data"), "partial yes stored"),
    **dict.fromkeys(("dead-link", "expired-link", "gone-link"), "expired yes lost lost"),
    **dict.fromkeys(("picture-json", "picture-html", "picture-svg", "picture-pdf", "picture-empty"), NO_USE),
    **dict.fromkeys(("picture-bomb", "picture-animated", "picture-zero", "picture-cut", "load-redirect"), NO_USE),
}


def expected(dialect: str, drill: Drill) -> str:
    if told := ENDS.get(f"{dialect} {drill.name}"):
        return told
    told = ENDS.get(drill.name) or by_row(dialect, drill)
    return " ".join(told.split()[:3]) if dialect == "anyfast" else told  # its engines make one picture


def by_row(dialect: str, drill: Drill) -> str:
    if drill.when != "submit" or drill.row in ("", "F27"):
        return DONE
    if drill.row in ("F2", "F3", "F4", "F5", "F6", "F9", "F14"):
        return REFUSED
    return DONE if dialect == "apimart" else DOUBTED  # the same key is asked again there, and the task is found


def ending(generation: Generation) -> str:
    images = generation.images.order_by("index").values_list("status", flat=True)
    return " ".join([generation.status, generation.attempts.latest("number").charge, *images])


@pytest.fixture(autouse=True)
def _studio(port: int, settings) -> Iterator[None]:
    settings.SANDBOX_PORT = port
    with brisk():
        yield


def lines(port: int, dialect: str, after: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in ledger(port):
        if line["dialect"] == dialect and line["drills"] and line["n"] > after:
            found.setdefault(line["drills"][0], []).append(line)
    return found


@pytest.mark.parametrize("dialect", QUICK)
def test_every_drill_ends_as_its_row_says(dialect: str, designer: User, team: Team, port: int):
    drills = drills_of(dialect, without=APART[dialect])
    before = max((line["n"] for line in ledger(port)), default=0)
    made = begin(designer, team, dialect, [drill.name for drill in drills])
    work(100)
    for generation in made.values():
        generation.refresh_from_db()
    assert {name: ending(one) for name, one in made.items()} == {drill.name: expected(dialect, drill) for drill in drills}
    bought = lines(port, dialect, before)
    for name, generation in made.items():
        compare(dialect, name, generation, bought.get(name, []))
        said_on_the_card(name, generation)
    kept(made)
    closed(made)
    assert not list(money.audit())


# --- money ---


def compare(dialect: str, name: str, generation: Generation, bought: list[dict[str, Any]]) -> None:
    """With what the provider has in its books."""
    attempt, billed = generation.attempts.latest("number"), sum(line["billed"] for line in bought)
    refunded = dialect == "apimart" and attempt.outcome == Outcome.FAILED  # by its own documents
    assert len(bought) <= 1, name
    assert generation.attempts.count() == 1, name
    if attempt.charge == Charge.NO:
        assert (generation.held, generation.charged) == (0, 0), name
        assert not billed or refunded, name
    elif attempt.charge == Charge.UNKNOWN:
        assert (generation.held, generation.charged) == (PRICE * generation.images_asked, 0), name
    else:
        assert (generation.held, generation.charged) == (0, attempt.cost or PRICE * came(generation)), name
        assert billed, name


def came(generation: Generation) -> int:
    return generation.images.exclude(status=ImageStatus.MISSING).count()


# --- words ---

SAYS = {
    Charge.NO: re.compile(r"Nothing was( sent and nothing was)? charged"),
    Charge.UNKNOWN: re.compile(r"may have been charged|Whether this was charged is not known"),
    Charge.YES: re.compile(r"was probably charged|was paid for|Nothing was charged"),  # the last of an image that failed beside others
}


def said_on_the_card(name: str, generation: Generation) -> None:
    """What happened, was it charged, what to do."""
    if generation.status == Status.DONE:
        assert generation.trouble is None, name
    elif generation.trouble is None:
        assert generation.status == Status.PARTIAL, name  # fewer came, and nobody says why
        assert all(image.trouble is None for image in generation.images.all()), name
    else:
        sentence = generation.trouble["sentence"]
        assert SAYS[Charge(generation.attempts.latest("number").charge)].search(sentence), (name, sentence)
        assert len(re.findall(r"\.( |$)", sentence)) >= 3 or "paid for" in sentence, (name, sentence)
    for image in generation.images.exclude(status=ImageStatus.STORED):
        assert image.trouble, name
        assert image.trouble["sentence"], name


# --- pictures ---


def kept(made: dict[str, Generation]) -> None:
    """Byte for byte under their hashes; what came besides is marked, what is no picture is put aside to be looked at."""
    for name, generation in made.items():
        for image in generation.images.filter(status=ImageStatus.STORED):
            assert store().size(names.original(image.sha256, image.format)) == image.bytes, name
            assert image.extra is (image.index >= generation.images_asked), name
            assert [one["name"] for one in image.broken] == (["size"] if name in ("wrong-size", "link-data") else []), name
        key = str(generation.attempts.latest("number").key)
        assert bool(spool.held(key, 0)) is name.startswith("picture-"), name
    twins = made["twins"].images.values_list("sha256", flat=True)
    assert len(set(twins)) == 1
    assert {image.format for image in made["wrong-format"].images.all()} == {"png"}


def closed(made: dict[str, Generation]) -> None:
    """What only an administrator can mend pauses the account, and nothing else does."""
    by_hand = {"mend_key", "top_up", "raise_limit"}
    for name, generation in made.items():
        gate = Gate.objects.get(account=generation.account)
        assert bool(gate.paused) is ((generation.trouble or {}).get("next") in by_hand), name
        assert not gate.closed_until, name


def test_every_row_of_the_matrix_has_a_drill_or_a_test_of_its_own():
    rows = {drill.row for drill in DRILLS.values()} | {"F1"}
    assert rows >= {f"F{number}" for number in range(1, 37)}
    assert Counter(drill.row for drill in drills_of("gateway", APART["gateway"])).total() > 80
    assert Attempt.objects.count() == 0
