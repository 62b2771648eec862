import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from generations import tokens
from generations.models import JournalLine, Scope, Team, Token, User
from tests.studio.start import manage

pytestmark = pytest.mark.django_db

DANA = ("--user", "Dana@example.com", "--team", "north")


def create(*words: str) -> tuple[str, str]:
    said, aside = StringIO(), StringIO()
    call_command("create_token", *words, stdout=said, stderr=aside)
    return said.getvalue(), aside.getvalue()


def test_the_token_alone_is_on_standard_output(designer: User, team: Team):
    said, aside = create(*DANA)
    token = tokens.find(said.removesuffix("\n"))
    assert token == Token.objects.get()
    assert (token.user, token.team, token.scopes) == (designer, team, ["generate", "read"])
    assert said.strip() not in aside
    assert aside.startswith("For dana@example.com in Studio North: generate, read, until ")


def test_what_is_asked_for(reviewer: User):
    create("--user", "rui@example.com", "--team", "north", "--name", "Wall", "--scopes", "review, read", "--days", "7")
    token = Token.objects.get()
    assert (token.name, token.scopes) == ("Wall", ["read", "review"])
    assert token.expires_at is not None
    assert abs(token.expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)


def test_one_without_an_end(designer: User):
    _said, aside = create(*DANA, "--never")
    assert Token.objects.get().expires_at is None
    assert "until it is revoked" in aside


def test_a_viewer_gets_what_the_role_reaches(viewer: User):
    create("--user", "vera@example.com", "--team", "north")
    assert Token.objects.get().scopes == [Scope.READ]


WRONG = [
    (("--user", "nobody@example.com", "--team", "north"), "nobody with the address “nobody@example.com”"),
    (("--user", "dana@example.com", "--team", "nowhere"), "no team “nowhere”"),
    (("--user", "sam@example.com", "--team", "north"), "not in the team Studio North"),
    ((*DANA, "--scopes", "review"), "The role designer does not reach as far as review."),
    ((*DANA, "--scopes", "everything"), "Scopes are generate, read, review."),
    ((*DANA, "--scopes", ","), "are no scopes"),
    ((*DANA, "--days", "0"), "from 1 to 3650"),
    ((*DANA, "--days", "100000000"), "from 1 to 3650"),
    ((*DANA, "--days", "7", "--never"), "not allowed with argument"),
    ((*DANA, "--name", " "), "1 to 60 characters"),
    ((*DANA, "--name", "x" * 61), "1 to 60 characters"),
]


def test_what_is_wrong_is_said_and_nothing_is_made(designer: User, stranger: User):
    for words, complaint in WRONG:
        with pytest.raises(CommandError, match=re.escape(complaint)):
            create(*words)
    assert not Token.objects.exists()


def test_not_for_somebody_who_may_not_sign_in(designer: User):
    User.objects.filter(pk=designer.pk).update(is_active=False)
    with pytest.raises(CommandError, match="may not sign in"):
        create(*DANA)


def test_the_journal_knows_that_it_was_the_command_and_not_the_token(designer: User):
    said, _aside = create(*DANA)
    line = JournalLine.objects.get(deed="token.add")
    assert (line.actor, line.details["command"], line.details["days"]) == (None, "create_token", 90)
    assert said[10:20] not in str(line.details)


def test_it_is_there_for_automation():
    assert "--never" in manage("create_token", "--help").stdout
