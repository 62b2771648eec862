"""What there is to know about the image that is decided about."""

from dataclasses import dataclass
from functools import cached_property

from generations.access import sees_original
from generations.models import Generation, Image, Review
from generations.pipeline import money
from generations.web import facts, filtered, words
from generations.web.opinions import Opinions
from generations.web.requests import StudioRequest
from generations.web.shapes import shape

LONGEST = 120  # letters of the prompt that name a picture


def mark(image: Image) -> str:
    """An image, and the last decision that was seen of it."""
    return f"{image.uid}:{image.decision.number if image.decision else 0}"


@dataclass(frozen=True)
class Subject:
    """Also what `gallery/_delivered.html` needs."""

    request: StudioRequest
    image: Image

    @property
    def generation(self) -> Generation:
        return self.image.generation

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
    def prompt(self) -> str:
        return words.visible(self.generation.prompt)

    @property
    def sender(self) -> str:
        return str(self.image.asked_by or self.image.user)

    @property
    def when(self) -> str:
        return words.moment(self.image.asked_at or self.image.stored_at or self.image.created_at)

    @property
    def engine(self) -> str:
        return facts.engine_name(self.generation.engine)

    @property
    def price(self) -> str:
        share = facts.cost(self.generation).share
        return money.format_money(share) if share is not None else ""

    @cached_property
    def rows(self) -> list[facts.Row]:
        return facts.asked_and_delivered(self.image)

    @property
    def meaning(self) -> str:
        return facts.meaning(self.image)

    @property
    def details(self) -> list[tuple[str, str]]:
        return facts.details(self.image)

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(self.image)

    @property
    def findings(self) -> list[filtered.Finding]:
        return filtered.findings(self.image)

    @property
    def waits(self) -> bool:
        return self.image.review == Review.WAITING

    @property
    def sharp(self) -> bool:
        """May this person look closer than the large copy bears?"""
        return sees_original(self.request.membership, self.image)

    @property
    def size(self) -> str:
        return words.size(self.image.bytes)
