from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone, translation

from generations import membership, tokens
from generations.calling.caller import Caller, Unwelcome
from generations.calling.entry import GUESSES, enter
from generations.models import Membership, Role, Scope, Team, Token, User
from tests.tokens.given import given

pytestmark = pytest.mark.django_db


def call(said: str, scope: Scope = Scope.READ, address: str = "192.0.2.1", **how: Any) -> Caller:
    headers = {"Authorization": said} if said else {}
    return enter(RequestFactory().get("/v1/models", headers=headers, REMOTE_ADDR=address), scope, **how)


def refusal(said: str, scope: Scope = Scope.READ, **how: Any) -> Unwelcome:
    with pytest.raises(Unwelcome) as refused:
        call(said, scope, **how)
    return refused.value


def test_a_token_says_who_calls_and_for_which_team(designer: User, team: Team):
    token, text = given(designer, team)
    caller = call(f"Bearer {text}")
    assert (caller.token, caller.user, caller.team, caller.membership.role) == (token, designer, team, Role.DESIGNER)


@pytest.mark.parametrize("said", ["Bearer {}", "bearer {}", "BEARER   {} "])
def test_the_scheme_is_written_in_any_way(said: str, designer: User, team: Team):
    assert call(said.format(given(designer, team)[1])).user == designer


def test_without_a_scheme_only_where_clients_do_so(designer: User, team: Team):
    text = given(designer, team)[1]
    assert call(text, naked=True).user == designer
    assert call(f"Bearer {text}", naked=True).user == designer
    assert refusal(text).code == "no_token"


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer ", "Basic c2s6c3R1ZGlv", "Token x"])
def test_without_a_token_nobody_comes_in(said: str):
    assert (refusal(said).status, refusal(said).code) == (401, "no_token")


@pytest.mark.parametrize("text", ["sk-studio-", "sk-studio-" + "a" * 49, "sk-" + "a" * 48, "x" * 100_000, "sk-studio-\xff\x00é", "'; --"])
def test_a_token_that_nobody_made(text: str):
    assert (refusal(f"Bearer {text}").status, refusal(f"Bearer {text}").code) == (401, "unknown_token")


def test_a_token_that_was_revoked_says_when(designer: User, team: Team):
    token, text = given(designer, team)
    tokens.revoke(Token.objects.filter(pk=token.pk), designer)
    why = refusal(f"Bearer {text}")
    assert (why.status, why.code) == (401, "revoked_token")
    assert str(timezone.now().year) in why.sentence


def test_a_token_that_expired(designer: User, team: Team):
    text = given(designer, team, lasts=timedelta(seconds=-1))[1]
    assert (refusal(f"Bearer {text}").status, refusal(f"Bearer {text}").code) == (401, "expired_token")


def test_one_without_an_end_does_not(designer: User, team: Team):
    assert call(f"Bearer {given(designer, team, lasts=None)[1]}").user == designer


def test_a_person_who_may_not_sign_in_has_no_programs_either(designer: User, team: Team):
    text = given(designer, team)[1]
    User.objects.filter(pk=designer.pk).update(is_active=False)
    assert (refusal(f"Bearer {text}").status, refusal(f"Bearer {text}").code) == (401, "not_a_member")


def test_nor_has_one_who_is_out_of_the_team(designer: User, team: Team, other_team: Team):
    text = given(designer, team)[1]
    Membership.objects.create(user=designer, team=other_team)
    Membership.objects.filter(user=designer, team=team).delete()
    assert refusal(f"Bearer {text}").code == "not_a_member"


def test_a_token_does_what_it_was_made_for_and_nothing_else(reviewer: User, team: Team):
    text = given(reviewer, team, Scope.READ)[1]
    why = refusal(f"Bearer {text}", Scope.GENERATE)
    assert (why.status, why.code) == (403, "missing_scope")
    assert "Make images" in why.sentence


def test_or_something_that_may_stand_instead(designer: User, team: Team):
    text = given(designer, team, Scope.GENERATE)[1]
    assert refusal(f"Bearer {text}", Scope.READ).code == "missing_scope"
    assert call(f"Bearer {text}", Scope.READ, instead=Scope.GENERATE).user == designer
    assert refusal(f"Bearer {text}", Scope.REVIEW, instead=Scope.READ).code == "missing_scope"


