"""What there is to know about the image that is decided about."""

from dataclasses import dataclass
from functools import cached_property

from generations.access import sees_original
from generations.models import Image, Review
from generations.pipeline import money
from generations.web import facts, words
from generations.web.known import Known
from generations.web.opinions import Opinions
from generations.web.shapes import shape

LONGEST = 120  # letters of the prompt that name a picture


def mark(image: Image) -> str:
    """An image, and the last decision that was seen of it."""
    return f"{image.uid}:{image.decision.number if image.decision else 0}"


@dataclass(frozen=True)
class Subject(Known):
    """Also what `gallery/_delivered.html` needs."""

    @property
    def mark(self) -> str:
        return mark(self.image)

    @property
    def shape(self) -> str:
        return shape(self.image.width, self.image.height)

    @property
    def name(self) -> str:
        return words.short(self.generation.prompt, LONGEST)

    @property
    def sender(self) -> str:
        return str(self.image.asked_by or self.image.user)

    @property
    def when(self) -> str:
        return words.moment(self.image.asked_at or self.image.stored_at or self.image.created_at)

    @property
    def price(self) -> str:
        share = facts.cost(self.generation).share
        return money.format_money(share) if share is not None else ""

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(self.image, self.request.membership)

    @property
    def waits(self) -> bool:
        return self.image.review == Review.WAITING

    @property
    def approved(self) -> bool:
        return self.image.review == Review.APPROVED

    @property
    def sharp(self) -> bool:
        """May this person look closer than the large copy bears?"""
        return sees_original(self.request.membership, self.image)
