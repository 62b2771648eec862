"""What people decide about a generation. False: it is not so any more, somebody or something was first."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from generations import jobs, journal
from generations.dialects.outcome import Next, Sent
from generations.journal import Deed
from generations.media import spool
from generations.models import AT_PROVIDER, UNSENT, Attempt, Charge, Generation, ImageStatus, Outcome, Status, User
from generations.pipeline import answers, money, rules
from generations.pipeline.answers import OPEN as OPEN
from generations.pipeline.failover import follow
from generations.pipeline.trouble import EARLIER, NOT_TAKEN, NOTHING_CAME, UNREADABLE, own, store

Choice = Callable[[Generation, User], bool]


def stop(generation: Generation, user: User) -> bool:
    """Before sending it is cancelled and costs nothing. Later only the waiting ends: what was paid for is still kept."""
    with transaction.atomic():
        if generation.status in UNSENT:
            done = cancel(generation, stopped_at=timezone.now())
            deed = Deed.GENERATION_CANCEL
        else:
            running = generation.status in (*AT_PROVIDER, Status.COLLECTING) and generation.stopped_at is None
            done = running and generation.show(stopped_at=timezone.now())
            deed = Deed.GENERATION_STOP
        if not done:
            transaction.set_rollback(True)
            return False
        journal.write(deed, actor=user, team=generation.team, subject=generation)
    return True


def cancel(generation: Generation, **changes: Any) -> bool:
    """What was to be sent a second time goes back to where it was."""
    money.lock(generation)  # before its attempt, as whoever begins to send it does
    attempt = generation.attempts.latest("number")
    Attempt.objects.filter(pk=attempt.pk, outcome=Outcome.PLANNED).update(outcome=Outcome.NOT_SENT)  # nobody takes it up any more
    released = money.release(generation, attempt)
    if unresolved(generation):
        return generation.move(Status.UNKNOWN, trouble=store(own(Next.ASK, Sent.UNKNOWN, EARLIER)), **released)
    return generation.move(Status.CANCELLED, **changes, **released)


def unresolved(generation: Generation) -> Attempt | None:
    """The first paid call of which nobody knows whether it was charged."""
    return answers.open_attempts(generation).first()


@transaction.atomic
def about(attempt: Attempt, choice: Choice, user: User) -> bool:
    """Only the first open call of a request is decided: whoever comes second must not decide the next one unseen.

    The membership is locked before the request, as whoever leaves the team does.
    """
    rules.member(attempt.generation.user, attempt.generation.team)
    rows = Generation.objects.select_for_update(no_key=True, of=("self",)).select_related("team", "user", "account")
    generation = rows.get(pk=attempt.generation_id)
    return unresolved(generation) == attempt and choice(generation, user)


def can_check(generation: Generation, attempt: Attempt | None) -> bool:
    """Is there anybody who could answer?"""
    if attempt is None or generation.status != Status.UNKNOWN:
        return False
    return bool(attempt.task) or unread(attempt) or answers.repeatable(attempt, timezone.now())


def unread(attempt: Attempt) -> bool:
    """Its answer is saved, and nobody could read it: a newer studio may."""
    return (attempt.trouble or {}).get("sentence") == UNREADABLE and spool.place(str(attempt.key)).exists()


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
        return told(done, Deed.UNKNOWN_CHECK, generation, attempt, user)


def came(generation: Generation, user: User) -> bool:
    """It was charged, and nothing will come."""
    return resolve(generation, user, charged=True)


def not_came(generation: Generation, user: User) -> bool:
    """It was never accepted, or the money came back."""
    return resolve(generation, user, charged=False)


def resolve(generation: Generation, user: User, *, charged: bool) -> bool:
    attempt = unresolved(generation)
    if attempt is None or asked_just_now(generation, attempt):
        return False
    with transaction.atomic():
        amount = held_for(generation, attempt) if charged else delivered_for(generation, attempt)
        claimed = Attempt.objects.filter(pk=attempt.pk, charge=Charge.UNKNOWN)
        if not claimed.update(charge=Charge.YES if charged or amount else Charge.NO):
            return False
        changes = money.settle(generation, amount, attempt)
        if generation.status == Status.UNKNOWN and unresolved(generation) is None:
            done = close(generation, changes)
        else:
            done = generation.show(**changes)
        return told(done, Deed.UNKNOWN_CAME if charged else Deed.UNKNOWN_NOT_CAME, generation, attempt, user)


def asked_just_now(generation: Generation, attempt: Attempt) -> bool:
    """The studio repeats this call with its key: what it hears decides, not what a bill said before."""
    return generation.status == Status.SENDING and attempt == generation.attempts.latest("number")


def close(generation: Generation, changes: dict[str, int]) -> bool:
    """The last of its calls is decided."""
    if generation.attempts.filter(charge=Charge.YES).exists():
        return generation.move(Status.FAILED, trouble=store(own(Next.REPORT, Sent.YES, NOTHING_CAME)), **changes)
    return generation.move(Status.REFUSED, trouble=store(own(Next.RUN_AGAIN, Sent.NO, NOT_TAKEN)), **changes)


def send_again(generation: Generation, user: User) -> bool:
    """Though it may be paid twice, or rules.Against. The first call keeps its money held until somebody finds out."""
    attempt = generation.attempts.order_by("-number").first()
    if attempt is None or generation.status != Status.UNKNOWN:
        return False
    with transaction.atomic():
        rules.allow_again(generation, user)
        done = generation.move(Status.QUEUED, timezone.now(), tries=0, trouble=None, stopped_at=None)
        if done:
            attempt = follow(attempt, attempt.account, attempt.wire_id)
            generation.write(**money.hold(generation, money.worth(generation, generation.images_asked), attempt))
            jobs.ring("drive")
        return told(done, Deed.UNKNOWN_RESEND, generation, attempt, user)


def held_for(generation: Generation, attempt: Attempt) -> int:
    """The most that it may have cost."""
    return sum(part.held for part in money.parts_of(generation, attempt))


def delivered_for(generation: Generation, attempt: Attempt) -> int:
    """Nothing, except where some pictures came and only the others were in doubt."""
    return money.due(generation, attempt, attempt.images.exclude(status=ImageStatus.MISSING).count())


def told(done: bool, deed: Deed, generation: Generation, attempt: Attempt, user: User) -> bool:
    if done:
        journal.write(deed, actor=user, team=generation.team, subject=generation, attempt=attempt.number)
    else:
        transaction.set_rollback(True)
    return done
