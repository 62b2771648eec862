"""What a scene is asked to draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image

from generations.sandbox.easel.palette import Palette


@dataclass(frozen=True)
class Brief:
    palette: Palette
    chance: Random
    props: frozenset[str] = frozenset()
    pictures: Sequence[Image.Image] = ()

    @property
    def motif(self) -> Image.Image | None:
        return self.pictures[0] if self.pictures else None
