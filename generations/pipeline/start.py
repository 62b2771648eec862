"""A request becomes a generation: everything about it is written down in one transaction, or nothing is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from generations import jobs, journal
from generations.catalogue.check import Problem, check, promised_size
from generations.catalogue.problem import _
from generations.catalogue.request import GenerationRequest
from generations.journal import Deed
from generations.models import Attempt, Collection, Generation, Reference, Status, Team, Token, Upload, User
from generations.offers import Offer
from generations.pipeline import approval, money, rules
from generations.pipeline.checkpoint import checkpoint


class Refused(Exception):
    """It cannot be sent as it is. Nothing was written, nothing was charged."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class KeyUsed(Exception):
    """The same form was already sent with other settings."""

    @property
    def sentence(self) -> str:
        """For programs; a form has words of its own."""
        return gettext("This key was already used with another request. Nothing was sent.")


@dataclass(frozen=True)
class Order:
    """Who wants what, from whom."""

    user: User
    team: Team
    request: GenerationRequest
    offer: Offer
    key: UUID
    private: bool = False
    collection: Collection | None = None  # for its images
    parent: Generation | None = None
    batch: UUID | None = None
    token: Token | None = None  # a program asks
    said: str = ""  # a digest of its own: of what it said, not of what became of that
    spares: tuple[dict[str, Any], ...] = ()  # where else it may go

    def digest(self) -> str:
        if self.said:
            return self.said
        collection = self.collection.pk if self.collection else None
        said: list[Any] = [self.team.pk, self.request.store(), self.offer.account.pk, self.private, collection]
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def start(order: Order) -> Generation:
    return start_all([order])[0]


def start_all(orders: Sequence[Order]) -> list[Generation]:
    """All or none. Orders that were already started with the same keys are returned as they are now."""
    if found := earlier(orders):
        return found
    for order in orders:
        examine(order)
    try:
        with transaction.atomic():
            status = admit(orders)
            generations = [write(order, status) for order in orders]
            checkpoint("written")
            for generation in generations:
                record(generation)
            if status == Status.QUEUED:
                jobs.ring("drive")
    except IntegrityError:
        # A second click arrived at the same moment; whoever was first has made the rows.
        if found := earlier(orders):
            return found
        raise
    except money.OverBudget as over:
        raise Refused(over.problem) from None
    checkpoint("committed")
    return generations


def earlier(orders: Sequence[Order]) -> list[Generation]:
    """What these keys already started."""
    keys = {order.key: order for order in orders}
    found = {made.request_key: made for made in Generation.objects.filter(user=orders[0].user, request_key__in=keys)}
    if any(made.digest != keys[key].digest() for key, made in found.items()) or 0 < len(found) < len(keys):
        raise KeyUsed
    return [found[order.key] for order in orders if order.key in found]


def examine(order: Order) -> None:
    problems = check(order.request, order.offer.engine) or missing(order)
    if problems:
        raise Refused(*problems)


def missing(order: Order) -> list[Problem]:
    """References that are not the team's: a stranger's hash proves nothing."""
    wanted = [one.sha256 for one in order.request.references]
    known = set(Upload.objects.filter(team=order.team, sha256__in=wanted).values_list("sha256", flat=True))
    sentence = _("Reference {place} cannot be read; add it again.")
    return [Problem("references", sentence, {"place": place}) for place, one in enumerate(wanted, start=1) if one not in known]


def admit(orders: Sequence[Order]) -> Status:
    """In line at once, or first to whoever decides about dear ones: by what all of them may cost together."""
    found = rules.member(orders[0].user, orders[0].team)
    if problems := list(rules.against(found, orders[0].team, (order.request.engine for order in orders))):
        raise Refused(*problems)
    cost = sum(money.worst(order.request, order.offer.engine, order.offer.price) for order in orders)
    return Status.ASKING if found and approval.needed(found, cost) else Status.QUEUED


def write(order: Order, status: Status) -> Generation:
    request, engine = order.request, order.offer.engine
    size = promised_size(request, engine)
    generation = Generation.objects.create(
        user=order.user,
        team=order.team,
        private=order.private,
        request_key=order.key,
        digest=order.digest(),
        batch=order.batch,
        collection=order.collection,
        parent=order.parent,
        token=order.token,
        spares=list(order.spares),
        request=request.store(),
        engine=request.engine,
        prompt=request.prompt,
        images_asked=request.images,
        width=size.width if size else None,
        height=size.height if size else None,
        account=order.offer.account,
        price=order.offer.price,
        status=status,
        due_at=timezone.now() if status == Status.QUEUED else None,
    )
    attach(generation, order)
    attempt = Attempt.objects.create(generation=generation, number=1, account=order.offer.account, wire_id=engine.wire_id)
    generation.write(**money.hold(generation, money.worst(request, engine, order.offer.price), attempt))
    return generation


def attach(generation: Generation, order: Order) -> None:
    wanted = [one.sha256 for one in order.request.references]
    uploads = {upload.sha256: upload for upload in Upload.objects.filter(team=order.team, sha256__in=wanted)}
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads.values()]).update(used_at=timezone.now())
    Reference.objects.bulk_create(
        Reference(generation=generation, position=place, upload=uploads[sha]) for place, sha in enumerate(wanted, start=1)
    )


def record(generation: Generation) -> None:
    journal.write(
        Deed.GENERATION_START,
        actor=generation.user,
        team=generation.team,
        subject=generation,
        engine=generation.engine,
        images=generation.images_asked,
        held=generation.held,
    )
