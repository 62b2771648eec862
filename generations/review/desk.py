"""What a reviewer has before them: a list, one image of it, and what comes before and after that one."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from generations.catalogue import ENGINES, Engine
from generations.models import Decision, Image, Role, User, Verdict
from generations.models.images import ImageSet
from generations.review.chosen import Chosen
from generations.review.lists import MOST, Line, count, line, readable, siblings
from generations.review.subject import Subject, mark
from generations.web import words
from generations.web.requests import StudioRequest
from generations.web.shapes import shape

SIDE = 8  # images on each side
RECENT = timedelta(minutes=15)  # so long U takes back what one decided last
LONGEST = 120  # letters of the prompt that name a picture


@dataclass(frozen=True)
class Thumb:
    image: Image
    query: str
    here: bool = False

    @property
    def address(self) -> str:
        return address(self.query, self.image)

    @property
    def shape(self) -> str:
        return shape(self.image.width, self.image.height)

    @property
    def text(self) -> str:
        return words.short(self.image.generation.prompt, LONGEST)

    @property
    def mark(self) -> str:
        return mark(self.image)


def address(query: str, image: Image | None = None) -> str:
    said = "&".join(filter(None, [query, f"image={image.uid}" if image else ""]))
    return f"{reverse('review')}{f'?{said}' if said else ''}"


@dataclass(frozen=True)
class Desk:
    """Asked for as the template needs it."""

    request: StudioRequest
    chosen: Chosen
    line: Line
    image: Image | None

    @cached_property
    def subject(self) -> Subject | None:
        return Subject(self.request, self.image) if self.image else None

    @property
    def query(self) -> str:
        return self.chosen.query

    @property
    def here(self) -> str:
        return address(self.query, self.image)

    # --- its neighbours ---

    @cached_property
    def before(self) -> list[Image]:
        """In the order of the list: the nearest is the last."""
        return list(brief(self.line.before(self.image))[:SIDE])[::-1] if self.image else []

    @cached_property
    def after(self) -> list[Image]:
        return list(brief(self.line.after(self.image))[:SIDE]) if self.image else []

    @property
    def thumbs(self) -> list[Thumb]:
        here = [Thumb(self.image, self.query, True)] if self.image else []
        return [*(Thumb(one, self.query) for one in self.before), *here, *(Thumb(one, self.query) for one in self.after)]

    @property
    def previous(self) -> str:
        return address(self.query, self.before[-1]) if self.before else ""

    @property
    def next(self) -> str:
        return address(self.query, self.after[0]) if self.after else ""

    @cached_property
    def others(self) -> list[Image]:
        return siblings(self.request, self.image) if self.image else []

    @property
    def whole(self) -> str:
        """Everything of this request that waits, in one field."""
        return " ".join(mark(one) for one in [self.image, *self.others] if one)

    @property
    def beside(self) -> Image | None:
        """To compare it with: from the same request, or else the nearest one."""
        return next(iter([*self.others, *self.after, *self.before[::-1]]), None)

    # --- how many ---

    @cached_property
    def total(self) -> int:
        return count(self.line.rows)

    @cached_property
    def place(self) -> int:
        """In the list; 0 where it is none of it any more."""
        if not self.image or not self.line.rows.filter(pk=self.image.pk).exists():
            return 0
        return 1 + (count(self.line.before(self.image)) if len(self.before) == SIDE else len(self.before))

    @property
    def counted(self) -> tuple[str, str]:
        return figure(self.place), figure(self.total)

    @property
    def waiting(self) -> str:
        whole = self.chosen.list == "waiting" and not self.chosen.filters
        found = self.total if whole else count(line(self.request, Chosen()).rows)
        return figure(found) if found else ""

    # --- what may be done ---

    @property
    def decides(self) -> bool:
        return self.request.membership.may(Role.REVIEWER)

    @cached_property
    def undo(self) -> str:
        """What this reviewer decided last, as long as it stands and is fresh."""
        if not self.decides:
            return ""
        own = Decision.objects.filter(user=self.request.user, image__team=self.request.team, image__decision=F("pk"))
        last = own.exclude(verdict=Verdict.UNDONE).select_related("image").order_by("-pk").first()
        return f"{last.image.uid}:{last.number}" if last and last.at > timezone.now() - RECENT else ""

    # --- filters ---

    @cached_property
    def people(self) -> list[tuple[int, str]]:
        """Members, and whoever has something in the list though they are none any more."""
        here = line(self.request, self.chosen.bare).rows.values("user")[:MOST]
        found = User.objects.filter(Q(pk__in=self.request.team.members.values("pk")) | Q(pk__in=here))
        return list(found.order_by("name", "pk").values_list("pk", "name"))

    @property
    def engines(self) -> list[Engine]:
        return list(ENGINES.values())


def figure(found: int) -> str:
    return f"{found}" if found <= MOST else f"{MOST}+"


def brief(images: ImageSet) -> ImageSet:
    return images.select_related("generation", "decision")


def whole(images: ImageSet) -> ImageSet:
    """Without the raw answer, which may be long."""
    found = images.select_related("generation__account", "user", "asked_by", "attempt", "decision", "team")
    return found.prefetch_related("generation__images").defer("attempt__answer", "attempt__sent")


def desk(request: StudioRequest, chosen: Chosen, uid: UUID | None = None) -> Desk:
    """At one image, or at the first of the list."""
    found = line(request, chosen)
    rows = readable(request, Image.objects.stored().kept().filter(uid=uid)) if uid else found.rows
    return Desk(request, chosen, found, whole(rows).first())
