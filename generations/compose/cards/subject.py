"""What a card is about: the row, and what hangs on it, as the notes need it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generations.compose.cards.reader import Reader
from generations.compose.line import Place
from generations.models import Attempt, Charge, Generation, Image, ImageStatus
from generations.pipeline.choices import OPEN, can_check


@dataclass(frozen=True)
class Subject:
    generation: Generation
    reader: Reader
    place: Place | None = None

    @cached_property
    def attempts(self) -> list[Attempt]:
        return sorted(self.generation.attempts.all(), key=lambda attempt: attempt.number)

    @property
    def attempt(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @cached_property
    def doubtful(self) -> Attempt | None:
        """The first paid call of which nobody knows whether it was charged."""
        open = (attempt for attempt in self.attempts if attempt.outcome in OPEN and attempt.charge == Charge.UNKNOWN)
        return next(open, None)

    @cached_property
    def images(self) -> Sequence[Image]:
        """Of an earlier attempt only what came."""
        last = self.attempt.pk if self.attempt else None
        found = [image for image in self.generation.images.all() if image.status == ImageStatus.STORED or image.attempt_id == last]
        return sorted(found, key=lambda image: (image.attempt_id, image.index))

    @property
    def came(self) -> int:
        return sum(image.status == ImageStatus.STORED for image in self.images)

    @property
    def missing(self) -> int:
        return max(0, self.generation.images_asked - self.came)

    @property
    def completion(self) -> Generation | None:
        """The request for what is missing, on its way or done."""
        return next((one for one in self.generation.completing if one.images_asked == self.missing), None)  # type: ignore[attr-defined]

    @cached_property
    def checkable(self) -> bool:
        return can_check(self.generation, self.doubtful)

    @property
    def task(self) -> str:
        return next((attempt.task for attempt in reversed(self.attempts) if attempt.task), "")
