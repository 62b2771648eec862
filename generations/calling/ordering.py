"""A program's call becomes a generation. The same call again is the same generation, wherever the program or its key says that it is."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from generations.calling import references
from generations.calling.caller import Caller
from generations.calling.routing import Route, routes, spares
from generations.calling.wish import Wish
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest
from generations.catalogue.settle import Field, fates, settle
from generations.models import Generation
from generations.offers import Offer
from generations.pipeline import approval, money, rules
from generations.pipeline.start import KeyUsed, Order, Refused, start
from generations.providers.preview import foresee

KEYS = UUID("6f0d2c1e-5b7a-4d0e-9a43-1c6f5d2b8e70")  # beside all other requests
AGAIN = timedelta(minutes=15)  # longer than any program tries
MISSED = timedelta(seconds=10)  # an answer that was taken so lately may not have reached its program

Look = Callable[[], Generation | None]


def order(caller: Caller, wish: Wish, look: Look = lambda: None) -> Generation:
    """Started, or the one that it repeats. Raises Refused, KeyUsed, Unfit.

    References may take a minute to fetch, and the program may have hung up or called again meanwhile. So the last thing before anything
    is written is `look`, which raises if nobody is there any more, or finds what this call turns out to repeat.
    """
    digest = digest_of(caller, wish)
    if found := earlier(caller, wish, digest):
        return found
    ways = route(caller, wish, references.take)
    wanted = written(caller, wish, digest, ways)
    with alone(caller):
        return look() or earlier(caller, wish, digest) or start(wanted)


def written(caller: Caller, wish: Wish, digest: str, ways: list[Route]) -> Order:
    first = ways[0]
    return Order(
        user=caller.user,
        team=caller.team,
        request=first.request,
        offer=first.offer,
        key=key_of(caller, wish),
        private=caller.team.private if wish.private is None else wish.private,
        collection=wish.collection,
        parent=wish.parent,
        token=caller.token,
        said=digest,
        spares=tuple(spares(ways, caller.membership)),
    )


def route(caller: Caller, wish: Wish, take: references.Taker) -> list[Route]:
    """What can be known to be wrong without its references is said before any of them is fetched."""
    asked, given = wish.asked, wish.asked.references
    found = routes(asked.wire_id, asked.request.with_(references=references.stand_ins(given)), caller.team, wish.door)
    if not given:
        return found
    return routes(asked.wire_id, asked.request.with_(references=take(caller, given)), caller.team, wish.door)


# --- once ---


@contextmanager
def alone(caller: Caller) -> Iterator[None]:
    """One person's calls look and write one after the other, or two tries at one moment would both find nothing. `start` locks the same."""
    with transaction.atomic():
        rules.member(caller.user, caller.team)
        yield


def earlier(caller: Caller, wish: Wish, digest: str) -> Generation | None:
    if wish.key:
        found = Generation.objects.filter(user=caller.user, request_key=key_of(caller, wish)).first()
        if found and found.digest != digest:
            raise KeyUsed
        return found
    return repeated(caller, digest) if wish.again else None


def repeated(caller: Caller, digest: str) -> Generation | None:
    """Of several that say the same, the first whose end its program has not heard; otherwise one whose end was told a moment ago.

    What was told before that was heard. Then the call that is tried again is another, which was turned away before it was begun.
    """
    now = timezone.now()
    alike = Generation.objects.filter(token=caller.token, digest=digest, created_at__gt=now - AGAIN)
    return alike.filter(answered_at=None).order_by("pk").first() or alike.filter(answered_at__gt=now - MISSED).order_by("-pk").first()


def answered(generation: Generation) -> None:
    """Its program was told the end: another call that says the same is meant for another."""
    Generation.objects.filter(pk=generation.pk, answered_at=None).update(answered_at=timezone.now())


def key_of(caller: Caller, wish: Wish) -> UUID:
    if not wish.key:
        return uuid4()
    return uuid5(KEYS, json.dumps([caller.user.pk, caller.team.pk, wish.door, wish.key]))


def digest_of(caller: Caller, wish: Wish) -> str:
    """Of everything that was asked for, and of who asked it through which door."""
    asked = wish.asked
    given = [one if isinstance(one, str) else sha256(one).hexdigest() for one in asked.references]
    place = [wish.private, wish.collection.pk if wish.collection else None, wish.parent.pk if wish.parent else None]
    said: list[Any] = [caller.team.pk, wish.door, asked.wire_id, asked.request.store(), given, asked.inline, place]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


# --- before it is paid ---


@dataclass(frozen=True)
class Examined:
    """What would happen, and what is wrong with it. Nothing was written, nothing was paid."""

    problems: Sequence[Problem] = ()
    left: int | None = None  # of the budget, before it; None: no limit
    asks: bool = False  # a team administrator would have to say a word first
    routes: Sequence[Route] = ()  # who would make it, and who after that
    price: int | None = None  # the most it may cost, in millionths; None where nobody has said
    fates: Sequence[Field] = ()  # what becomes of each field
    call: dict[str, Any] | None = None  # as it goes out, without key and pictures

    @property
    def offer(self) -> Offer | None:
        return self.routes[0].offer if self.routes else None

    @property
    def request(self) -> GenerationRequest | None:
        """With what is not taken left out."""
        return settle(self.routes[0].request, self.routes[0].offer.engine) if self.routes else None


def examine(caller: Caller, wish: Wish) -> Examined:
    try:
        found = route(caller, wish, references.look)
    except Refused as refused:
        return turned_away(caller, refused.problems)
    first, now = found[0], money.left(caller.team, caller.user)
    engine = first.offer.engine
    return Examined(
        problems=(*rules.against_team(caller.team), *short(caller, first.cost, now)),
        left=now.left,
        asks=approval.needed(caller.membership, first.cost),
        routes=found,
        price=None if first.offer.price is None else first.cost,
        fates=fates(first.request, engine),
        call=foresee(first.request, engine, first.offer.account.base),
    )


def turned_away(caller: Caller, problems: Sequence[Problem]) -> Examined:
    return Examined((*rules.against_team(caller.team), *problems), money.left(caller.team, caller.user).left)


def short(caller: Caller, cost: int, now: money.Left) -> list[Problem]:
    if not cost or now.left is None or cost <= now.left:
        return []
    return [money.shortage(Generation(team=caller.team), cost, now)]
