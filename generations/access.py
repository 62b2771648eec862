"""Who may do what. Views ask here and nowhere else."""

from generations.models import Membership, Role, Team, User


def teams_of(user: User) -> list[Membership]:
    return list(user.memberships.select_related("team").order_by("team__name", "team_id"))


def team_for(user: User, slug: str) -> Membership | None:
    """The membership behind a team's address, or nothing: a stranger's team looks like one that does not exist."""
    return user.memberships.select_related("team").filter(team__slug=slug).first()


def may(membership: Membership | None, needed: Role) -> bool:
    return membership is not None and membership.may(needed)


def switch_team(user: User, team: Team) -> None:
    User.objects.filter(pk=user.pk).update(team=team)
