"""Tokens and the password of their person."""

import re

import pytest
from django.core import mail
from django.test import Client

from generations.models import JournalLine, Team, Token, User
from tests.cast import PASSWORD, client_of
from tests.tokens.given import given

pytestmark = pytest.mark.django_db

NEW = "another-orchard-lantern"
CHANGE = "/account/password/change/"


def reset(user: User) -> str:
    """By the link in the mail; the page at the end."""
    client = Client()
    client.post("/account/password/reset/", {"email": user.email})
    (link,) = re.findall(r"/account/password/reset/key/\S+", str(mail.outbox[-1].body))
    form = client.get(link)["Location"]
    return client.post(form, {"password1": NEW, "password2": NEW}, follow=True).content.decode()


def test_a_password_that_was_forgotten_takes_all_tokens_with_it(designer: User, reviewer: User, team: Team, settings):
    settings.MAIL = True
    mine, theirs = given(designer, team)[0], given(reviewer, team)[0]
    assert "do not work any more" in reset(designer)
    assert User.objects.get(pk=designer.pk).check_password(NEW)
    assert list(Token.objects.alive()) == [theirs]
    line = JournalLine.objects.get(deed="token.revoke")
    assert (line.actor, line.subject) == (designer.pk, f"token/{mine.pk}")


@pytest.mark.parametrize(("count", "said"), [(1, "1 token of yours goes on"), (2, "2 tokens of yours go on")])
def test_one_that_is_changed_leaves_them_and_says_so(count: int, said: str, designer: User, team: Team):
    for _each in range(count):
        given(designer, team)
    client = client_of(designer)
    assert said in client.get(CHANGE).content.decode()
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert User.objects.get(pk=designer.pk).check_password(NEW)
    assert Token.objects.alive().count() == count


def test_without_tokens_nothing_is_said_of_them(designer: User):
    assert "of yours" not in client_of(designer).get(CHANGE).content.decode()
