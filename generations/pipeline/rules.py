"""What a team has decided about its requests. It is asked again where one begins: the page may be older than the decision."""

from collections.abc import Iterable, Iterator

from generations.catalogue import ENGINES
from generations.catalogue.problem import Problem, _
from generations.models import Generation, Membership, Role, Team, User

CLOSED = _("{team} is closed. What there is can be looked at; nothing new is made.")
OUT = _("You cannot make anything in {team} any more. Nothing was sent.")
AUTHOR_OUT = _("{name} cannot make anything in {team} any more. Nothing was sent.")
UNUSED = _("Your team does not use {engine}; pick another.")


class Against(Exception):
    """What the team has decided stands against it. Nothing has changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def member(user: User, team: Team) -> Membership | None:
    """As it stands until the end of the transaction: a request of somebody who is being removed is written before that, or not at all."""
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).select_related("team")
    return rows.filter(user=user, team=team).first()


def against(found: Membership | None, team: Team, engines: Iterable[str]) -> Iterator[Problem]:
    if found is None or not found.may(Role.DESIGNER):
        yield Problem("team", OUT, {"team": team.name})
        return
    yield from against_team(found.team)
    for engine in dict.fromkeys(engines):
        yield from against_engine(found.team, engine)


def against_team(team: Team) -> Iterator[Problem]:
    if team.closed_at:
        yield Problem("team", CLOSED, {"team": team.name})


def against_engine(team: Team, engine: str) -> Iterator[Problem]:
    if not team.uses(engine):
        known = ENGINES.get(engine)
        yield Problem("engine", UNUSED, {"engine": known.name if known else engine})


def allow_again(generation: Generation, by: User) -> None:
    """Sent once more it is sent in its author's name, like anything new: or Against."""
    found = member(generation.user, generation.team)
    for problem in against(found, generation.team, [generation.engine]):
        if problem.message == OUT and by != generation.user:
            problem = Problem("team", AUTHOR_OUT, {"name": str(generation.user), "team": generation.team.name})
        raise Against(problem)
