"""Nothing is decided in a team without its line in the journal."""

import pytest

from generations import journal
from generations.models import Budget, Generation, Membership, Team, User
from generations.pipeline.start import start
from tests.cast import client_of
from tests.pipeline.studio import order
from tests.team.pages import field

pytestmark = pytest.mark.django_db


class Full(Exception):
    """A journal that takes nothing more."""


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Team, Membership, Budget, Generation)]


def test_without_its_line_nothing_is_decided(admin: User, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    Team.objects.update(ask_above=50_000)
    dear = start(order(designer, team, "ark", images=3))
    client, number = client_of(admin), designer.memberships.get().pk
    policies = {"seen": field(client.get("/team/policies/"), "seen"), "review": "every"}
    before = everything()

    def refuse(*_words: object, **_details: object) -> None:
        raise Full

    monkeypatch.setattr(journal, "write", refuse)
    for path, given in {
        "policies/": policies,
        f"budgets/{number}/": {"hard": "5"},
        f"members/{number}/role/": {"role": "viewer"},
        f"members/{number}/remove/": {},
        f"spending/{dear.uid}/allow/": {},
        f"spending/{dear.uid}/decline/": {"reason": "no"},
    }.items():
        with pytest.raises(Full):
            client.post(f"/team/{path}", given)
        assert everything() == before, path
    with pytest.raises(Full):
        client_of(designer).post("/team/leave/")
    assert everything() == before
