"""Two images against one another: one on top of the other or side by side, and what was different about them."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from generations.gallery.inspector import About, about
from generations.gallery.thumbs import Thumb
from generations.gallery.wording import Piece, differ
from generations.models import Image
from generations.pipeline.money import format_money
from generations.web import seen
from generations.web.facts import ratio_of
from generations.web.requests import StudioRequest

VIEWS = ("slider", "side")
DOCK = 16


@dataclass(frozen=True)
class Line:
    """One thing that can be told of both."""

    label: str
    a: str
    b: str
    same: bool


@dataclass(frozen=True)
class Comparison:
    request: StudioRequest
    a: About
    b: About
    view: str

    @cached_property
    def lines(self) -> list[Line]:
        return [line(label, tell, self.a, self.b) for label, tell in told().items()] + [references(self.a, self.b)]

    @property
    def different(self) -> list[Line]:
        return [one for one in self.lines if not one.same]

    @property
    def same(self) -> list[Line]:
        return [one for one in self.lines if one.same]

    @cached_property
    def wording(self) -> tuple[list[Piece], list[Piece]] | None:
        return None if self.a.prompt == self.b.prompt else differ(self.a.prompt, self.b.prompt)

    @property
    def swapped(self) -> str:
        return self.address(self.b.image, self.a.image, self.view)

    @property
    def slider(self) -> str:
        return self.address(self.a.image, self.b.image, "slider")

    @property
    def side(self) -> str:
        return self.address(self.a.image, self.b.image, "side")

    @property
    def others(self) -> list[tuple[Thumb, str]]:
        """What came together with them; choosing one puts it into B's place."""
        both = [self.a.image.generation_id, self.b.image.generation_id]
        rows = seen.images(self.request).kept().filter(generation__in=both).select_related("generation").order_by("generation_id", "index")
        shown = (self.a.image, self.b.image)
        return [(Thumb(one, here=one in shown), self.address(self.a.image, one, self.view)) for one in rows[:DOCK] if one != self.a.image]

    def address(self, a: Image, b: Image, view: str) -> str:
        return f"{reverse('compare')}?a={a.uid}&b={b.uid}{'&view=side' if view == 'side' else ''}"


@require_safe
def compare(request: StudioRequest) -> HttpResponse:
    view = request.GET.get("view", "")
    comparison = Comparison(request, chosen(request, "a"), chosen(request, "b"), view if view in VIEWS else "slider")
    return render(request, "gallery/compare.html", {"comparison": comparison})


def chosen(request: StudioRequest, which: str) -> About:
    try:
        return about(request, UUID(request.GET.get(which, "")))
    except ValueError:
        raise Http404 from None


def told() -> dict[str, Callable[[About], str]]:
    return {
        _("Engine"): lambda one: one.engine,
        _("Account"): lambda one: one.generation.account.name,
        _("Resolution"): lambda one: one.image.tier or "–",
        _("Ratio"): lambda one: ratio_of(one.image.width, one.image.height),
        _("Pixels"): lambda one: one.pixels,
        _("Images asked for"): lambda one: str(one.generation.images_asked),
        _("Seed"): lambda one: seed_of(one),
        _("Guidance"): lambda one: f"{guidance:g}" if (guidance := one.generation.asked().guidance) is not None else "–",
        _("Format"): lambda one: one.image.format.upper(),
        _("Watermark"): lambda one: _("with") if one.generation.asked().watermark else _("without"),
        _("Web search"): lambda one: _("on") if one.generation.asked().web_search else _("off"),
        _("Seconds"): lambda one: "–" if one.seconds is None else str(one.seconds),
        _("Cost"): lambda one: format_money(one.cost.share),
        _("File"): lambda one: one.size,
        _("Made by"): lambda one: str(one.image.user),
    }


def seed_of(one: About) -> str:
    seed = one.generation.asked().seed
    return "–" if seed is None else str(seed)


def line(label: str, tell: Callable[[About], str], a: About, b: About) -> Line:
    one, two = tell(a), tell(b)
    return Line(label, one, two, one == two)


def references(a: About, b: About) -> Line:
    """The same number of pictures may still be others, or in another order."""
    one, two = ([reference.upload.sha256 for reference in side.references] for side in (a, b))
    counted = [str(len(hashes)) if hashes else _("none") for hashes in (one, two)]
    if one != two and len(one) == len(two):
        new = len(set(two) - set(one))
        counted[1] += f", {ngettext('%(n)s other', '%(n)s others', new) % {'n': new} if new else _('in another order')}"
    return Line(_("References"), counted[0], counted[1], one == two)
