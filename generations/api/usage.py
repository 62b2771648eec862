"""What was spent, and what came of it: a team's sums, added up by day, by engine and by person."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import BaseModel, Field

from generations import accounting
from generations.accounting import Sums, add_up, grouped, merged
from generations.api.errors import Wrong
from generations.api.frame import ApiRequest, Example, operation
from generations.api.generation import PersonTold
from generations.api.shapes import Moment, Money, Shape, amount, money
from generations.models import ProviderAccount, Role, Scope, User

router = Router(tags=["Usage"])

FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
MOST = 366  # days in one answer


class SumsTold(Shape):
    requests: int
    delivered: int = Field(description="Images that came.")
    missing: int = Field(description="Images that were taken on and did not come.")
    approved: int
    rejected: int
    broken: int = Field(description="Images that came otherwise than promised.")
    refused: int = Field(description="Requests, as are failed, unknown and empty.")
    failed: int
    unknown: int
    empty: int = Field(description="Paid, and nothing came.")
    spent: Money
    held: Money
    wasted: Money = Field(description="Of what was spent: on nothing.")
    per_approved: Money | None = Field(description="What an approved image costs, with all that was spent.")


class DayTold(SumsTold):
    day: date


class EngineTold(SumsTold):
    engine: str
    account: str


class PersonSums(SumsTold):
    person: PersonTold | None = Field(description="Null: everybody else, as one. Who spent what is for reviewers and team administrators.")


class Usage(Shape):
    since: date
    until: date = Field(description="The last day that is part of it.")
    counted_until: Moment | None = Field(description="Requests that changed later are not in these figures yet. Null: all are.")
    total: SumsTold
    days: list[DayTold] = Field(description="Days on which something was asked for, oldest first.")
    engines: list[EngineTold] = Field(description="The dearest first, as are the people.")
    people: list[PersonSums]


class Period(BaseModel):
    month: str | None = Field(None, pattern=r"^20\d\d-(0[1-9]|1[0-2])$", description="Such as 2026-11; without any of these, this month.")
    since: date | None = Field(None, ge=FIRST, le=LAST, description="The first day, by the studio's clock.")
    until: date | None = Field(None, ge=FIRST, le=LAST, description=f"The last day; at most {MOST} of them.")

    def days(self) -> tuple[date, date]:
        today = timezone.localdate()
        first = date.fromisoformat(f"{self.month}-01") if self.month else today.replace(day=1)
        last = first.replace(day=monthrange(first.year, first.month)[1])
        since, until = self.since or min(first, self.until or first), self.until or max(last, self.since or last)
        if not timedelta() <= until - since < timedelta(days=MOST):
            sentence = _("From the first to the last day there must be 1 to %(most)s.") % {"most": MOST}
            raise Wrong(422, sentence, "invalid", [("until", sentence)])
        return since, until


SUMS: dict[str, Any] = {
    "requests": 42,
    "delivered": 118,
    "missing": 2,
    "approved": 31,
    "rejected": 9,
    "broken": 0,
    "refused": 1,
    "failed": 1,
    "unknown": 0,
    "empty": 0,
    "spent": {"micro": 4_130_000, "currency": "USD"},
    "held": {"micro": 0, "currency": "USD"},
    "wasted": {"micro": 0, "currency": "USD"},
    "per_approved": {"micro": 133_226, "currency": "USD"},
}
EXAMPLE = {
    "since": "2026-11-01",
    "until": "2026-11-30",
    "counted_until": None,
    "total": SUMS,
    "days": [{"day": "2026-11-20", **SUMS}],
    "engines": [{"engine": "apimart/seedream-5.0-lite", "account": "APIMart", **SUMS}],
    "people": [{"person": {"id": 7, "name": "Dana Designer"}, **SUMS}],
}


@operation(router, "GET", "/usage", scope=Scope.READ, name="api_usage", gives=Usage, example=Example(EXAMPLE, query="month=2026-11"))
def get_usage(request: ApiRequest, period: Query[Period]) -> Usage:
    """Get usage
    The team's sums are for all its members. What each person spent is for reviewers and team administrators; everybody else sees their
    own line, and the others as one.
    """
    since, until = period.days()
    rows = accounting.between(request.auth.team, since, until)
    found = grouped(rows, "day", "engine", "account")
    accounts = dict(ProviderAccount.objects.values_list("pk", "name"))
    return Usage(
        since=since,
        until=until,
        counted_until=accounting.behind(request.auth.team),
        total=SumsTold(**told(add_up(sums for _key, sums in found))),
        days=[DayTold(day=day, **told(sums)) for day, sums in sorted(merged(found, lambda key: key[0]), key=lambda one: one[0])],
        engines=[
            EngineTold(engine=engine, account=accounts.get(account, ""), **told(sums))
            for (engine, account), sums in merged(found, lambda key: key[1:])
        ],
        people=list(people(request, grouped(rows, "user"))),
    )


def people(request: ApiRequest, found: list[tuple[Any, Sums]]) -> Iterable[PersonSums]:
    me = request.auth.user
    if not request.auth.membership.may(Role.REVIEWER):
        found = merged(found, lambda user: user if user == me.pk else None)
    names = dict(User.objects.filter(pk__in=[user for user, _sums in found if user]).values_list("pk", "name"))
    for user, sums in found:
        yield PersonSums(person=PersonTold(id=user, name=names[user]) if user else None, **told(sums))


def told(sums: Sums) -> dict[str, Any]:
    counted = ("requests", "delivered", "missing", "approved", "rejected", "broken", "refused", "failed", "unknown", "empty")
    amounts = {name: amount(getattr(sums, name)) for name in ("spent", "held", "wasted")}
    return {name: getattr(sums, name) for name in counted} | amounts | {"per_approved": money(sums.per_approved)}
