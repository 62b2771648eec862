"""Two paid calls of one request have been taken on: nobody waited for the first any more, it was sent again, and both were answered.

A request ends once, so the earlier call gets a request of its own, with the money that is held for it. Nothing sends that one again.
"""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from generations.models import Attempt, Charge, Generation, Outcome, Reference, Status
from generations.pipeline import money
from generations.pipeline.fence import moved

SAME = (
    *("team", "user", "private", "collection", "digest", "request", "engine", "prompt", "images_asked", "width", "height"),
    *("account", "price"),
)


def apart(attempt: Attempt) -> Generation:
    """In one transaction with reading its answer. The request that it comes from stays as it is, but for its money."""
    whole, now = attempt.generation, timezone.now()
    money.lock(whole)
    told: dict[str, Any] = {name: getattr(whole, name) for name in SAME}
    told |= {"trouble": attempt.trouble, "sent_at": attempt.sent_at or whole.sent_at, "finished_at": now, "stopped_at": now}
    own = Generation.objects.create(**told, parent=whole, request_key=uuid4(), status=Status.UNKNOWN)
    Reference.objects.bulk_create(
        Reference(generation=own, position=one.position, upload_id=one.upload_id) for one in whole.references.all()
    )
    mine = Attempt.objects.filter(pk=attempt.pk, generation=whole, outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN, answer_status=None)
    moved(bool(mine.update(generation=own, number=1)))
    attempt.generation, attempt.number = own, 1
    money.carry(whole, attempt, attempt)
    moved(whole.show(**money.totals(whole)))
    moved(own.show(**money.totals(own)))
    return own