@pytest.mark.parametrize(("role", "scope"), [(Role.VIEWER, Scope.GENERATE), (Role.DESIGNER, Scope.REVIEW)])
def test_what_its_person_may_not_it_may_not_either(role: Role, scope: Scope, reviewer: User, admin: User, team: Team):
    text = given(reviewer, team)[1]
    assert call(f"Bearer {text}", scope)
    membership.change_role(Membership.objects.get(user=reviewer), role, admin)
    assert (refusal(f"Bearer {text}", scope).status, refusal(f"Bearer {text}", scope).code) == (403, "missing_role")
    assert call(f"Bearer {text}", Scope.READ)


def test_too_many_calls_are_told_how_long_to_wait(designer: User, team: Team):
    text = given(designer, team, per_minute=3)[1]
    for _each in range(3):
        call(f"Bearer {text}")
    why = refusal(f"Bearer {text}")
    assert (why.status, why.code) == (429, "too_many_calls")
    assert why.wait is not None
    assert 0 < why.wait <= 60
    assert f"Wait {why.wait} seconds" in why.sentence


def test_calls_of_one_token_are_not_counted_for_another(designer: User, team: Team):
    one, other = given(designer, team, per_minute=1)[1], given(designer, team, per_minute=1)[1]
    call(f"Bearer {one}")
    assert call(f"Bearer {other}")


def test_calls_that_may_not_be_made_count_too(designer: User, team: Team):
    text = given(designer, team, Scope.READ, per_minute=2)[1]
    codes = [refusal(f"Bearer {text}", Scope.REVIEW).code for _each in range(3)]
    assert codes == ["missing_scope", "missing_scope", "too_many_calls"]


def test_whoever_guesses_has_to_wait_and_nobody_else_at_the_same_address(designer: User, team: Team):
    text = given(designer, team)[1]
    for number in range(GUESSES):
        assert refusal(f"Bearer sk-studio-{number:049}").status == 401
    why = refusal("Bearer sk-studio-" + "b" * 49)
    assert (why.status, why.code) == (429, "too_many_guesses")
    assert call(f"Bearer {text}").user == designer
    assert refusal("Bearer sk-studio-" + "b" * 49, address="198.51.100.7").status == 401


@pytest.mark.parametrize(("proxies", "address"), [(2, "192.0.2.1"), (0, ""), (0, "garbage")])
def test_an_address_that_cannot_be_told_is_no_reason_to_break(proxies: int, address: str, settings: Any):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"Authorization": "Bearer sk-studio-x", "X-Forwarded-For": "x"}, REMOTE_ADDR=address)
    with pytest.raises(Unwelcome) as refused:
        enter(request, Scope.READ)
    assert refused.value.code == "unknown_token"


def test_it_is_known_when_one_was_used_last_and_hardly_ever_written(designer: User, team: Team, django_assert_num_queries: Any):
    token, text = given(designer, team)
    call(f"Bearer {text}")
    first = Token.objects.get(pk=token.pk).used_at
    assert first is not None
    with django_assert_num_queries(2):  # the token with its person and team; the membership
        call(f"Bearer {text}")
    assert Token.objects.get(pk=token.pk).used_at == first


def test_after_a_minute_it_is_written_again(designer: User, team: Team):
    token, text = given(designer, team)
    Token.objects.filter(pk=token.pk).update(used_at=timezone.now() - timedelta(seconds=61))
    call(f"Bearer {text}")
    assert Token.objects.get(pk=token.pk).used_at > timezone.now() - timedelta(seconds=10)


def test_the_sentence_is_in_the_language_of_whoever_reads_it():
    with translation.override("en"):
        assert "Bearer sk-studio-" in refusal("").sentence


def test_the_text_of_a_token_is_in_no_sentence(designer: User, team: Team):
    token, text = given(designer, team)
    tokens.revoke(Token.objects.filter(pk=token.pk), designer)
    unknown = "sk-studio-" + "c" * 49
    assert text not in refusal(f"Bearer {text}").sentence
    assert unknown not in refusal(f"Bearer {unknown}").sentence
