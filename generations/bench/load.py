"""What the pipeline's bench lets a studio do.

`python -m generations.bench.load WHAT PORT [WEB]`, inside the throw-away studio; the ports are the sandbox's and the web server's.
"""

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

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from generations.bench.browser import Browser  # noqa: E402
from generations.bench.pipeline import AT_ONCE, CLICKS, COUNT, GAP, REST, TAKES, TRICKLE  # noqa: E402
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
ENGINE = {"gateway": "gateway/seedream-4.0", "tensorslab": "tensorslab/seedream-4.5", "apimart": "apimart/seedream-4.0"}
CLICKED = "apimart"  # an account that nothing else is asked of
LATER = f"[drill:takes={3 * TAKES:g}] a red kite above terraced tea fields"  # so that these come when the two hundred are here


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
    """Milliseconds until each was written down."""
    taken = []
    for _order in range(count):
        wanted = order(dialect, port, **options)  # type: ignore[arg-type]
        began = perf_counter()
        start(wanted)
        taken.append((perf_counter() - began) * 1000)
        sleep(gap)
    return taken


def guest(web: str) -> tuple[Browser, str]:
    """Somebody who is signed in, and what their forms are known by."""
    visitor = Client(headers={"host": "127.0.0.1"})
    visitor.force_login(person()[0])
    visitor.get("/")
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in visitor.cookies.items())
    return Browser(int(web), cookie), visitor.cookies[settings.CSRF_COOKIE_NAME].value


def form(port: str, token: str) -> dict[str, str]:
    """Without its key: each click has one of its own."""
    wanted = order(CLICKED, port, tier="1K")
    asked, offer = wanted.request, wanted.offer
    sheet = {"engine": f"{offer.engine.id}@{offer.account.pk}", "prompt": LATER, "images": "1", "ratio": asked.ratio, "tier": asked.tier}
    return {**sheet, "csrfmiddlewaretoken": token}


def click(browser: Browser, token: str, port: str) -> Iterator[float]:
    """Milliseconds from each click on Generate to the answer, which leaves once the row is committed."""
    line, sheet = browser.connect(b"302"), form(port, token)
    for _click in range(CLICKS):
        yield browser.post(line, "/generate/", {**sheet, "key": str(uuid4())}) * 1000
        sleep(REST)
    line.wire.close()


def warm(browser: Browser) -> None:
    """Until both web processes have drawn the page once."""
    for _time in range(600):
        try:
            browser.load(["/"] * 40, 4)
            return
        except OSError:
            sleep(0.1)
    raise SystemExit("The web server does not answer.")


def wait(**which: str) -> None:
    while Generation.objects.running().filter(**which).exists():
        sleep(0.1)
    ends = set(Generation.objects.filter(**which).values_list("status", flat=True))
    if ends != {"done"}:
        raise SystemExit(f"Not everything came: {ends}")


def measure(dialect: str, port: str, web: str) -> dict[str, float]:
    browser, token = guest(web)
    warm(browser)
    began = perf_counter()
    orders = begin(COUNT, dialect, port)
    clicks = list(click(browser, token, port))
    wait(engine=ENGINE[dialect])
    wall = perf_counter() - began
    wait()
    images = Image.objects.filter(generation__engine=ENGINE[dialect]).order_by("-pk")
    alone = fetch(list(images[:COUNT]))
    begin(TRICKLE, dialect, port, GAP)
    wait()
    return {"wall": wall, "alone": alone, "clicked": p95(clicks), "ordered": p95(orders), "visible": p95(list(lags(images[:TRICKLE])))}


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
        print(json.dumps(measure(what, port, sys.argv[3])))  # noqa: T201
