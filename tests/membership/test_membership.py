"""Roles change and people go: at once, whole, and never the last administrator."""

from uuid import uuid4

import pytest
from django.db import transaction

from generations import journal, membership
from generations.integrity import books, rows
from generations.membership import LastAdministrator
from generations.models import Attempt, Generation, JournalLine, Membership, Outcome, Purse, Role, Status, Team, User
from generations.people import add_member
from generations.pipeline import money
from generations.pipeline.start import Refused, start
from tests.cast import person
from tests.pipeline.conftest import together  # noqa: F401  # a fixture
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db


def member(user: User) -> Membership:
    return user.memberships.select_related("team", "user").get()


def told(*fields: str) -> list[tuple[object, ...]]:
    return list(JournalLine.objects.order_by("pk").values_list("deed", "actor", *fields))


def asked(user: User, team: Team, **changes: object) -> Generation:
    return start(order(user, team, "gateway", **changes))


# --- roles ---


def test_a_role_changes_and_the_journal_knows_which_it_was(admin: User, designer: User):
    assert membership.change_role(member(designer), Role.VIEWER, admin)
    assert member(designer).role == Role.VIEWER
    assert told("details__role", "details__was") == [("role.change", admin.pk, "viewer", "designer")]


def test_who_saw_another_role_changes_nothing(admin: User, designer: User):
    seen = member(designer)
    Membership.objects.filter(pk=seen.pk).update(role=Role.REVIEWER)
    assert not membership.change_role(seen, Role.VIEWER, admin)
    assert (member(designer).role, told()) == (Role.REVIEWER, [])


def test_the_last_administrator_stays_one(admin: User, designer: User):
    with pytest.raises(LastAdministrator):
        membership.change_role(member(admin), Role.DESIGNER, admin)
    assert member(admin).role == Role.ADMIN


def test_one_who_is_switched_off_does_not_count(admin: User, team: Team):
    User.objects.filter(pk=person("Off Duty", team, Role.ADMIN).pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        membership.leave(member(admin))


def test_of_two_there_is_one_left(admin: User, team: Team):
    other = person("Bea Boss", team, Role.ADMIN)
    assert membership.change_role(member(admin), Role.VIEWER, other)
    with pytest.raises(LastAdministrator):
        membership.remove(member(other), admin)


@pytest.mark.django_db(transaction=True)
def test_two_who_lower_one_another_at_the_same_moment_leave_one(together, team: Team):  # noqa: F811
    people = [person(name, team, Role.ADMIN) for name in ("Ada One", "Bea Two")]
    waiting = [member(user) for user in people]
    found = together(2, lambda: membership.change_role(waiting.pop(), Role.VIEWER, people[0]))
    assert sorted(map(str, map(type, found))) == sorted(map(str, [bool, LastAdministrator]))
    assert team.memberships.filter(role=Role.ADMIN).count() == 1


# --- going ---


def test_what_was_not_sent_is_cancelled_and_its_money_comes_back(admin: User, designer: User, team: Team):
    one = asked(designer, team)
    gone = membership.remove(member(designer), admin)
    one.refresh_from_db()
    assert (one.status, one.held, one.due_at) == (Status.CANCELLED, 0, None)
    assert gone
    assert (gone.unsent, gone.held, gone.paid) == (1, 35_000, 0)
    assert not Purse.objects.exclude(held=0).exists()
    assert not [*money.audit(), *books.check_money(), *rows.check(one.created_at)]


def test_what_waits_for_approval_is_cancelled_too(admin: User, designer: User, team: Team):
    Team.objects.update(ask_above=1)
    one = asked(designer, team)
    membership.leave(member(designer))
    one.refresh_from_db()
    assert (one.status, one.held) == (Status.CANCELLED, 0)


def test_what_was_paid_for_goes_on(admin: User, designer: User, team: Team):
    one = asked(designer, team)
    Generation.objects.update(status=Status.WAITING)
    membership.remove(member(designer), admin)
    one.refresh_from_db()
    assert (one.status, one.held, one.team) == (Status.WAITING, 35_000, team)


def test_a_second_try_is_cancelled_and_the_first_stays_in_doubt(admin: User, designer: User, team: Team):
    one = asked(designer, team)
    Attempt.objects.update(outcome=Outcome.UNKNOWN, charge="unknown")
    Attempt.objects.create(generation=one, number=2, account=one.account)
    membership.remove(member(designer), admin)
    one.refresh_from_db()
    assert (one.status, one.held) == (Status.UNKNOWN, 35_000)


def test_what_others_have_in_line_stays_there(admin: User, designer: User, reviewer: User, team: Team, other_team: Team):
    add_member(designer, other_team, Role.DESIGNER)
    others = [asked(reviewer, team), asked(designer, other_team)]
    membership.remove(member_in(designer, team), admin)
    assert {Generation.objects.get(pk=one.pk).status for one in others} == {Status.QUEUED}


def member_in(user: User, team: Team) -> Membership:
    return user.memberships.select_related("team", "user").get(team=team)


def test_who_goes_and_who_was_removed_is_written_down(admin: User, designer: User, viewer: User, team: Team):
    one = asked(designer, team)
    membership.remove(member(designer), admin)
    membership.leave(member(viewer))
    assert told("subject", "details__cancelled")[1:] == [
        ("member.remove", admin.pk, f"user/{designer.pk}", 1),
        ("generation.cancel", admin.pk, f"generation/{one.pk}", None),
        ("member.leave", viewer.pk, f"user/{viewer.pk}", 0),
    ]


def test_one_goes_once(admin: User, designer: User):
    seen = member(designer)
    assert membership.remove(seen, admin)
    assert membership.remove(seen, admin) is None
    assert len(told()) == 1


def test_without_its_line_nobody_goes(admin: User, designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    one = asked(designer, team)
    monkeypatch.setattr(journal, "write", lambda *_words, **_details: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        membership.remove(member(designer), admin)
    one.refresh_from_db()
    assert (one.status, team.memberships.filter(user=designer).exists()) == (Status.QUEUED, True)


# --- racing with a request ---


def test_who_is_out_starts_nothing(admin: User, designer: User, team: Team):
    membership.remove(member(designer), admin)
    with pytest.raises(Refused, match="cannot make anything in Studio North"):
        asked(designer, team)
    assert not Generation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_request_of_the_same_moment_is_refused_or_cancelled(together, admin: User, designer: User, team: Team):  # noqa: F811
    order(designer, team, "gateway")  # its account is there
    seen, orders = member(designer), [order(designer, team, "gateway", key=uuid4()) for _click in range(5)]
    work = [lambda: membership.remove(seen, admin), *(lambda one=one: start(one) for one in orders)]
    together(6, lambda: work.pop()())
    assert not Generation.objects.exclude(status=Status.CANCELLED).exists()
    assert not Purse.objects.exclude(held=0).exists()
    assert not team.memberships.filter(user=designer).exists()
