"""Whose program calls. All of it is looked up anew with each call, so what was taken away from somebody is gone at once."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from generations import tokens
from generations.models import Membership, Scope, Team, Token, User


@dataclass(frozen=True)
class Caller:
    token: Token
    user: User
    team: Team
    membership: Membership

    def may(self, scope: Scope) -> bool:
        return self.token.may(scope) and self.membership.may(tokens.NEEDS[scope])


class Unwelcome(Exception):
    """Nothing was done. The sentence is for the person behind the program, the code for the program."""

    def __init__(self, status: int, sentence: str, code: str, wait: int | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.code, self.wait = status, sentence, code, wait


def recognise(token: Token) -> Caller:
    """Whoever knows its text is told why it does not work any more."""
    if token.revoked_at:
        said = _("This token was revoked on %(day)s. Make a new one on your account page.")
        raise Unwelcome(401, said % {"day": day(token.revoked_at)}, "revoked_token")
    if token.expires_at and not token.alive:
        said = _("This token expired on %(day)s. Make a new one on your account page.")
        raise Unwelcome(401, said % {"day": day(token.expires_at)}, "expired_token")
    member = Membership.objects.select_related("team").filter(user=token.user_id, team=token.team_id).first()
    if member is None or not token.user.is_active:
        raise Unwelcome(401, _("Whoever made this token is no longer in the team that it was made for."), "not_a_member")
    return Caller(token, token.user, token.team, member)


def admit(caller: Caller, scope: Scope) -> None:
    needed = tokens.NEEDS[scope]
    if not caller.token.may(scope):
        said = _("This token may not do that: it was made without “%(scope)s”. Make another one on your account page.")
        raise Unwelcome(403, said % {"scope": scope.label}, "missing_scope")
    if not caller.membership.may(needed):
        said = _("In %(team)s this needs the role: %(role)s.") % {"team": caller.team, "role": needed.label}
        raise Unwelcome(403, said, "missing_role")


def day(moment: datetime) -> str:
    return date_format(localdate(moment))
