"""Books to measure on: requests that ended in every way, with their calls, images and money, over more than a year.

`python -m generations.bench.ledger REQUESTS` fills a studio that is empty, sums it up, and says as JSON how long that took.
"""

import json
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from time import perf_counter
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from generations import accounting  # noqa: E402
from generations.accounting import Day, recount  # noqa: E402
from generations.catalogue import ENGINES  # noqa: E402
from generations.catalogue.request import GenerationRequest  # noqa: E402
from generations.models import (  # noqa: E402
    Attempt,
    Charge,
    Dialect,
    Entry,
    Generation,
    Image,
    ImageStatus,
    Outcome,
    ProviderAccount,
    Review,
    Role,
    Status,
    Team,
    User,
)
from generations.people import add_member, add_person  # noqa: E402

DAYS = 500
AT_ONCE = 5_000
PRICE = 35_000
ENDINGS = (*[Status.DONE] * 16, Status.PARTIAL, Status.REFUSED, Status.FAILED, Status.UNKNOWN)
BUSY = 2_000  # requests of one team on its busiest day
TIMES = 20

chance = random.Random(20261120)  # noqa: S311  # the same books every time


def fill(count: int) -> None:
    accounts = {str(name): ProviderAccount.objects.create(name=f"Sandbox {name}", dialect=name, sandbox=True) for name in Dialect}
    people, now = list(members()), timezone.now()
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        made = [now - timedelta(days=DAYS * (1 - number / count)) for number in numbers]
        write([request(number, at, accounts, *chance.choice(people)) for number, at in zip(numbers, made, strict=True)])


def members() -> Iterator[tuple[User, Team]]:
    """Eight in the team that is measured, two in each of the others."""
    for number in range(20):
        team = Team.objects.get_or_create(slug=f"team-{max(0, number - 6) // 2}", defaults={"name": f"Team {max(0, number - 6) // 2}"})[0]
        user = add_person(f"person{number}@example.com", f"Person {number}", administrator=number == 0)
        add_member(user, team, Role.REVIEWER)
        yield user, team


def request(number: int, at: datetime, accounts: dict[str, ProviderAccount], user: User, team: Team) -> Generation:
    engine = list(ENGINES)[min(int(chance.expovariate(0.6)), 6)]
    status = chance.choice(ENDINGS)
    came = status in (Status.DONE, Status.PARTIAL)
    return Generation(
        team=team, user=user, request_key=UUID(int=number), digest="", request=GenerationRequest(engine, "a kite").store(), engine=engine,
        prompt="a kite", images_asked=2, account=accounts[ENGINES[engine].dialect], status=status, price=PRICE,
        charged=PRICE * 2 if came else 0, created_at=at,
        changed_at=at, sent_at=at, finished_at=at,
    )  # fmt: skip


@transaction.atomic
def write(requests: Sequence[Generation]) -> None:
    Generation.objects.bulk_create(requests, batch_size=500)
    attempts = [Attempt(generation=one, number=1, account=one.account, charge=charge(one), outcome=Outcome.ANSWERED) for one in requests]
    Attempt.objects.bulk_create(attempts, batch_size=500)
    paid = [attempt for attempt in attempts if attempt.generation.charged]
    months = {one.pk: one.created_at.date().replace(day=1) for one in requests}
    entries = [
        Entry(generation=one.generation, attempt=one, kind="settle", amount=one.generation.charged, month=months[one.generation_id])
        for one in paid
    ]
    Entry.objects.bulk_create(entries, batch_size=500)
    Image.objects.bulk_create([image(attempt, index) for attempt in paid for index in range(2)], batch_size=500)


def charge(one: Generation) -> Charge:
    return Charge.YES if one.charged else Charge.UNKNOWN if one.status == Status.UNKNOWN else Charge.NO


def image(attempt: Attempt, index: int) -> Image:
    one = attempt.generation
    came = index == 0 or one.status == Status.DONE
    return Image(
        generation=one, attempt=attempt, index=index, status=ImageStatus.STORED if came else ImageStatus.LOST, format="jpeg",
        sha256=f"{one.pk * 2 + index:064x}" if came else "", bytes=1_000_000, width=2048, height=2048, team_id=one.team_id,
        user_id=one.user_id, engine=one.engine, created_at=one.created_at, review=chance.choice(["", *Review.values[1:]]) if came else "",
    )  # fmt: skip


# --- what is measured in here ---


def busy() -> Day:
    """Today, with as many requests as one team has ever made in a day."""
    user = User.objects.order_by("pk")[0]
    accounts, now = {one.dialect: one for one in ProviderAccount.objects.all()}, timezone.now()
    first = Generation.objects.count()
    write([request(first + number, now, accounts, user, user.teams.get()) for number in range(BUSY)])
    return Day.of(user.teams.get().pk, now)


def milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def told(count: int) -> dict[str, object]:
    fill(count)
    rebuilt = milliseconds(accounting.rebuild)
    day = busy()
    first = milliseconds(accounting.catch_up)
    again = [milliseconds(lambda: recount(day)) for _time in range(TIMES)]
    Generation.objects.update(changed_at=timezone.now() - timedelta(days=1))
    while accounting.catch_up():
        pass
    idle = [milliseconds(accounting.catch_up) for _time in range(TIMES)]
    visitor = Client(headers={"host": "127.0.0.1"})
    visitor.force_login(User.objects.order_by("pk")[0])
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in visitor.cookies.items())
    return {"cookie": cookie, "rebuilt": rebuilt, "first": first, "again": again, "idle": idle}


if __name__ == "__main__":
    print(json.dumps(told(int(sys.argv[1]))))  # noqa: T201
