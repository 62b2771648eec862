"""Requests that may cost more than a team spends unasked: the money is held, and a team administrator says whether they are sent."""

from django.db import transaction
from django.utils import timezone

from generations import jobs, journal
from generations.dialects.outcome import Next, Sent
from generations.journal import Deed
from generations.models import Generation, Membership, Role, Status, Team, User
from generations.models.generations import GenerationSet
from generations.pipeline import money
from generations.pipeline.choices import cancel
from generations.pipeline.trouble import DECLINED, own, store

LONGEST = 300  # letters of a reason


def needed(member: Membership, cost: int) -> bool:
    """For what one click may cost in all: several small requests are as dear as a large one."""
    return above(member.team, cost) and not member.may(Role.ADMIN)


def too_dear(generation: Generation, by: User) -> bool:
    """To be sent once more by somebody who need not be in its team, and has no say over the team's money then."""
    leads = Membership.objects.filter(user=by, team=generation.team_id, role=Role.ADMIN)
    return above(generation.team, money.worth(generation, generation.images_asked)) and not leads.exists()


def above(team: Team, cost: int) -> bool:
    return team.ask_above is not None and cost > team.ask_above


def asking(team: Team) -> GenerationSet:
    """Whoever asked first comes first."""
    return Generation.objects.filter(team=team, status=Status.ASKING).order_by("pk")


def allow(generation: Generation, by: User) -> bool:
    """False: somebody has decided already, or its author has withdrawn it."""
    with transaction.atomic():
        if generation.status != Status.ASKING or not generation.move(Status.QUEUED, timezone.now()):
            return False
        jobs.ring("drive")
        journal.write(Deed.SPEND_ALLOW, actor=by, team=generation.team, subject=generation, held=generation.held)
    return True


def decline(generation: Generation, by: User, reason: str) -> bool:
    """What was held is released, and the author reads why."""
    held = generation.held
    why = store(own(Next.EDIT_REQUEST, Sent.NO, DECLINED), name=str(by), reason=reason)
    with transaction.atomic():
        if generation.status != Status.ASKING or not cancel(generation, trouble=why):
            transaction.set_rollback(True)
            return False
        journal.write(Deed.SPEND_DECLINE, actor=by, team=generation.team, subject=generation, released=held)
    return True
