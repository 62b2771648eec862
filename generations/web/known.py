"""What every page says of an image that shows one large."""

from dataclasses import dataclass
from functools import cached_property

from generations.models import Generation, Image
from generations.web import facts, filtered, words
from generations.web.requests import StudioRequest


@dataclass(frozen=True)
class Known:
    """Asked for as the template needs it, so that what a page does not show costs nothing."""

    request: StudioRequest
    image: Image

    @property
    def generation(self) -> Generation:
        return self.image.generation

    @property
    def prompt(self) -> str:
        return words.visible(self.generation.prompt)

    @property
    def size(self) -> str:
        return words.size(self.image.bytes)

    @property
    def engine(self) -> str:
        return facts.engine_name(self.image.engine)

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
    def findings(self) -> list[filtered.Finding]:
        return filtered.findings(self.image)
