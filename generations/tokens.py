"""Tokens for programs: how one comes to be, how it is known again, and how it ends: at once, and for good."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from generations import journal
from generations.journal import Deed
from generations.models import Membership, Role, Scope, Token, User
from generations.models.invitations import digest_of
from generations.models.tokens import BEGINS, TokenSet

NEEDS = {Scope.GENERATE: Role.DESIGNER, Scope.READ: Role.VIEWER, Scope.REVIEW: Role.REVIEWER}
USUAL, FASTEST = 120, 6000  # calls per minute
LONGEST = 200  # letters that are looked at
OFTEN = timedelta(minutes=1)  # how exactly it is known when one was used last


class Parted(Exception):
    """Whoever the token is for is out of the team, or out of the studio."""


def reach(member: Membership) -> list[Scope]:
    """What somebody's programs may do: never more than they may themselves."""
    return [scope for scope in Scope if member.may(NEEDS[scope])]


@dataclass(frozen=True)
class Plan:
    """What a token is to be."""

    name: str
    scopes: list[Scope]
    lasts: timedelta | None  # None: until it is revoked
    per_minute: int = USUAL
    uid: UUID = field(default_factory=uuid4)  # one form that is sent twice makes one token


@transaction.atomic
def issue(member: Membership, plan: Plan, by: User | None = None, **told: str) -> tuple[Token, str]:
    """The row, and the text that nobody can ask for a second time."""
    stay(member)
    scopes = [scope.value for scope in plan.scopes]
    fields: dict[str, Any] = {"uid": plan.uid, "name": plan.name, "scopes": scopes, "per_minute": plan.per_minute}
    token, text = Token.write(plan.lasts, user=member.user, team=member.team, **fields)
    days = plan.lasts.days if plan.lasts else None
    journal.write(Deed.TOKEN_ADD, actor=by, team=member.team, subject=token, scopes=scopes, days=days, per_minute=plan.per_minute, **told)
    return token, text


def stay(member: Membership) -> None:
    """Whoever shows them out meanwhile waits, and then finds the new token too."""
    rows = Membership.objects.select_for_update(no_key=True, of=("self", "user")).select_related("user")
    if rows.filter(pk=member.pk, user__is_active=True).first() is None:
        raise Parted


def find(text: str) -> Token | None:
    """Also one that is dead by now. It is looked for by its hash, so the time that takes tells nothing about the text."""
    if not text.startswith(BEGINS) or len(text) > LONGEST:
        return None
    return Token.objects.select_related("user", "team").filter(digest=digest_of(text)).first()


def touch(token: Token) -> None:
    """A write for each call would cost more than many a call does."""
    now = timezone.now()
    if token.used_at is None or token.used_at < now - OFTEN:
        late = Q(used_at=None) | Q(used_at__lt=now - OFTEN)
        Token.objects.filter(late, pk=token.pk).update(used_at=now)


@transaction.atomic
def revoke(rows: TokenSet, by: User) -> list[Token]:
    ended = end(rows, by)
    tell(ended, by)
    return ended


def end(rows: TokenSet, by: User | None) -> list[Token]:
    """Those that were alive. `tell` belongs to it, last in the transaction."""
    found = list(rows.alive().select_related("team").select_for_update(no_key=True, of=("self",)).order_by("pk"))
    Token.objects.filter(pk__in=[token.pk for token in found]).update(revoked_at=timezone.now(), revoked_by=by)
    return found


def tell(ended: list[Token], by: User | None, **told: str) -> None:
    for token in ended:
        journal.write(Deed.TOKEN_REVOKE, actor=by, team=token.team, subject=token, **told)
