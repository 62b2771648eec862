"""The fault matrix, row by row, through the real sandbox: how it ends, what it costs, and what stands on the card.

All that a dialect knows goes out in one shift. The sandbox's ledger knows what was really taken on: where it has
a line, nobody may say that nothing was charged, and it never has two.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from generations.compose import feed
from generations.media import names, spool
from generations.media.store import store
from generations.models import Charge, Gate, Generation, ImageStatus, Outcome, Status, Team, User
from generations.pipeline import money
from generations.providers.client import NO_ANSWER
from generations.sandbox.weather.drills import DRILLS
from tests.cast import client_of
from tests.compose.looking import buttons, cards, look, note, words
from tests.pipeline.drilled import PRICE, begin, brisk
from tests.pipeline.matrix import BESIDE, MATRIX, WAITING, End, drills_of, end_of
from tests.pipeline.studio import QUICK, ledger, work

pytestmark = pytest.mark.django_db

Case = tuple[str, str]  # row, or dialect, and drill


@pytest.fixture(autouse=True)
def _studio(port: int, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.SANDBOX_PORT = port
    monkeypatch.setattr(feed, "WINDOW", 1000)
    with brisk():
        yield


@pytest.mark.parametrize("dialect", QUICK)
def test_every_drill_ends_as_its_row_says(dialect: str, designer: User, team: Team, port: int, django_capture_on_commit_callbacks):
    before = len(ledger(port))
    ends = {(row, drill.name): end_of(row, dialect, drill) for row in MATRIX for drill in drills_of(row, dialect)}
    with django_capture_on_commit_callbacks(execute=True):
        made = dict(zip(ends, begin(designer, team, dialect, [drill for _row, drill in ends]).values(), strict=True))
        work(100)
    for generation in made.values():
        generation.refresh_from_db()
    assert {case: told(one) for case, one in made.items()} == {case: end.told for case, end in ends.items()}
    bought, shown = lines(port, before), cards(look(client_of(designer), "/feed/"))
    for case, generation in made.items():
        compare((dialect, case[1]), generation, bought.get(case[1], []))
        says(case, generation, shown[str(generation.uid)], ends[case])
        kept(case, generation)
        closed(case, generation)
    assert not list(money.audit())


def told(generation: Generation) -> str:
    images = generation.images.order_by("index").values_list("status", flat=True)
    return " ".join([generation.status, generation.attempts.latest("number").charge, *images])


def lines(port: int, after: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in ledger(port)[after:]:
        if line["drills"]:
            found.setdefault(line["drills"][0], []).append(line)
    return found


# --- money ---


def compare(case: Case, generation: Generation, bought: list[dict[str, Any]]) -> None:
    """With what the provider has in its books."""
    attempt, billed = generation.attempts.latest("number"), sum(line["billed"] for line in bought)
    refunded = case[0] == "apimart" and attempt.outcome == Outcome.FAILED  # by its own documents
    assert len(bought) <= 1, case
    assert generation.attempts.count() == 1, case
    if attempt.charge == Charge.NO:
        assert (generation.held, generation.charged) == (0, 0), case
        assert not billed or refunded, case
    elif attempt.charge == Charge.UNKNOWN:
        assert (generation.held, generation.charged) == (PRICE * generation.images_asked, 0), case
    else:
        assert (generation.held, generation.charged) == (0, attempt.cost or PRICE * came(generation)), case
        assert billed, case


def came(generation: Generation) -> int:
    return generation.images.exclude(status=ImageStatus.MISSING).count()


# --- words ---


def says(case: Case, generation: Generation, card: str, end: End) -> None:
    """What happened, was it charged, what to do."""
    assert cost(generation) in words(card), case
    assert end.badge in card, case
    for sentence in re.split(r"(?<=\.) ", end.says):
        assert sentence.rstrip(".") in note(card), (case, note(card))
    assert bool(end.says) is bool(note(card)) is bool(buttons(card)) is (generation.status != Status.DONE), case


def cost(generation: Generation) -> str:
    amount = money.format_money(generation.held or generation.charged)
    charge = Charge(generation.attempts.latest("number").charge)
    return {Charge.NO: "not charged", Charge.YES: f"{amount} charged", Charge.UNKNOWN: f"may be charged {amount}"}[charge]


# --- pictures ---


def kept(case: Case, generation: Generation) -> None:
    """Byte for byte under their hashes; what came besides is marked, what is no picture is put aside to be looked at."""
    images, name = list(generation.images.filter(status=ImageStatus.STORED)), case[1]
    for image in images:
        assert store().size(names.original(image.sha256, image.format)) == image.bytes, case
        assert image.extra is (image.index >= generation.images_asked), case
        assert [one["name"] for one in image.broken] == (["size"] if name in ("wrong-size", "link-data") else []), case
    assert bool(spool.held(str(generation.attempts.latest("number").key), 0)) is name.startswith("picture-"), case
    assert name != "twins" or len({image.sha256 for image in images}) == 1
    assert name != "wrong-format" or {image.format for image in images} == {"png"}


def closed(case: Case, generation: Generation) -> None:
    """What only an administrator can mend pauses the account, and nothing else does."""
    gate = Gate.objects.get(account=generation.account)
    assert bool(gate.paused) is ((generation.trouble or {}).get("next") in ("mend_key", "top_up", "raise_limit")), case
    assert not gate.closed_until, case


# --- all of it ---


def test_what_was_never_taken_on_is_in_doubt_all_the_same(designer: User, team: Team, port: int):
    """F17: of a connection that breaks nobody can know whether it broke before or after."""
    before = len(ledger(port))
    made = begin(designer, team, "gateway", ["reset,unpaid"])["reset,unpaid"]
    work(20)
    made.refresh_from_db()
    assert (told(made), made.held, made.trouble["sentence"]) == ("unknown unknown", PRICE, NO_ANSWER)
    assert len(ledger(port)) == before


def test_every_row_is_here_and_so_is_every_drill():
    assert {f"F{number}" for number in range(1, 37)} <= {*MATRIX, *WAITING}
    here = {drill.name for row in MATRIX for dialect in QUICK for drill in drills_of(row, dialect)}
    apart = {*BESIDE, *(name for some in WAITING.values() for name in some)}
    assert set(DRILLS) == here | {name.rpartition(" ")[2] for name in apart}
