"""Whose figures, and how closely.

A team's sums are for all its members: they share its budget. What each single person has spent is for those who answer for the work,
reviewers and team administrators; everybody else sees their own line, and the others as one. Evidence against a provider, with raw
answers in it, is for team administrators. Site administrators see all of every team.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from generations.models import Membership, Role, Team, User
from generations.web.requests import StudioRequest

ALL = "all"


@dataclass(frozen=True)
class Scope:
    user: User
    team: Team | None  # none: all of them
    membership: Membership | None

    @cached_property
    def names(self) -> bool:
        return self.may(Role.REVIEWER)

    @cached_property
    def leads(self) -> bool:
        return self.may(Role.ADMIN)

    def may(self, needed: Role) -> bool:
        return self.user.is_superuser or bool(self.membership and self.membership.may(needed))

    @property
    def query(self) -> str:
        return f"team={self.team.slug if self.team else ALL}"

    @property
    def label(self) -> str:
        return str(self.team) if self.team else _("All teams")


def scope_of(request: StudioRequest) -> Scope:
    wanted = request.GET.get("team", "")
    if wanted == ALL:
        return everything(request)
    if not wanted:
        return Scope(request.user, request.team, request.membership) if request.team else everything(request)
    mine = next((one for one in request.memberships if one.team.slug == wanted), None)
    if mine:
        return Scope(request.user, mine.team, mine)
    team = Team.objects.filter(slug=wanted[:60]).first() if request.user.is_superuser else None
    if team is None:
        raise Http404  # a stranger's team looks like one that does not exist
    return Scope(request.user, team, None)


def everything(request: StudioRequest) -> Scope:
    if not request.user.is_superuser:
        raise PermissionDenied(_("The figures of all teams are for site administrators."))
    return Scope(request.user, None, None)
