"""Somebody makes a token in the very moment in which they are shown out."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waits

import pytest
from django.db import connection, transaction

from generations import membership, tokens
from generations.models import Membership, Scope, Team, Token, User
from generations.standing import disable

pytestmark = pytest.mark.django_db(transaction=True)


def issue(member: Membership) -> None:
    try:
        tokens.issue(member, tokens.Plan("Late", [Scope.READ], None))
    finally:
        connection.close()


@pytest.mark.parametrize("how", ["removed", "disabled"])
def test_they_wait_and_get_none(how: str, designer: User, owner: User, team: Team):
    member = Membership.objects.select_related("user", "team").get(user=designer)
    ways: dict[str, Callable[[], object]] = {
        "removed": lambda: membership.remove(member, owner),
        "disabled": lambda: disable(designer, owner),
    }
    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            ways[how]()
            asked: Future[None] = thread.submit(issue, member)
            with pytest.raises(Waits):
                asked.result(0.3)
        with pytest.raises(tokens.Parted):
            asked.result(20)
    assert not Token.objects.exists()
