"""Who came in, and who tried, stands in the journal, and nobody can fill it by trying."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from generations.account import arrivals
from generations.models import JournalLine, User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None):
    return (client or Client()).post("/account/login/", {"login": email, "password": password})


def told() -> list[tuple[object, ...]]:
    return list(JournalLine.objects.order_by("pk").values_list("deed", "actor", "subject", "details"))


def test_who_comes_in_is_written_down(designer: User):
    sign_in(designer.email.upper())
    assert told() == [("sign-in", designer.pk, "", {"method": "password"})]


def test_who_fails_too_and_not_what_was_typed(designer: User):
    sign_in(designer.email, "wrong")
    sign_in("nobody@example.com", "wrong")
    assert told() == [("sign-in.failed", None, f"user/{designer.pk}", {"tries": 1}), ("sign-in.failed", None, "", {"tries": 1})]


def test_many_tries_are_one_line_and_the_next_one_counts_them(designer: User):
    for _try in range(4):
        arrivals.failed(designer)
        arrivals.failed(None)
    assert len(told()) == 2
    cache.delete(f"sign-in-failed-{designer.pk}")  # five minutes later
    arrivals.failed(designer)
    assert told()[2:] == [("sign-in.failed", None, f"user/{designer.pk}", {"tries": 4})]


def test_a_wrong_code_is_a_failure_and_nobody_is_in_yet(designer: User):
    TOTP.activate(designer, generate_totp_secret())
    client = Client()
    sign_in(designer.email, client=client)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert [deed for deed, *_rest in told()] == ["sign-in.failed"]
