"""What people decide about a generation. False: it is not so any more, somebody or something was first."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from generations import jobs, journal
from generations.dialects import DIALECTS
from generations.dialects.outcome import Next, Sent
from generations.media import spool
from generations.models import AT_PROVIDER, Attempt, Charge, Generation, Outcome, Status, User
from generations.pipeline import answers, money
from generations.pipeline.trouble import NOT_TAKEN, NOTHING_CAME, own, store

KNOWN_FOR = timedelta(hours=24)  # so long a provider may be trusted to know an idempotency key
OPEN = (Outcome.UNKNOWN, Outcome.FAILED)


def stop(generation: Generation, user: User) -> bool:
    """Before sending it is cancelled and costs nothing. Later only the waiting ends: what was paid for is still kept."""
    with transaction.atomic():
        if generation.status == Status.QUEUED:
            attempt = generation.attempts.latest("number")
            done = generation.move(Status.CANCELLED, stopped_at=timezone.now(), **money.release(generation, attempt))
            deed = "generation.cancel"
        else:
            running = generation.status in (*AT_PROVIDER, Status.COLLECTING) and generation.stopped_at is None
            done = running and generation.show(stopped_at=timezone.now())
            deed = "generation.stop"
        if not done:
            transaction.set_rollback(True)
            return False
        journal.write(deed, actor=user, team=generation.team, subject=generation)
    return True


def unresolved(generation: Generation) -> Attempt | None:
    """The paid call of which nobody knows whether it was charged."""
    return generation.attempts.filter(outcome__in=OPEN, charge=Charge.UNKNOWN).order_by("number").first()


def can_check(generation: Generation, attempt: Attempt | None) -> bool:
    """Is there anybody who could answer?"""
    if attempt is None or generation.status != Status.UNKNOWN:
        return False
    if attempt.task or spool.place(str(attempt.key)).exists():
        return True
    known = attempt.sent_at is not None and timezone.now() - attempt.sent_at < KNOWN_FOR
    return known and DIALECTS[attempt.account.dialect].IDEMPOTENT


def check_again(generation: Generation, user: User) -> bool:
    attempt = unresolved(generation)
    if attempt is None or not can_check(generation, attempt):
        return False
    with transaction.atomic():
        if attempt.task:
            Attempt.objects.filter(pk=attempt.pk).update(outcome=Outcome.ACCEPTED)
            done = generation.move(Status.WAITING, timezone.now(), trouble=None)
        else:
            Attempt.objects.filter(pk=attempt.pk).update(answer_status=None)  # what was saved is read once more
            done = generation.show(due_at=timezone.now(), tries=0)
        return told(done, "unknown.check", generation, attempt, user)


def came(generation: Generation, user: User) -> bool:
    """It was charged, and nothing will come."""
    return resolve(generation, user, charged=True)


def not_came(generation: Generation, user: User) -> bool:
    """It was never accepted, or the money came back."""
    return resolve(generation, user, charged=False)


def resolve(generation: Generation, user: User, *, charged: bool) -> bool:
    attempt = unresolved(generation)
    if attempt is None:
        return False
    with transaction.atomic():
        claimed = Attempt.objects.filter(pk=attempt.pk, charge=Charge.UNKNOWN)
        if not claimed.update(charge=Charge.YES if charged else Charge.NO):
            return False
        changes = money.settle(generation, held_for(generation, attempt), attempt) if charged else money.release(generation, attempt)
        if generation.status == Status.UNKNOWN:
            trouble = own(Next.REPORT, Sent.YES, NOTHING_CAME) if charged else own(Next.RUN_AGAIN, Sent.NO, NOT_TAKEN)
            done = generation.move(Status.FAILED if charged else Status.REFUSED, trouble=store(trouble), **changes)
        else:
            done = generation.show(**changes)
        return told(done, "unknown.came" if charged else "unknown.not_came", generation, attempt, user)


def send_again(generation: Generation, user: User) -> bool:
    """Though it may be paid twice. The first call keeps its money held until somebody finds out."""
    attempt = generation.attempts.order_by("-number").first()
    if attempt is None or generation.status != Status.UNKNOWN:
        return False
    with transaction.atomic():
        follower = answers.follow(attempt)
        held = money.hold(generation, money.worth(generation, generation.images_asked), follower)
        done = generation.move(Status.QUEUED, timezone.now(), tries=0, trouble=None, stopped_at=None, **held)
        jobs.ring("drive")
        return told(done, "unknown.resend", generation, follower, user)


def held_for(generation: Generation, attempt: Attempt) -> int:
    """The most that it may have cost."""
    return sum(part.held for part in money.parts_of(generation, attempt))


def told(done: bool, deed: str, generation: Generation, attempt: Attempt, user: User) -> bool:
    if done:
        journal.write(deed, actor=user, team=generation.team, subject=generation, attempt=attempt.number)
    else:
        transaction.set_rollback(True)
    return done
