"""One request, all of it: what was asked for, and each call that was made for it. Also of what brought no picture."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.compose.cards.card import Card
from generations.compose.cards.deck import deck
from generations.compose.cards.notes import Note
from generations.compose.cards.reader import Reader
from generations.compose.cards.words import sentence
from generations.models import Attempt, Charge, Generation, Outcome, Reference
from generations.web import facts, seen
from generations.web.requests import StudioRequest
from generations.web.words import moment, pixels, visible


@dataclass(frozen=True)
class Call:
    """One attempt, in words."""

    attempt: Attempt

    @property
    def when(self) -> str:
        return moment(self.attempt.sent_at) if self.attempt.sent_at else ""

    @property
    def came(self) -> str:
        return outcomes()[Outcome(self.attempt.outcome)]

    @property
    def charge(self) -> str:
        words = {Charge.NO: _("not charged"), Charge.YES: _("charged"), Charge.UNKNOWN: _("may be charged")}
        return "" if self.attempt.outcome in (Outcome.PLANNED, Outcome.SENDING) else words[Charge(self.attempt.charge)]

    @property
    def why(self) -> str:
        return sentence(self.attempt.trouble)

    @property
    def said(self) -> str:
        """The provider's own words, whole."""
        return visible((self.attempt.trouble or {}).get("said") or "")


def outcomes() -> dict[Outcome, str]:
    return {
        Outcome.PLANNED: _("not sent yet"),
        Outcome.SENDING: _("sent, no answer yet"),
        Outcome.NOT_SENT: _("not accepted"),
        Outcome.ACCEPTED: _("accepted"),
        Outcome.ANSWERED: _("answered"),
        Outcome.FAILED: _("came to nothing"),
        Outcome.UNKNOWN: _("unknown"),
    }


@dataclass(frozen=True)
class About:
    generation: Generation
    reader: Reader

    @cached_property
    def card(self) -> Card:
        (card,) = deck(Generation.objects.filter(pk=self.generation.pk), self.reader)
        return card

    @property
    def note(self) -> Note | None:
        """What to do about it stands on the card."""
        return replace(self.card.note, acts=()) if self.card.note else None

    @property
    def prompt(self) -> str:
        return visible(self.generation.prompt)

    @property
    def when(self) -> str:
        return moment(self.generation.created_at)

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(label, value) for label, value in self.asked() if value]

    def asked(self) -> Iterator[tuple[str, str]]:
        generation, request = self.generation, self.generation.asked()
        yield _("Engine"), facts.engine_name(generation.engine)
        yield _("Account"), str(generation.account)
        yield _("Ratio"), "" if request.size else _("left to the engine") if request.ratio == "auto" else request.ratio
        yield _("Resolution"), request.tier
        yield _("Pixels"), pixels(generation.width, generation.height) if generation.width else ""
        yield _("Images"), str(request.images)
        yield _("Format"), request.format.upper()
        yield _("Watermark"), _("with") if request.watermark else ""
        yield from facts.settings(request)

    @cached_property
    def references(self) -> list[Reference]:
        return list(self.generation.references.select_related("upload"))

    @cached_property
    def calls(self) -> list[Call]:
        return [Call(one) for one in self.generation.attempts.select_related("account").order_by("number")]


@require_safe
def generation(request: StudioRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(seen.generations(request).select_related("account", "user"), uid=uid)
    about = About(found, Reader(request))
    return render(request, "compose/_about.html" if request.htmx else "compose/about.html", {"about": about})
