"""How long a request usually takes: by the studio's own latest ones, whoever made them; for engines without any the catalogue tells."""

from statistics import median

from django.core.cache import cache

from generations.models import Generation, Status
from generations.offers import Offer

WATCHED, ENOUGH = 400, 3  # so many of the last generations are looked at; fewer of one engine say nothing
KEPT_FOR = 60  # seconds
Speeds = dict[tuple[str, int], int]


def seconds(offer: Offer, speeds: Speeds) -> int:
    return speeds.get((offer.engine.id, offer.account.pk), offer.engine.seconds)


def usual_seconds() -> Speeds:
    speeds: Speeds | None = cache.get("usual-seconds")
    if speeds is None:
        speeds = measure()
        cache.set("usual-seconds", speeds, KEPT_FOR)
    return speeds


def measure() -> Speeds:
    done = Generation.objects.filter(status=Status.DONE).order_by("-id")
    taken: dict[tuple[str, int], list[float]] = {}
    for engine, account, began, ended in done.values_list("engine", "account", "sent_at", "finished_at")[:WATCHED]:
        if began and ended:
            taken.setdefault((engine, account), []).append((ended - began).total_seconds())
    return {which: max(1, round(median(times))) for which, times in taken.items() if len(times) >= ENOUGH}
