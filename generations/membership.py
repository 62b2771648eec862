"""How roles change and how people go: at once, and what they had in line goes with them. A team keeps at least one administrator."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from generations import journal, tokens
from generations.dialects.outcome import Next, Sent
from generations.journal import Deed
from generations.models import AT_PROVIDER, UNSENT, Generation, Invitation, Membership, Role, Share, Status, Team, Token, User
from generations.models.invitations import InvitationSet
from generations.models.tokens import TokenSet
from generations.pipeline.choices import cancel
from generations.pipeline.trouble import LEFT, own, store


class LastAdministrator(Exception):
    """Nobody would be left who could let people in, or set a budget."""


@dataclass(frozen=True)
class Parting:
    """What happens when somebody goes: to their requests, and to what lets others in or looks in from outside."""

    unsent: int  # cancelled
    held: int  # released
    paid: int  # they go on, and the pictures stay with the team
    private: bool  # there are some that only administrators will see
    tokens: int  # revoked
    invitations: int  # withdrawn
    links: int  # end, for whoever made one vouches for what it shows


@dataclass(frozen=True)
class Ended:
    """What went with somebody's place."""

    cancelled: list[Generation]
    tokens: list[Token]
    invitations: list[Invitation]

    def tell(self, by: User) -> None:
        """Last in the transaction."""
        for generation in self.cancelled:
            journal.write(Deed.GENERATION_CANCEL, actor=by, team=generation.team, subject=generation)
        tokens.tell(self.tokens, by)
        withdrawn(self.invitations, by)


def parting(member: Membership) -> Parting:
    mine = Generation.objects.filter(team=member.team, user=member.user)
    unsent = mine.filter(status__in=UNSENT)
    return Parting(
        unsent=unsent.count(),
        held=unsent.aggregate(held=Sum("held"))["held"] or 0,
        paid=mine.filter(status__in=(*AT_PROVIDER, Status.COLLECTING)).count(),
        private=mine.filter(private=True).exists(),
        tokens=own_tokens(member).alive().count(),
        invitations=letters(member).unused().count(),
        links=Share.objects.working().filter(team=member.team, user=member.user).count(),
    )


def own_tokens(member: Membership) -> TokenSet:
    found: TokenSet = Token.objects.filter(user=member.user_id, team=member.team_id)
    return found


def letters(member: Membership) -> InvitationSet:
    """Invitations that they wrote, and those that would let them in again."""
    found: InvitationSet = Invitation.objects.filter(Q(invited_by=member.user_id) | Q(email=member.user.email), team=member.team_id)
    return found


def change_role(member: Membership, role: Role, by: User) -> bool:
    """False: it is not the role any more that somebody saw when they chose another."""
    with transaction.atomic():
        if member.role == Role.ADMIN != role:
            keep_one(member)
        gone = [] if role.covers(Role(member.role)) else letters(member).withdraw()
        if not Membership.objects.filter(pk=member.pk, role=member.role).update(role=role):
            transaction.set_rollback(True)
            return False
        journal.write(Deed.ROLE_CHANGE, actor=by, team=member.team, subject=member.user, role=role, was=member.role)
        withdrawn(gone, by)
    member.role = role
    return True


def withdrawn(invitations: list[Invitation], by: User) -> None:
    for one in invitations:
        journal.write(Deed.INVITATION_WITHDRAW, actor=by, team=one.team, subject=one)


def remove(member: Membership, by: User, *, keep_links: bool = False) -> Parting | None:
    """None: they are out already. Links for people outside end, unless whoever removes them takes them on."""
    return part(member, by, Deed.MEMBER_REMOVE, keep_links=keep_links)


def leave(member: Membership) -> Parting | None:
    return part(member, member.user, Deed.MEMBER_LEAVE)


@transaction.atomic
def part(member: Membership, by: User, deed: Deed, *, keep_links: bool = False) -> Parting | None:
    keep_one(member)
    if not Membership.objects.filter(pk=member.pk).exists():
        return None
    was = parting(member)
    taken = take_on(member, by) if keep_links else []
    gone = letters(member).withdraw()  # before the membership: whoever joins locks the two in this order too
    Membership.objects.filter(pk=member.pk).delete()
    User.objects.filter(pk=member.user_id, team=member.team_id).update(team=None)
    cancelled = drop(Generation.objects.filter(team=member.team, user=member.user))
    ended = Ended(cancelled, tokens.end(own_tokens(member), by), gone)
    journal.write(deed, actor=by, team=member.team, subject=member.user, role=member.role, cancelled=len(cancelled))
    ended.tell(by)
    for share in taken:
        journal.write(Deed.SHARE_CHANGE, actor=by, team=member.team, subject=share, was_by=member.user_id)
    return was


def take_on(member: Membership, by: User) -> list[Share]:
    """What their maker kept private is not the next one's to show, and what the next one keeps private was never meant."""
    if not Membership.objects.filter(team=member.team_id, user=by).exists():
        return []
    theirs = Share.objects.working().filter(team=member.team, user=member.user)
    found = list(theirs.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    Share.objects.filter(pk__in=[share.pk for share in found]).update(user=by, private=False)
    return found


def drop(rows: QuerySet[Generation]) -> list[Generation]:
    """All are locked before money moves: whoever works on one of them wants the same purses, and nobody may wait in a circle."""
    unsent = rows.filter(status__in=UNSENT).select_for_update(no_key=True, of=("self",)).select_related("team", "user", "account")
    return [one for one in list(unsent.order_by("pk")) if cancel(one, trouble=store(own(Next.RUN_AGAIN, Sent.NO, LEFT)))]


def keep_one(member: Membership) -> None:
    """Of two administrators who go at the same moment the second is asked when the first is gone."""
    Team.objects.select_for_update(no_key=True).get(pk=member.team_id)
    leads = Membership.objects.filter(team=member.team_id, role=Role.ADMIN, user__is_active=True)
    if not leads.exclude(pk=member.pk).exists() and Membership.objects.filter(pk=member.pk, role=Role.ADMIN).exists():
        raise LastAdministrator
