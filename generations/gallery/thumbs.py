"""A small picture that leads to the large one."""

from dataclasses import dataclass

from django.urls import reverse

from generations.models import Image
from generations.web.shapes import shape
from generations.web.words import short

LONGEST = 120  # letters of the prompt that name a picture


@dataclass(frozen=True)
class Thumb:
    image: Image
    query: str = ""  # the list it is looked at in
    here: bool = False

    @property
    def address(self) -> str:
        return address(self.image, self.query)

    @property
    def shape(self) -> str:
        return shape(self.image.width, self.image.height)

    @property
    def text(self) -> str:
        return name(self.image)


def address(image: Image, query: str = "") -> str:
    return f"{reverse('image', args=[image.uid])}{f'?{query}' if query else ''}"


def name(image: Image) -> str:
    """For who cannot see it: the words it was made from."""
    return short(image.generation.prompt, LONGEST)
