"""Whose token this is, and what is left to spend."""

from datetime import date
from uuid import UUID

from ninja import Router
from pydantic import Field

from generations.api.frame import ApiRequest, Example, operation
from generations.api.shapes import Moment, Money, Shape, amount, money
from generations.models import Scope
from generations.pipeline.money import left

router = Router(tags=["Start"])


class TokenShape(Shape):
    id: UUID = Field(validation_alias="uid")
    name: str = Field(examples=["Night render"])
    begins: str = Field(description="Its first letters, to know it by.", examples=["sk-studio-8fK2pQ"])
    scopes: list[Scope] = Field(description="What it is good for. What its person may not do, it may not either.")
    per_minute: int = Field(description="Calls a minute before 429.", examples=[120])
    created_at: Moment
    expires_at: Moment | None


class PersonShape(Shape):
    id: int
    name: str = Field(examples=["Dana Designer"])
    email: str = Field(examples=["dana@example.com"])


class TeamShape(Shape):
    slug: str = Field(examples=["north"])
    name: str = Field(examples=["Studio North"])
    role: str = Field(description="Of this person: viewer, designer, reviewer or admin.", examples=["designer"])


class Spending(Shape):
    spent: Money = Field(description="By the whole team this month.")
    held: Money = Field(description="Set aside for what is on its way or unknown.")
    left: Money | None = Field(description="The tighter of the team's budget and the person's. Null: no limit.")
    team_left: Money | None
    person_left: Money | None
    until: date = Field(description="Then a new month begins.")


class Me(Shape):
    token: TokenShape
    person: PersonShape
    team: TeamShape
    budget: Spending


EXAMPLE = {
    "token": {
        "id": "0f6c7b0e-3f3c-4f0a-9a35-0d1f8f0c2b11",
        "name": "Night render",
        "begins": "sk-studio-8fK2pQ",
        "scopes": ["generate", "read"],
        "per_minute": 120,
        "created_at": "2026-11-02T09:12:44.310Z",
        "expires_at": "2027-01-31T09:12:44.310Z",
    },
    "person": {"id": 7, "name": "Dana Designer", "email": "dana@example.com"},
    "team": {"slug": "north", "name": "Studio North", "role": "designer"},
    "budget": {
        "spent": {"micro": 18_620_000, "currency": "USD"},
        "held": {"micro": 140_000, "currency": "USD"},
        "left": {"micro": 31_240_000, "currency": "USD"},
        "team_left": {"micro": 181_240_000, "currency": "USD"},
        "person_left": {"micro": 31_240_000, "currency": "USD"},
        "until": "2026-12-01",
    },
}


@operation(router, "GET", "/me", scope=Scope.READ, instead=Scope.GENERATE, name="api_me", gives=Me, example=Example(EXAMPLE))
def me(request: ApiRequest) -> Me:
    """Who is calling
    The first call of every script: it says whether the token works, for which team, what it may do and what is left to spend.
    """
    caller = request.auth
    return Me(
        token=TokenShape.model_validate(caller.token, from_attributes=True),
        person=PersonShape(id=caller.user.pk, name=caller.user.name, email=caller.user.email),
        team=TeamShape(slug=caller.team.slug, name=caller.team.name, role=caller.membership.role),
        budget=spending(request),
    )


def spending(request: ApiRequest) -> Spending:
    now = left(request.auth.team, request.auth.user)
    return Spending(
        spent=amount(now.spent),
        held=amount(now.held),
        left=money(now.left),
        team_left=money(now.team_left),
        person_left=money(now.person_left),
        until=now.until,
    )
