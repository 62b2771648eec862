"""Paid, and it did not come.

What counts is what was really charged. A provider that makes three of four pictures and charges three has wasted nothing; one whose
link is dead, that sends what is no picture, or that charges four by its own count, has. Where a provider tells one sum for all and no
count, nobody knows the share of a picture that it never made: then only pictures that it made and we did not get are counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from generations.models import Attempt, Charge, Entry, ImageStatus

CAME = ~Q(images__sha256="")  # whatever became of it since
MADE = ~Q(images__status=ImageStatus.MISSING)
COMING = Q(images__status=ImageStatus.COMING)


@dataclass(frozen=True)
class Loss:
    attempt: int
    generation: int
    whose: tuple[int, str, int]  # person, engine, account
    asked: int
    billed: int | None
    came: int
    made: int
    charged: int

    @property
    def paid(self) -> int:
        """Pictures that were charged; as many as were asked for, where nobody has told."""
        told = self.made if self.billed is None else min(self.billed, max(self.made, self.asked))
        return max(told, self.came) or self.asked

    @property
    def wasted(self) -> int:
        return self.charged * (self.paid - self.came) // self.paid if self.paid else self.charged


def losses(attempts: QuerySet[Attempt]) -> Iterator[Loss]:
    """Of these attempts, in their order."""
    rows = counted(attempts).values_list(
        *("pk", "generation_id", "generation__user", "generation__engine", "account", "generation__images_asked", "billed"),
        *("came", "made", "charged"),
    )
    for pk, generation, user, engine, account, asked, billed, came, made, charged in rows.iterator():
        loss = Loss(pk, generation, (user, engine, account), asked, billed, came, made, int(charged))
        if loss.paid > came:
            yield loss


def counted(attempts: QuerySet[Attempt]) -> QuerySet[Attempt, Any]:
    """Grouped by few columns: raw answers would be compared byte for byte."""
    settled = Entry.objects.filter(attempt=OuterRef("pk"), kind=Entry.Kind.SETTLE).order_by().values("attempt")
    charged = Coalesce(Subquery(settled.annotate(sum=Sum("amount")).values("sum")), 0)
    came, made, coming = (Count("images", filter=which) for which in (CAME, MADE, COMING))
    rows = attempts.filter(charge=Charge.YES).values("pk", "generation", "account", "billed").annotate(came=came, made=made, coming=coming)
    short = Q(came=0) | Q(made__gt=F("came")) | Q(billed__gt=F("came"))
    # a price that nobody has said is no reason to think that nothing was charged
    return rows.annotate(charged=charged).filter(short, Q(charged__gt=0) | Q(generation__price=None), coming=0)
