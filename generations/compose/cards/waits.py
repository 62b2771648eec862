"""One line under the pictures, where nothing needs a person but somebody may wonder."""

from django.utils import timezone
from django.utils.translation import gettext as _

from generations.compose.cards.subject import Subject
from generations.compose.cards.words import joined, sentence
from generations.compose.line import Place
from generations.compose.said import say
from generations.models import Status
from generations.web.elsewhere import asked_before
from generations.web.words import moment

LONG = 1800  # seconds that a task may take before it is unusual


def aside(subject: Subject) -> str:
    return joined(asked_before(subject.generation, subject.attempts), waits(subject))


def waits(subject: Subject) -> str:
    generation = subject.generation
    if generation.status == Status.QUEUED:
        return held_up(subject, subject.place or Place())
    if generation.stopped_at and generation.running:
        return _("The waiting was stopped. What still comes is kept.")
    if generation.stopped_at and generation.status in (Status.DONE, Status.PARTIAL):
        return _("It came after the waiting was stopped, and is kept.")
    if generation.status == Status.WAITING and generation.sent_at and (timezone.now() - generation.sent_at).total_seconds() > LONG:
        return _("It takes unusually long. The studio keeps asking; asking costs nothing.")
    return ""


def held_up(subject: Subject, place: Place) -> str:
    """Why it is not sent now."""
    if place.why:
        return say(place.why)
    if place.until is None:
        return ""
    return joined(sentence(subject.generation.trouble), _("Next try %(time)s.") % {"time": moment(place.until)})
