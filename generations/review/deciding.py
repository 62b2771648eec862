"""A verdict on one image or on several at once: each is a decision of its own, and what was decided meanwhile is told, not overruled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from generations import reviewing
from generations.access import team_role
from generations.models import Decision, Image, Role, Verdict
from generations.review.chosen import Chosen, number
from generations.review.desk import desk
from generations.review.lists import line
from generations.review.views import show
from generations.web import seen
from generations.web.addresses import safe_next
from generations.web.opinions import Said, already
from generations.web.requests import StudioRequest

MOST = 200  # that one click decides about
BUTTONS = {"approve": Verdict.APPROVED, "reject": Verdict.REJECTED, "change": Verdict.CHANGE}
NOTES = {"reject": "reason", "change": "wish"}  # the field beside each

Marked = tuple[Image, int]


@dataclass
class Outcome:
    made: list[Decision] = field(default_factory=list)
    met: list[Decision] = field(default_factory=list)  # of others, who were first
    wrong: str = ""

    @property
    def status(self) -> int:
        return 200 if self.made else 422 if self.wrong else 409

    def keeps(self, note: str) -> bool:
        """What was typed is not thrown away."""
        return bool(self.wrong or (note and not self.made))

    @property
    def marks(self) -> str:
        """What takes all of it back."""
        return " ".join(f"{one.image.uid}:{one.number}" for one in self.made)

    @property
    def said(self) -> Said:
        return Said(self.made[0])

    @property
    def taken_back(self) -> bool:
        return self.made[0].verdict == Verdict.UNDONE


@require_POST
@team_role(Role.REVIEWER)
def decide(request: StudioRequest) -> HttpResponse:
    button = next((name for name in BUTTONS if name in request.POST), "")
    current = marked(request, "current")
    images = marked(request, "image") or current
    if not images or not button:
        raise Http404
    chosen, here, note = Chosen.read(request.GET), (current or images)[0][0], noted(request, button)
    following = line(request, chosen).after(here)
    outcome = each(images, lambda image, seen: reviewing.decide(image, BUTTONS[button], note, request.user, seen))
    tell(request, outcome, "" if boxed(request, button) else outcome.wrong)
    if stays(request, outcome):
        return stay(request, outcome)
    if outcome.keeps(note):
        found = desk(request, chosen, images[0][0].uid)
        return show(request, found, outcome.status, note=note, wrong=outcome.wrong, open=button)
    return go_on(request, chosen, following.values_list("uid", flat=True).first(), outcome.status)


@require_POST
@team_role(Role.REVIEWER)
def take_back(request: StudioRequest) -> HttpResponse:
    images = marked(request, "image")
    if not images:
        raise Http404
    outcome = each(images, lambda image, seen: reviewing.take_back(image, request.user, seen))
    tell(request, outcome, outcome.wrong)
    if "next" in request.POST:
        return stay(request, outcome)
    return go_on(request, Chosen.read(request.GET), images[0][0].uid, outcome.status)


def boxed(request: StudioRequest, button: str) -> bool:
    """The box it was typed in says what is wrong."""
    return bool(request.htmx) and button in NOTES and "next" not in request.POST


def stays(request: StudioRequest, outcome: Outcome) -> bool:
    return "next" in request.POST and bool(request.htmx or outcome.made)


def stay(request: StudioRequest, outcome: Outcome) -> HttpResponse:
    """Decided from where the image was looked at. That page then fetches what has changed, unless somebody's words would go with it."""
    if not request.htmx:
        return redirect(safe_next(request, "review"))
    headers = {"HX-Reswap": "none"} | ({} if outcome.wrong or (noted_any(request) and not outcome.made) else {"HX-Trigger": "decided"})
    return HttpResponse(status=outcome.status, headers=headers)


def noted_any(request: StudioRequest) -> bool:
    return any(request.POST.get(field) for field in NOTES.values())


def noted(request: StudioRequest, button: str) -> str:
    """A common reason has a button of its own; more may be typed beside it."""
    common = request.POST.get(button, "") if button == "reject" else ""
    typed = request.POST.get(NOTES.get(button, ""), "")
    return ": ".join(filter(None, [common.strip(), typed.strip()]))


def named(request: StudioRequest, name: str) -> dict[UUID, int]:
    """Images, and the last decision that was seen of each."""
    asked = [one.partition(":") for one in " ".join(request.POST.getlist(name)).split()]
    return {uid: int(last[:4]) for text, _colon, last in asked if (uid := number(text)) and last.isascii() and last.isdecimal()}


def marked(request: StudioRequest, name: str) -> list[Marked]:
    """What is not there for this person is left out."""
    known = named(request, name)
    found = {image.uid: image for image in seen.images(request).filter(uid__in=list(known)[:MOST])}
    return [(found[uid], last) for uid, last in known.items() if uid in found]


def each(images: Iterable[Marked], act: Callable[[Image, int], Decision]) -> Outcome:
    outcome = Outcome()
    for image, last in images:
        try:
            outcome.made.append(act(image, last))
        except reviewing.Decided as decided:
            outcome.met.append(decided.decision)
        except reviewing.Unfit as unfit:
            outcome.wrong = str(unfit)
    return outcome


def tell(request: StudioRequest, outcome: Outcome, wrong: str) -> None:
    if outcome.made:
        undone = "next" not in request.POST or "undo" in request.POST  # other pages have a button of their own
        context = {"outcome": outcome, "query": request.GET.urlencode(), "elsewhere": request.POST.get("next"), "undone": undone}
        messages.success(request, render_to_string("review/_done.html", context, request))
    for sentence in dict.fromkeys([*map(already, outcome.met), wrong, left(request)]):
        if sentence:
            messages.error(request, sentence)


def left(request: StudioRequest) -> str:
    over = len(named(request, "image")) - MOST
    if over <= 0:
        return ""
    sentence = ngettext(
        "One click takes %(most)s images. %(n)s is left as it was.", "One click takes %(most)s images. %(n)s are left as they were.", over
    )
    return sentence % {"most": MOST, "n": over}


def go_on(request: StudioRequest, chosen: Chosen, uid: UUID | None, status: int) -> HttpResponse:
    """To the next image; from the end of the list to its beginning."""
    found = desk(request, chosen, uid)
    if not request.htmx and status == 200:
        return redirect(found.here)
    return show(request, found, status)
