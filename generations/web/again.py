"""A request once more: as it is stored, references included, with the engine at the account that it had."""

from uuid import UUID

from generations.catalogue.request import GenerationRequest
from generations.models import Collection, Generation, Token
from generations.offers import Offer
from generations.pipeline.start import Order, start
from generations.web.requests import Whoever


def again(
    who: Whoever, generation: Generation, asked: GenerationRequest, offer: Offer, key: UUID, token: Token | None = None
) -> Generation:
    """Raises Refused and KeyUsed like any other."""
    private = generation.private or who.team.private
    return start(Order(who.user, who.team, asked, offer, key, private, place(who, generation), parent=generation, token=token))


def place(who: Whoever, generation: Generation) -> Collection | None:
    """Where the first one's images lie, unless that is somebody else's own."""
    wanted = generation.collection_id
    return Collection.objects.seen_by(who.user, who.team).filter(pk=wanted).first() if wanted else None
