"""Who looks at the cards, and what they may do with them."""

from functools import cached_property

from django.middleware.csrf import get_token
from django.utils.translation import gettext as _

from generations.access import decides
from generations.catalogue import get_engine
from generations.compose.said import say
from generations.models import Generation, Role
from generations.offers import Offer, offers
from generations.pipeline.approval import needed
from generations.pipeline.money import format_money, worst, worth
from generations.pipeline.rules import against_team
from generations.web.requests import StudioRequest
from generations.web.speeds import Speeds, usual_seconds


class Reader:
    def __init__(self, request: StudioRequest) -> None:
        self.request = request
        self.user, self.team, self.membership = request.user, request.team, request.membership

    @cached_property
    def token(self) -> str:
        """For the forms of all tiles."""
        return get_token(self.request)

    @cached_property
    def makes(self) -> bool:
        return self.membership.may(Role.DESIGNER)

    @property
    def administrates(self) -> bool:
        return self.membership.may(Role.ADMIN)

    def decides(self, generation: Generation) -> bool:
        """Over somebody else's request only administrators."""
        return decides(self.membership, generation)

    def forbids_again(self, generation: Generation) -> str:
        """Why this person may not have it sent a second time: that is spending like any other."""
        for problem in against_team(self.team):
            return say(problem)
        if needed(self.membership, worth(generation, generation.images_asked)):
            return _("This costs more than %(limit)s, so a team administrator has to do it.") % {"limit": format_money(self.team.ask_above)}
        return ""

    # --- what it would cost ---

    @cached_property
    def offered(self) -> dict[tuple[str, int], Offer]:
        return {(offer.engine.id, offer.account.pk): offer for offer in offers() if self.team.uses(offer.engine.id)}

    def offer(self, generation: Generation) -> Offer | None:
        """The same engine at the same account, as it would be used now."""
        return self.offered.get((generation.engine, generation.account_id))

    def price(self, generation: Generation, images: int | None = None) -> int | None:
        """Of sending it once more, as a whole or for so many images."""
        offer, request = self.offer(generation), generation.asked()
        if offer is None or offer.price is None:
            return None
        return worst(request.with_(images=images or request.images), offer.engine, offer.price)

    # --- how long it takes ---

    @cached_property
    def speeds(self) -> Speeds:
        return usual_seconds()

    def seconds(self, generation: Generation) -> int | None:
        engine = get_engine(generation.engine)
        return self.speeds.get((generation.engine, generation.account_id), engine.seconds if engine else None)
