"""The references in the composer: in the order that is sent, with what the chosen engine says to each and what would help."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _

from generations.catalogue.engine import NO_REFERENCES, Engine, References
from generations.catalogue.pictures import picture_problems
from generations.catalogue.request import Reference
from generations.catalogue.sizes import Size
from generations.compose.said import say
from generations.models import Team, Upload
from generations.uploading import mend, shelf
from generations.uploading.keep import MOST_BYTES

NOTHING = Size(0, 0)
GAP = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Mend:
    """A way to make the engine take it, and the size it would have."""

    how: str
    size: Size
    lying: bool


@dataclass(frozen=True)
class Shown:
    place: int
    sha256: str
    upload: Upload | None  # none: it is not the team's, or is gone
    engine: Engine | None

    @cached_property
    def faults(self) -> list[tuple[str, str]]:
        """What is said before and after its number, which changes when it is moved."""
        asked = self.upload.asked() if self.upload else Reference(self.sha256, "", NOTHING, 0)
        problems = picture_problems(self.place, asked, self.engine) if self.engine else ()
        parted = (say(replace(one, values={**one.values, "place": GAP})).partition(GAP) for one in problems)
        return [(before, after) for before, _gap, after in parted]

    @cached_property
    def mends(self) -> list[Mend]:
        if not self.upload or not self.engine:
            return []
        rules = self.engine.references
        lying = self.upload.width > self.upload.height
        return [Mend(how, mend.size_after(how, self.upload, rules), lying) for how in mend.ways(self.upload, rules)]


@dataclass(frozen=True)
class Lane:
    shown: list[Shown]
    engine: Engine | None
    images: int

    @property
    def rules(self) -> References:
        return self.engine.references if self.engine else NO_REFERENCES

    @property
    def full(self) -> bool:
        return len(self.shown) >= self.rules.most

    @property
    def over(self) -> bool:
        return len(self.shown) > self.rules.most or self.together > (self.rules.with_images or self.together)

    @property
    def together(self) -> int:
        return len(self.shown) + self.images

    @property
    def cap(self) -> int:
        return MOST_BYTES

    @property
    def none(self) -> str:
        return _("{engine} takes no references.").format(engine=self.engine.name) if self.engine and not self.rules.most else ""

    @property
    def sum(self) -> str:
        return _("refs {n} + images {m}").format(n=len(self.shown), m=self.images) + " =" if self.rules.with_images else ""

    @property
    def result(self) -> str:
        n = self.together if self.rules.with_images else len(self.shown)
        return _("{n} of {most}").format(n=n, most=self.rules.with_images or self.rules.most)


def lay(team: Team, hashes: Iterable[str], engine: Engine | None, images: object = 1) -> Lane:
    wanted = shelf.once(hashes)
    found = shelf.find(team, wanted)
    shown = [Shown(place, sha, found.get(sha), engine) for place, sha in enumerate(wanted, start=1)]
    return Lane(shown, engine, images if isinstance(images, int) else 1)
