from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection

from generations.models import Role, Team, User
from generations.people import add_member, add_person, found_team

pytestmark = pytest.mark.django_db


def test_a_person_is_known_by_an_address_in_lower_case_that_is_vouched_for():
    user = add_person(" Mara@Example.COM ", "Mara", "a-lantern-in-the-orchard")
    assert (user.email, user.check_password("a-lantern-in-the-orchard")) == ("mara@example.com", True)
    assert list(EmailAddress.objects.values_list("user", "email", "primary", "verified")) == [(user.pk, "mara@example.com", True, True)]


def test_a_person_without_a_password_has_none():
    assert not add_person("mara@example.com", "Mara").has_usable_password()


@pytest.mark.parametrize("administrator", [False, True])
def test_only_an_administrator_administers(administrator):
    user = add_person("mara@example.com", "Mara", administrator=administrator)
    assert (user.is_staff, user.is_superuser) == (administrator, administrator)


def test_nobody_is_added_twice():
    add_person("mara@example.com", "Mara")
    with pytest.raises(IntegrityError):
        add_person("MARA@example.com", "Somebody else")


@pytest.mark.django_db(transaction=True)
def test_a_person_and_the_address_come_together_or_not_at_all(designer):
    EmailAddress.objects.create(user=designer, email="mara@example.com", verified=True)
    with pytest.raises(IntegrityError):
        add_person("mara@example.com", "Mara")
    assert not User.objects.filter(email="mara@example.com").exists()


def test_a_member_who_is_there_already_gets_the_role(designer, team):
    add_member(designer, team, Role.REVIEWER)
    assert [membership.role for membership in designer.memberships.all()] == ["reviewer"]


def test_teams_of_the_same_name_have_addresses_of_their_own():
    assert [found_team("Red Kite").slug for _team in range(3)] == ["red-kite", "red-kite-2", "red-kite-3"]


def test_a_taken_address_is_tried_again(monkeypatch):
    Team.objects.create(name="First", slug="red-kite")
    answers = iter(["red-kite", "red-kite-2"])  # somebody took the first between our look and our write
    monkeypatch.setattr(Team, "free_slug", lambda name: next(answers))
    assert found_team("Red Kite").slug == "red-kite-2"


@pytest.mark.django_db(transaction=True)
def test_teams_founded_at_the_same_moment_are_all_founded():
    start = Barrier(4)

    def found() -> None:
        try:
            start.wait()
            found_team("Red Kite")
        finally:
            connection.close()

    threads = [Thread(target=found) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Team.objects.values_list("slug", flat=True)) == ["red-kite", "red-kite-2", "red-kite-3", "red-kite-4"]
