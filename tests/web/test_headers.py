import pytest
from django.test import Client

from generations.models import User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/", "/account/login/", "/no-such-place/", "/healthz", "/django-admin/"])
def test_every_answer_carries_the_policy(path: str, owner: User):
    answer = client_of(owner).get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_fragment_never_stands_in_for_a_page(designer: User):
    answer = client_of(designer).get("/")
    assert "HX-Request" in answer["Vary"]
    assert answer["Cache-Control"] == "private, no-cache"


def test_the_page_to_sign_in_is_not_kept():
    assert "no-store" in Client().get("/account/login/")["Cache-Control"]


def test_each_request_has_a_number_of_its_own(designer: User):
    client = client_of(designer)
    assert client.get("/")["X-Request-ID"] != client.get("/")["X-Request-ID"]


def test_a_browser_that_asks_for_the_usual_icon_gets_ours():
    assert Client().get("/favicon.ico")["Location"].endswith("/mark.svg")
