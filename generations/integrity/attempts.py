"""Does every paid call say what became of it, and is what it says still here?"""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from generations.integrity.finding import Finding, Kind
from generations.integrity.pages import slices
from generations.integrity.rows import BY_HAND
from generations.media import names, spool
from generations.models import Attempt, Charge, Image, Outcome, Status

TAKEN_ON = (Outcome.ACCEPTED, Outcome.ANSWERED)
NOT_SENT = (Outcome.PLANNED, Outcome.NOT_SENT)


def sending() -> QuerySet[Attempt]:
    return Attempt.objects.filter(outcome=Outcome.SENDING).exclude(generation__status=Status.SENDING)


def contradicting() -> QuerySet[Attempt]:
    return Attempt.objects.filter(~Q(task="") | ~Q(charge=Charge.NO), outcome__in=NOT_SENT)


def traceless() -> QuerySet[Attempt]:
    images = Exists(Image.objects.filter(attempt=OuterRef("pk")))
    return Attempt.objects.filter(~images, outcome__in=TAKEN_ON, task="", answer=None)


QUESTIONS: list[tuple[Callable[[], QuerySet[Attempt]], str]] = [
    (sending, "is being sent, but its request is not."),
    (contradicting, "was not sent, but has a task or a charge."),
    (traceless, "was taken on, but neither a task, an answer nor an image tells of it."),
]


def check() -> Iterator[Finding]:
    for some in slices(Attempt):
        for rows, sentence in QUESTIONS:
            for pk, request, number, key in rows().filter(**some).order_by("pk").values_list("pk", "generation", "number", "key"):
                if rows is not traceless or not spool.place(str(key)).exists():
                    yield Finding(Kind.STUCK, f"attempt/{pk}", f"Attempt {number} of request {request} {sentence}", BY_HAND)


def nameless() -> Iterator[Finding]:
    """Images that have come, but cannot name a file."""
    for some in slices(Image):
        odd = ~Q(sha256__regex="^[0-9a-f]{64}$") | ~Q(format__in=names.EXTENSIONS)
        for pk in Image.objects.filter(odd, **some).exclude(sha256="").order_by("pk").values_list("pk", flat=True):
            yield Finding(Kind.STUCK, f"image/{pk}", f"Image {pk} has come, but its row cannot name a file.", BY_HAND)
