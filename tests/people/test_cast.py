"""The fixed cast is what other tests stand on."""

import pytest

from generations.models import Role
from tests.cast import PASSWORD, client_of


@pytest.mark.parametrize("name", ["viewer", "designer", "reviewer", "admin"])
def test_everybody_has_one_role_in_one_team(request, team, name):
    user = request.getfixturevalue(name)
    assert [(member.team, member.role) for member in user.memberships.all()] == [(team, name)]
    assert not user.is_superuser


def test_the_stranger_has_every_right_elsewhere_and_none_here(stranger, team):
    assert not stranger.memberships.filter(team=team).exists()
    assert stranger.memberships.get().role == Role.ADMIN


def test_the_owner_administers_the_site(owner):
    assert owner.is_superuser


def test_they_can_sign_in_and_come_signed_in(designer, client):
    assert client.login(email=designer.email, password=PASSWORD)
    assert client_of(designer).session["_auth_user_id"] == str(designer.pk)
