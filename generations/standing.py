"""What one person may do in the whole studio, and whether they may come in at all: at once, and never the last site administrator."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet

from generations import journal, tokens
from generations.journal import Deed
from generations.membership import Ended, drop, withdrawn
from generations.models import Generation, Invitation, Membership, Role, Token, User
from generations.people import end_sessions


class LastAdministrator(Exception):
    """Nobody would be left who holds the keys."""


@transaction.atomic
def promote(who: User, by: User) -> bool:
    done = User.objects.filter(pk=who.pk, is_superuser=False, is_active=True).update(is_superuser=True, is_staff=True)
    return told(done, who, by, administrator=True)


@transaction.atomic
def demote(who: User, by: User) -> bool:
    """Whom they invited as that comes in no more; invitations of teams that they lead stay."""
    keep_one(who)
    led = Membership.objects.filter(user=who, role=Role.ADMIN).values("team")
    gone = Invitation.objects.filter(invited_by=who).exclude(team__in=led).withdraw()
    done = User.objects.filter(pk=who.pk, is_superuser=True).update(is_superuser=False, is_staff=False)
    told(done, who, by, administrator=False)
    withdrawn(gone, by)
    return bool(done)


@transaction.atomic
def disable(who: User, by: User) -> bool:
    """They are out at once, and what they had in line goes with them. What was sent, and all their work, stays with their teams."""
    keep_one(who)
    gone = Invitation.objects.filter(Q(invited_by=who) | Q(email=who.email)).withdraw()
    done = User.objects.filter(pk=who.pk, is_active=True).update(is_active=False)
    end_sessions(who)
    cancelled = drop(Generation.objects.filter(user=who))
    ended = Ended(cancelled, tokens.end(Token.objects.filter(user=who), by), gone)
    told(done, who, by, active=False, cancelled=len(cancelled))
    ended.tell(by)
    return bool(done)


@transaction.atomic
def enable(who: User, by: User) -> bool:
    return told(User.objects.filter(pk=who.pk, is_active=False).update(is_active=True), who, by, active=True)


@transaction.atomic
def sign_out(who: User, by: User) -> bool:
    """Also out of every program of theirs: whoever took a computer may have found a token on it."""
    end_sessions(who)
    ended = tokens.end(Token.objects.filter(user=who), by)
    journal.write(Deed.SESSIONS_END, actor=by, subject=who)
    tokens.tell(ended, by)
    return True


@transaction.atomic
def reset_factor(who: User, by: User) -> bool:
    """For whoever has lost their telephone. Their password still counts."""
    count, _each = Authenticator.objects.filter(user=who).delete()
    return told(count, who, by, factors=count)


def told(done: int, who: User, by: User, **details: Any) -> bool:
    if done:
        journal.write(Deed.PERSON_CHANGE, actor=by, subject=who, **details)
    return bool(done)


def others(who: User) -> QuerySet[User]:
    """Who else could put things right."""
    return User.objects.administrators().exclude(pk=who.pk)


def keep_one(who: User) -> None:
    """Of two who end each other at the same moment the second is asked when the first is gone."""
    list(User.objects.administrators().select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    if not others(who).exists():
        raise LastAdministrator
