"""Do the studio's rows, the provider's ledger and what people were told agree? `python -m tests.soak.books`, inside the studio.

Reads a JSON object with `clicks` and `ledger`, and prints another with what is wrong and how things ended.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import file_digest
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from generations import journal  # noqa: E402
from generations.catalogue import ENGINES  # noqa: E402
from generations.dialects import get_dialect  # noqa: E402
from generations.dialects.dialect import Dialect  # noqa: E402
from generations.dialects.transfer import deliver  # noqa: E402
from generations.media import names, spool  # noqa: E402
from generations.media.store import store  # noqa: E402
from generations.models import RUNNING, Attempt, Generation, Image, ImageStatus, Outcome, Status  # noqa: E402
from generations.pipeline import money  # noqa: E402
from generations.sandbox.counter.look import look  # noqa: E402
from generations.sandbox.order import digest  # noqa: E402
from generations.sandbox.weather.choice import without  # noqa: E402
from generations.sandbox.world import World  # noqa: E402

CAME = (Status.DONE, Status.PARTIAL)
FREE = (Status.REFUSED, Status.CANCELLED)
Line = dict[str, Any]


def faults(clicks: list[Line], ledger: list[Line]) -> Iterator[str]:
    yield from clicked(clicks)
    yield from paid(ledger)
    for generation in Generation.objects.order_by("pk").prefetch_related("images", "attempts"):
        yield from (f"{generation.pk} {generation.status}: {fault}" for fault in odd(generation))
    yield from money.audit()
    flaw = journal.verify()
    yield from [flaw.sentence] if flaw else []


def clicked(clicks: list[Line]) -> Iterator[str]:
    """Whoever was told that it arrived has a row; and nobody has two, however often they clicked."""
    rows = Counter(map(str, Generation.objects.values_list("request_key", flat=True)))
    for click in clicks:
        if rows[click["key"]] > 1 or (click["arrived"] and not rows[click["key"]]):
            yield f"{click['key']} arrived: {click['arrived']}, rows: {rows[click['key']]}"
    strangers = set(rows) - {click["key"] for click in clicks}
    yield from (f"nobody clicked {key}" for key in strangers)


def paid(ledger: list[Line]) -> Iterator[str]:
    """A click is at most one line at the provider; what came is exactly one, and what is said to be free is none.

    A provider that knows our keys would have told of its line, had it been asked.
    """
    lines = Counter(line["digest"] for line in ledger)
    for generation in Generation.objects.order_by("pk"):
        count = lines.pop(known_as(generation), 0)
        if count and generation.status == Status.UNKNOWN and dialect_of(generation).IDEMPOTENT:
            yield f"{generation.pk} is in the ledger, and nobody asked about it"
        if count > 1 or (generation.status in CAME and count != 1) or (generation.status in FREE and count):
            yield f"{generation.pk} {generation.status}: {count} lines in the ledger"
    yield from (f"nobody asked for {mark}" for mark in lines)


def known_as(generation: Generation) -> str:
    """Under which digest the sandbox writes down this request."""
    engine, dialect = ENGINES[generation.engine], dialect_of(generation)
    received = deliver(dialect.write_request(generation.asked(), engine, [], "key"))
    wish = look(World(), dialect.NAME, dialect.read_request(without(received)))
    return digest(wish.asked, wish.request) if hasattr(wish, "asked") else ""


def dialect_of(generation: Generation) -> Dialect:
    return get_dialect(ENGINES[generation.engine].dialect)


def odd(generation: Generation) -> Iterator[str]:
    images = list(generation.images.all())
    stored = [image for image in images if image.status == ImageStatus.STORED]
    if generation.status in RUNNING:
        yield "has not ended"
    if generation.status == Status.DONE and len(stored) < generation.images_asked:
        yield f"{len(stored)} images of {generation.images_asked}"
    if generation.status in CAME and (generation.held or not generation.charged):
        yield f"{generation.held} held, {generation.charged} charged"
    if generation.status in FREE and (generation.held or generation.charged):
        yield f"{generation.held} held, {generation.charged} charged"
    if generation.status == Status.UNKNOWN and not (generation.held and generation.trouble and not generation.charged):
        yield f"{generation.held} held, {generation.charged} charged, {generation.trouble} said"
    for attempt in generation.attempts.all():
        if attempt.outcome == Outcome.SENDING:
            yield "an attempt is still being sent"
        if attempt.outcome == Outcome.UNKNOWN and attempt.answer_status is None and spool.place(str(attempt.key)).exists():
            yield "its answer was saved, and nobody read it"
    for image in stored:
        yield from missing(image)


def missing(image: Image) -> Iterator[str]:
    name = names.original(image.sha256, image.format)
    if not store().has(name):
        yield f"{name} is not there"
        return
    with store().open(name) as file:
        if file_digest(file, "sha256").hexdigest() != image.sha256:
            yield f"{name} is another picture"
    yield from (f"{image} has no copy of {side}" for side in names.SIDES if not store().has(names.derived(image.sha256, side)))


def ends() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for engine, status in Generation.objects.order_by("engine", "status").values_list("engine", "status"):
        dialect = engine.partition("/")[0]
        found[dialect][status] = found[dialect].get(status, 0) + 1
    return found


def unknown() -> list[dict[str, str]]:
    """Named, as the administrator's inbox would."""
    rows = Generation.objects.filter(status=Status.UNKNOWN).order_by("pk")
    return [{"generation": str(row.uid), "engine": row.engine, "said": (row.trouble or {}).get("sentence", "")} for row in rows]


def told(clicks: list[Line], ledger: list[Line]) -> dict[str, Any]:
    sent = Attempt.objects.filter(sent_at__isnull=False).count()
    ended = [at.timestamp() for at in Generation.objects.exclude(finished_at=None).values_list("finished_at", flat=True)]
    return {
        "faults": list(faults(clicks, ledger)),
        "ends": ends(),
        "unknown": unknown(),
        "attempts": sent,
        "ledger": len(ledger),
        "images": Image.objects.stored().count(),
        "ended": sorted(ended),
    }


if __name__ == "__main__":
    print(json.dumps(told(**json.load(sys.stdin))))  # noqa: T201
