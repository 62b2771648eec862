from typing import Protocol

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from generations.models import Membership, Team, User
from generations.offers import Offer


class StudioRequest(HttpRequest):
    """A request after our middleware: who, in which team, and whether htmx asked. Views take this and nothing looser."""

    id: str
    htmx: HtmxDetails
    user: User  # StrangerMiddleware keeps strangers out
    team: Team
    membership: Membership
    memberships: list[Membership]
    offers: list[Offer]  # once the composer has asked for them


class Whoever(Protocol):
    """A person in a team, by whichever door they came: all that a question about rights needs to know."""

    @property
    def user(self) -> User: ...
    @property
    def team(self) -> Team: ...
    @property
    def membership(self) -> Membership: ...
