"""Who looks at the cards, and what they may do with them."""

from dataclasses import dataclass
from functools import cached_property

from generations.catalogue import get_engine
from generations.compose.engines import Speeds, usual_seconds
from generations.models import Generation, Membership, Role, Team, User
from generations.offers import Offer, offers
from generations.pipeline.money import worst
from generations.web.requests import StudioRequest


@dataclass(frozen=True)
class Reader:
    user: User
    team: Team
    membership: Membership

    @classmethod
    def of(cls, request: StudioRequest) -> "Reader":
        return cls(request.user, request.team, request.membership)

    @property
    def administrates(self) -> bool:
        return self.membership.may(Role.ADMIN)

    @cached_property
    def makes(self) -> bool:
        return self.membership.may(Role.DESIGNER)

    def decides(self, generation: Generation) -> bool:
        """Over somebody else's request only administrators."""
        return self.makes and (generation.user_id == self.user.pk or self.administrates)

    @cached_property
    def offered(self) -> dict[tuple[str, int], Offer]:
        return {(offer.engine.id, offer.account.pk): offer for offer in offers()}

    def offer(self, generation: Generation) -> Offer | None:
        """The same engine at the same account, as it would be used now."""
        return self.offered.get((generation.engine, generation.account_id))

    @cached_property
    def speeds(self) -> Speeds:
        return usual_seconds()

    def seconds(self, generation: Generation) -> int | None:
        """What it usually takes."""
        engine = get_engine(generation.engine)
        return self.speeds.get((generation.engine, generation.account_id), engine.seconds if engine else None)

    def price(self, generation: Generation, images: int | None = None) -> int | None:
        """What sending it once more may cost, as a whole or for so many images."""
        offer, request = self.offer(generation), generation.asked()
        if offer is None or offer.price is None:
            return None
        return worst(request.with_(images=images or request.images), offer.engine, offer.price)
