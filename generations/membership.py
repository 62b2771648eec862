"""How roles change and how people go: at once, and what they had in line goes with them. A team keeps at least one administrator."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum

from generations import journal, tokens
from generations.dialects.outcome import Next, Sent
from generations.models import AT_PROVIDER, UNSENT, Generation, Membership, Role, Status, Team, Token, User
from generations.models.tokens import TokenSet
from generations.pipeline.choices import cancel
from generations.pipeline.trouble import LEFT, own, store


class LastAdministrator(Exception):
    """Nobody would be left who could let people in, or set a budget."""


@dataclass(frozen=True)
class Parting:
    """What happens to somebody's requests when they go."""

    unsent: int  # cancelled
    held: int  # released
    paid: int  # they go on, and the pictures stay with the team
    private: bool  # there are some that only administrators will see
    tokens: int  # revoked


def parting(member: Membership) -> Parting:
    mine = Generation.objects.filter(team=member.team, user=member.user)
    unsent = mine.filter(status__in=UNSENT)
    paid = mine.filter(status__in=(*AT_PROVIDER, Status.COLLECTING))
    held = unsent.aggregate(held=Sum("held"))["held"] or 0
    programs = own_tokens(member).alive().count()
    return Parting(unsent.count(), held, paid.count(), mine.filter(private=True).exists(), programs)


def own_tokens(member: Membership) -> TokenSet:
    found: TokenSet = Token.objects.filter(user=member.user_id, team=member.team_id)
    return found


def change_role(member: Membership, role: Role, by: User) -> bool:
    """False: it is not the role any more that somebody saw when they chose another."""
    with transaction.atomic():
        if member.role == Role.ADMIN != role:
            keep_one(member)
        if not Membership.objects.filter(pk=member.pk, role=member.role).update(role=role):
            return False
        journal.write("role.change", actor=by, team=member.team, subject=member.user, role=role, was=member.role)
    member.role = role
    return True


def remove(member: Membership, by: User) -> Parting | None:
    """None: they are out already."""
    return part(member, by, "member.remove")


def leave(member: Membership) -> Parting | None:
    return part(member, member.user, "member.leave")


@transaction.atomic
def part(member: Membership, by: User, deed: str) -> Parting | None:
    keep_one(member)
    was = parting(member)
    gone, _each = Membership.objects.filter(pk=member.pk).delete()
    if not gone:
        return None
    User.objects.filter(pk=member.user_id, team=member.team_id).update(team=None)
    cancelled = drop(member)
    ended = tokens.end(own_tokens(member), by)
    journal.write(deed, actor=by, team=member.team, subject=member.user, role=member.role, cancelled=len(cancelled))
    for generation in cancelled:
        journal.write("generation.cancel", actor=by, team=member.team, subject=generation)
    tokens.tell(ended, by)
    return was


def drop(member: Membership) -> list[Generation]:
    """All rows are locked before money moves: whoever works on one of them wants the same purses, and nobody may wait in a circle."""
    rows = Generation.objects.select_for_update(no_key=True, of=("self",)).select_related("team", "user", "account")
    unsent = list(rows.filter(team=member.team, user=member.user, status__in=UNSENT).order_by("pk"))
    return [generation for generation in unsent if cancel(generation, trouble=store(own(Next.RUN_AGAIN, Sent.NO, LEFT)))]


def keep_one(member: Membership) -> None:
    """Of two administrators who go at the same moment the second is asked when the first is gone."""
    Team.objects.select_for_update(no_key=True).get(pk=member.team_id)
    leads = Membership.objects.filter(team=member.team_id, role=Role.ADMIN, user__is_active=True)
    if not leads.exclude(pk=member.pk).exists() and Membership.objects.filter(pk=member.pk, role=Role.ADMIN).exists():
        raise LastAdministrator
