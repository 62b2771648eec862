"""Who may be told: members of the team as it is now, who are not switched off."""

from collections import defaultdict
from collections.abc import Iterable

from generations.models import Membership, Role, User


class Audience:
    def __init__(self, teams: Iterable[int]) -> None:
        """One question for all teams."""
        self.members: dict[int, list[Membership]] = defaultdict(list)
        rows = Membership.objects.filter(team__in=set(teams), user__is_active=True).select_related("user").order_by("pk")
        for member in rows:
            self.members[member.team_id].append(member)

    def people(self, team: int, users: Iterable[int | None], but: int | None = None, *, author: int | None = None) -> tuple[User, ...]:
        """Those of them who are members. With an author it is about something private: only that author and team administrators see it."""
        wanted = set(users) - {but}
        found = (one for one in self.members[team] if one.user_id in wanted)
        return tuple(one.user for one in found if author is None or one.user_id == author or one.may(Role.ADMIN))

    def covering(self, team: int, role: Role, but: int | None = None) -> tuple[User, ...]:
        """Whoever has the role, or one that may do as much; not the one who did it themselves."""
        return tuple(one.user for one in self.members[team] if one.may(role) and one.user_id != but)
