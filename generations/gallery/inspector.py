"""Everything about one image: beside the others in a column, or beside the image itself."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from generations.access import puts_away, sees_original
from generations.dialects.revised import revised_prompt
from generations.gallery.download import SIDES
from generations.gallery.lineage import Lineage, lineage, parent_of
from generations.gallery.listing import Listing, listing
from generations.gallery.sharing import may_share
from generations.gallery.thumbs import Thumb, name
from generations.gallery.tiles import all_badges, own_badges
from generations.media import names
from generations.media.credentials import has_credentials
from generations.media.store import store
from generations.models import Collection, Image, Mark, Reference, Reviewing, Role
from generations.offers import Offer, find_offer
from generations.pipeline.money import worst
from generations.web import facts, seen, words
from generations.web.elsewhere import asked_before
from generations.web.known import Known
from generations.web.opinions import Opinions
from generations.web.requests import StudioRequest

MOST = 12  # collections that are named
WEEK = 7 * 24 * 3600


@dataclass(frozen=True)
class About(Known):
    """Asked for as the template needs it, so that what a page does not show costs nothing."""

    @property
    def name(self) -> str:
        return name(self.image)

    @cached_property
    def revised(self) -> str:
        said = words.visible(revised_prompt(bytes(self.image.attempt.answer or b""), self.image.index))
        return "" if said == self.prompt else said

    @property
    def number(self) -> int:
        """Among the pictures that came together, as their card counts them."""
        return sorted(one.index for one in self.generation.images.all()).index(self.image.index) + 1

    @property
    def total(self) -> int:
        return max(self.generation.images_asked, len(self.generation.images.all()))

    @property
    def when(self) -> str:
        return words.moment(self.image.stored_at or self.image.created_at)

    @property
    def pixels(self) -> str:
        return words.pixels(self.image.width, self.image.height)

    @property
    def megapixels(self) -> str:
        return words.megapixels(self.image.width, self.image.height)

    @cached_property
    def cost(self) -> facts.Cost:
        return facts.cost(self.generation)

    @property
    def seconds(self) -> int | None:
        return facts.seconds(self.image)

    @cached_property
    def asked_before(self) -> str:
        if self.image.attempt.number == 1:
            return ""
        return asked_before(self.generation, self.generation.attempts.select_related("account").order_by("number"))

    @cached_property
    def references(self) -> list[Reference]:
        return list(self.generation.references.select_related("upload"))

    @cached_property
    def lineage(self) -> Lineage:
        return lineage(self.request, self.image, self.place)

    @cached_property
    def listed(self) -> Listing:
        """The list it is looked at in."""
        return listing(self.request, self.image)

    @property
    def place(self) -> str:
        """The same, as links from here say it."""
        return self.listed.query

    @property
    def here(self) -> Thumb:
        return Thumb(self.image, self.place, here=True)

    @cached_property
    def parent(self) -> Image | None:
        return parent_of(self.request, self.image)

    @property
    def compared(self) -> str:
        """With what it was run again from."""
        return f"{reverse('compare')}?a={self.parent.uid}&b={self.image.uid}" if self.parent else ""

    @cached_property
    def mark(self) -> Mark:
        return Mark.objects.filter(user=self.request.user, image=self.image).first() or Mark()

    @property
    def makes(self) -> bool:
        return self.request.membership.may(Role.DESIGNER)

    @property
    def puts_away(self) -> bool:
        """And takes out again."""
        return self.makes and puts_away(self.request.membership, self.image.user_id)

    # --- what others say of it ---

    @cached_property
    def opinions(self) -> Opinions:
        return Opinions(self.image, self.request.membership)

    @property
    def sharp(self) -> bool:
        """Is the original open to this person?"""
        return sees_original(self.request.membership, self.image)

    @property
    def reviewed(self) -> bool:
        """Whether there is anything to tell of reviews."""
        team = self.request.team
        return team.review != Reviewing.OFF or team.sealed or bool(self.image.review)

    @property
    def asks(self) -> bool:
        wanted = self.request.team.review != Reviewing.OFF and not self.image.review
        return self.makes and wanted and self.image.trashed_at is None

    @property
    def decides(self) -> bool:
        return self.request.membership.may(Role.REVIEWER) and self.image.trashed_at is None

    @property
    def badges(self) -> str:
        return all_badges(self.image, own_badges(self.mark.starred, self.mark.rating, get_language()))

    @property
    def shares(self) -> bool:
        return may_share(self.request, self.generation)

    @property
    def used(self) -> bool:
        """The team may have decided for other engines meanwhile."""
        return self.request.team.uses(self.generation.engine)

    @property
    def leaves(self) -> bool:
        """What is private to somebody else stays inside, and so does what is in the trash."""
        mine = not self.image.private or self.image.user_id == self.request.user.pk
        return self.makes and mine and self.image.trashed_at is None

    @cached_property
    def offer(self) -> Offer | None:
        """The same engine at the same account, if it can still be used."""
        return find_offer(self.generation.engine, self.generation.account.name) if self.used else None

    @property
    def price(self) -> int | None:
        """What running it again may cost."""
        known = self.offer and self.offer.price is not None
        return worst(self.generation.asked(), self.offer.engine, self.offer.price) if known and self.offer else None

    @cached_property
    def key(self) -> UUID:
        """One for each form that is shown: sent twice, it is one request."""
        return uuid4()

    @property
    def sides(self) -> list[int]:
        """Only what is smaller than it came."""
        return [side for side in SIDES if side < max(self.image.width or 0, self.image.height or 0)]

    @cached_property
    def collections(self) -> list[Collection]:
        found = Collection.objects.seen_by(self.request.user, self.request.team).filter(placements__image=self.image)
        return list(found.order_by("name", "pk")[:MOST])

    @property
    def credentials(self) -> bool:
        """Looked for once: the file never changes."""
        found = cache.get_or_set(f"credentials/{self.image.sha256}", lambda: credentials_in(self.image), WEEK)
        return bool(found)


def credentials_in(image: Image) -> bool:
    try:
        with store().open(names.original(image.sha256, image.format)) as file:
            return has_credentials(file)
    except OSError:
        return False


@require_safe
def inspector(request: StudioRequest, uid: UUID) -> HttpResponse:
    """For the column beside feed and gallery."""
    return render(request, "gallery/_inspector.html", {"about": about(request, uid)})


def about(request: StudioRequest, uid: UUID) -> About:
    found = seen.images(request).select_related("generation__account", "user", "asked_by", "attempt", "decision")
    return About(request, get_object_or_404(found.prefetch_related("generation__images"), uid=uid))
