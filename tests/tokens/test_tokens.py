from datetime import timedelta

import pytest
from django.utils import timezone

from generations import membership, tokens
from generations.journal.details import Unfit, fit
from generations.models import JournalLine, Membership, Role, Scope, Team, Token, User
from generations.models.invitations import digest_of
from tests.tokens.given import given

pytestmark = pytest.mark.django_db


def line(deed: str) -> JournalLine:
    return JournalLine.objects.get(deed=deed)


def test_only_a_hash_is_kept(designer: User, team: Team):
    token, text = given(designer, team)
    row = Token.objects.values().get()
    assert row["digest"] == digest_of(text)
    assert text not in str(row)
    assert text.startswith(token.begins)
    assert len(text) - len(token.begins) >= 43


def test_it_is_found_by_its_text_and_by_nothing_less(designer: User, team: Team):
    token, text = given(designer, team)
    assert tokens.find(text) == token
    for other in (text[:-1], text + "x", token.begins, token.digest, str(token.uid), text.upper(), ""):
        assert tokens.find(other) is None


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        (Role.VIEWER, [Scope.READ]),
        (Role.DESIGNER, [Scope.GENERATE, Scope.READ]),
        (Role.REVIEWER, list(Scope)),
        (Role.ADMIN, list(Scope)),
    ],
)
def test_programs_reach_as_far_as_their_person(role: Role, reach: list[Scope]):
    assert tokens.reach(Membership(role=role)) == reach


def test_the_journal_says_who_made_it_and_what_it_may(designer: User, team: Team):
    member = designer.memberships.get()
    token, _text = tokens.issue(member, tokens.Plan("Poster", [Scope.READ], timedelta(days=30)), designer)
    made = line("token.add")
    assert (made.actor, made.team, made.subject) == (designer.pk, team.pk, f"token/{token.pk}")
    assert made.details == {"scopes": ["read"], "days": 30, "per_minute": 120}


def test_the_journal_would_not_take_the_text(designer: User, team: Team):
    with pytest.raises(Unfit):
        fit({"program": given(designer, team)[1]})


def test_one_that_is_revoked_stays_so_and_is_revoked_once(designer: User, admin: User, team: Team):
    token, _text = given(designer, team)
    rows = Token.objects.filter(pk=token.pk)
    assert tokens.revoke(rows, admin) == [token]
    assert tokens.revoke(rows, designer) == []
    token.refresh_from_db()
    assert (token.alive, token.revoked_by) == (False, admin)
    assert (line("token.revoke").actor, line("token.revoke").subject) == (admin.pk, f"token/{token.pk}")


def test_whoever_is_shown_out_meanwhile_gets_none(designer: User, admin: User, team: Team):
    member = Membership.objects.select_related("user", "team").get(user=designer)
    membership.remove(member, admin)
    member.pk = 1_000_000
    with pytest.raises(tokens.Parted):
        tokens.issue(member, tokens.Plan("Late", [Scope.READ], None))


def test_nor_does_somebody_who_may_not_sign_in(designer: User, team: Team):
    User.objects.filter(pk=designer.pk).update(is_active=False)
    with pytest.raises(tokens.Parted):
        given(designer, team)


# --- whoever goes, goes with their programs ---


@pytest.mark.parametrize("going", ["removed", "leaving"])
def test_who_is_out_of_a_team_has_no_tokens_there_any_more(going: str, designer: User, admin: User, team: Team, other_team: Team):
    elsewhere = given_in(designer, other_team)
    token, text = given(designer, team)
    expired, _text = given(designer, team, lasts=timedelta(days=-1))
    member = Membership.objects.select_related("user", "team").get(user=designer, team=team)
    was = membership.remove(member, admin) if going == "removed" else membership.leave(member)
    found = tokens.find(text)
    assert was is not None
    assert was.tokens == 1
    assert found is not None
    assert (found.alive, found.revoked_by) == (False, admin if going == "removed" else designer)
    assert Token.objects.get(pk=elsewhere.pk).alive
    assert [one.subject for one in JournalLine.objects.filter(deed="token.revoke")] == [f"token/{token.pk}"]
    assert Token.objects.get(pk=expired.pk).revoked_at is None


def given_in(user: User, team: Team) -> Token:
    Membership.objects.create(user=user, team=team)
    return given(user, team, Scope.READ)[0]


def test_and_coming_back_does_not_bring_them_back(designer: User, admin: User, team: Team):
    token, _text = given(designer, team)
    membership.remove(Membership.objects.get(user=designer, team=team), admin)
    Membership.objects.create(user=designer, team=team)
    assert not Token.objects.get(pk=token.pk).alive


def test_rows_of_tokens_that_are_over_stay(designer: User, team: Team):
    given(designer, team, lasts=timedelta(days=-400))
    assert Token.objects.count() == 1
    assert not Token.objects.alive().exists()
    assert Token.objects.get().expires_at < timezone.now()
