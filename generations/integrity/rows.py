"""Is every request where the pipeline could have left it? Each question is one statement, so that work going on is no answer to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from generations.integrity.finding import Finding, Kind
from generations.integrity.pages import slices
from generations.models import UNSENT, Attempt, Generation, Heartbeat, Image, ImageStatus, Outcome, Status
from generations.models.drivers import LEASE
from generations.models.generations import WAYS
from generations.pipeline import sweep

FAR = timedelta(hours=1)  # nothing is put off as long: providers are waited for ten minutes at most
LATE = timedelta(hours=1)
AT_WORK = timedelta(minutes=1)
ENDED = [status for status in Status if status not in WAYS]
SENT = [status for status in Status if status not in (*UNSENT, Status.CANCELLED, Status.REFUSED)]

RESTART = "Start the workers, or run fsck --repair."
BY_HAND = "Nothing mends this by itself: compare the row with its attempts, and with a backup."

Rows = Callable[[datetime], QuerySet[Generation]]


@dataclass(frozen=True)
class Question:
    rows: Rows
    sentence: str
    do: str = BY_HAND
    mend: Callable[[int], bool] | None = None


# --- mending ---


def look_now(pk: int) -> bool:
    return Generation.objects.get(pk=pk).write(due_at=timezone.now())


def set_free(pk: int) -> bool:
    """Whoever still has it in hand finds another fence, and what they write is void."""
    generation = Generation.objects.get(pk=pk)
    return generation.write(due_at=timezone.now(), driver=None, fence=generation.fence + 1)


def rescue(pk: int) -> bool:
    generation = Generation.objects.select_related("account").get(pk=pk)
    sweep.rescue(generation)
    return not Generation.objects.filter(pk=pk, status=Status.SENDING).exists()


# --- asking ---


def having(**which: object) -> Exists:
    return Exists(Attempt.objects.filter(generation=OuterRef("pk"), **which))


def never(now: datetime) -> QuerySet[Generation]:
    return Generation.objects.running().filter(Q(due_at=None) | Q(due_at__gt=now + FAR))


def abandoned(now: datetime) -> QuerySet[Generation]:
    return Generation.objects.filter(sweep.untaken(), status=Status.SENDING, changed_at__lt=now - 2 * LEASE)


def overdue(now: datetime) -> QuerySet[Generation]:
    """Only where somebody is at work: in a studio that stands still everything is."""
    silence = Heartbeat.silence()
    late = Generation.objects.filter(status__in=(Status.WAITING, Status.COLLECTING), due_at__lt=now - LATE)
    return late if silence is not None and silence < AT_WORK else late.none()


def unclosed(now: datetime) -> QuerySet[Generation]:
    open = Q(due_at__isnull=False) | Q(driver__isnull=False) | Q(finished_at=None)
    return Generation.objects.filter(open, status__in=ENDED)


def unsent(now: datetime) -> QuerySet[Generation]:
    return Generation.objects.filter(status__in=SENT, sent_at=None)


CAME = Count("images", filter=~Q(images__sha256=""))  # whatever became of them since


def short(now: datetime) -> QuerySet[Generation]:
    return Generation.objects.annotate(came=CAME).filter(status=Status.DONE, came__lt=F("images_asked"))


def miscounted(now: datetime) -> QuerySet[Generation]:
    partial = Q(status=Status.PARTIAL) & (Q(came=0) | Q(came__gte=F("images_asked")))
    nothing = Q(status__in=set(ENDED) - {Status.DONE, Status.PARTIAL}, came__gt=0)
    return Generation.objects.annotate(came=CAME).filter(partial | nothing)


def still_coming(now: datetime) -> QuerySet[Generation]:
    coming = Image.objects.filter(generation=OuterRef("pk"), status=ImageStatus.COMING)
    return Generation.objects.filter(Exists(coming), status__in=ENDED)


def unplanned(now: datetime) -> QuerySet[Generation]:
    return Generation.objects.filter(~having(outcome=Outcome.PLANNED), status__in=UNSENT)


def forestalled(now: datetime) -> QuerySet[Generation]:
    begun = Q(due_at__isnull=False) | Q(driver__isnull=False) | Q(sent_at__isnull=False) | having(sent_at__isnull=False)
    return Generation.objects.filter(begun, status=Status.ASKING)


def untold(now: datetime) -> QuerySet[Generation]:
    task = Exists(Attempt.objects.filter(generation=OuterRef("pk"), outcome=Outcome.ACCEPTED).exclude(task=""))
    return Generation.objects.filter(~task, status=Status.WAITING)


def denied(now: datetime) -> QuerySet[Generation]:
    taken_on = having(outcome__in=(Outcome.ACCEPTED, Outcome.ANSWERED))
    return Generation.objects.filter(taken_on, status__in=(Status.REFUSED, Status.CANCELLED))


QUESTIONS = [
    Question(never, "is not due in sight, so nobody looks at it.", "Run fsck --repair: it is looked at at once.", look_now),
    Question(abandoned, "is in the middle of sending, and nobody is at work on it.", RESTART, rescue),
    Question(overdue, "should have been looked at more than an hour ago.", "Run fsck --repair: it is looked at at once.", set_free),
    Question(unclosed, "has ended, but is due, in somebody's hands, or has no end."),
    Question(unsent, "has been sent at no time."),
    Question(short, "is done, but fewer images came than were asked for."),
    Question(miscounted, "has ended otherwise than its images say."),
    Question(still_coming, "has ended, but an image of it is still coming."),
    Question(unplanned, "is in line, but no attempt of it is planned."),
    Question(forestalled, "waits for approval, but somebody was to send it."),
    Question(untold, "waits for a task, but no attempt of it knows one."),
    Question(denied, "counts as never sent, but a provider took it on."),
]


def check(now: datetime) -> Iterator[Finding]:
    for some in slices(Generation):
        for question in QUESTIONS:
            for pk in question.rows(now).filter(**some).order_by("pk").values_list("pk", flat=True):
                mend = partial(question.mend, pk) if question.mend else None
                yield Finding(Kind.STUCK, f"generation/{pk}", f"Request {pk} {question.sentence}", question.do, mend)
