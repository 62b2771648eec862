"""What the pipeline's bench lets a studio do: `python -m generations.bench.load WHAT PORT`, inside the throw-away studio."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from time import perf_counter, sleep
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from generations.bench.pipeline import AT_ONCE, COUNT, TAKES  # noqa: E402
from generations.catalogue import ENGINES  # noqa: E402
from generations.catalogue.request import GenerationRequest  # noqa: E402
from generations.connecting import client_of  # noqa: E402
from generations.media.arrival import Taken  # noqa: E402
from generations.models import Attempt, Generation, Image, ProviderAccount, Role, Team, User  # noqa: E402
from generations.offers import Offer  # noqa: E402
from generations.people import add_member, add_person  # noqa: E402
from generations.pipeline.collect import Wanted, bring  # noqa: E402
from generations.pipeline.start import Order, start  # noqa: E402

PROMPT = f"[drill:takes={TAKES:g}] a red kite above terraced tea fields"
ENGINE = {"gateway": "gateway/seedream-4.0", "tensorslab": "tensorslab/seedream-4.5"}
TRICKLE, GAP = 30, 0.4


def person() -> tuple[User, Team]:
    team, new = Team.objects.get_or_create(name="Bench", slug="bench")
    if new:
        add_member(add_person("bench@example.com", "Bench"), team, Role.DESIGNER)
    return User.objects.get(), team


def order(dialect: str, port: str, images: int = 1, tier: str = "2K") -> Order:
    engine = ENGINES[ENGINE[dialect]]
    shape = {"dialect": dialect, "address": f"http://127.0.0.1:{port}/{dialect}", "private": True}
    limits = {"in_flight": AT_ONCE, "per_minute": 30_000}
    account, new = ProviderAccount.objects.update_or_create(name=dialect, defaults={**shape, **limits})
    if new:
        account.keep_key("bench-key-of-a-throw-away-studio")
        account.save()
    request = GenerationRequest(engine.id, PROMPT, ratio="1:1", tier=tier, images=images)
    return Order(*person(), request, Offer(engine, account, 30_000), uuid4())


def begin(count: int, dialect: str, port: str, gap: float = 0, **options: int | str) -> list[float]:
    """Milliseconds that each click took."""
    taken = []
    for _click in range(count):
        wanted = order(dialect, port, **options)  # type: ignore[arg-type]
        began = perf_counter()
        start(wanted)
        taken.append((perf_counter() - began) * 1000)
        sleep(gap)
    return taken


def wait() -> None:
    while Generation.objects.running().exists():
        sleep(0.1)
    ends = set(Generation.objects.values_list("status", flat=True))
    if ends != {"done"}:
        raise SystemExit(f"Not everything came: {ends}")


def measure(dialect: str, port: str) -> dict[str, float]:
    began = perf_counter()
    clicks = begin(COUNT, dialect, port)
    wait()
    wall = perf_counter() - began
    images = Image.objects.filter(generation__engine=ENGINE[dialect]).order_by("-pk")
    alone = fetch(list(images[:COUNT]))
    begin(TRICKLE, dialect, port, GAP)
    wait()
    return {"wall": wall, "alone": alone, "submit": p95(clicks), "visible": p95(list(lags(images[:TRICKLE])))}


def lags(images: Iterable[Image]) -> Iterator[float]:
    """From the provider's end to the moment that a page would show it."""
    for image in images:
        sent = Attempt.objects.get(pk=image.attempt_id).sent_at
        if sent and image.stored_at:
            yield (image.stored_at - sent).total_seconds() - TAKES


def fetch(images: list[Image]) -> float:
    """Downloads and smaller sizes of all of them, with nothing else going on."""
    client = client_of(images[0].generation.account)
    wanted = [Wanted(client, str(uuid4()), "", image.index, image.link) for image in images]
    began = perf_counter()
    with client.way, ThreadPoolExecutor(12) as threads:
        if not all(isinstance(one, Taken) for one in threads.map(bring, wanted)):
            raise SystemExit("Not everything could be fetched.")
    return perf_counter() - began


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    what, port = sys.argv[1:3]
    if what == "warm":
        begin(2, "gateway", port)
        begin(2, "tensorslab", port)
        wait()
    elif what == "many":
        begin(int(sys.argv[3]) // 4, "gateway", port, images=4, tier="1K")
        wait()
    else:
        print(json.dumps(measure(what, port)))  # noqa: T201
