import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from generations.models import User
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db

LOGIN = "/account/login/"


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **more: str):
    return (client or Client()).post(LOGIN, {"login": email, "password": password, **more})


def test_the_right_password_opens_the_studio(designer: User):
    assert sign_in(designer.email)["Location"] == "/"


def test_the_address_may_be_written_in_capitals(designer: User):
    assert sign_in("  DANA@Example.COM ").status_code == 302


def test_a_wrong_password_and_an_unknown_address_answer_alike(designer: User):
    wrong, unknown = sign_in(designer.email, "wrong"), sign_in("nobody@example.com", "wrong")
    assert "E-mail or password is wrong." in wrong.content.decode()
    assert "E-mail or password is wrong." in unknown.content.decode()


def test_the_sixth_wrong_password_has_to_wait(designer: User):
    for _try in range(5):
        sign_in(designer.email, "wrong")
    answer = sign_in(designer.email, PASSWORD)
    assert "Too many wrong passwords" in answer.content.decode()
    assert "_auth_user_id" not in answer.client.session


def test_spelling_the_address_otherwise_does_not_help(designer: User):
    for spelling in ["dana@example.com", "DANA@example.com", "Dana@Example.com", " dana@example.com", "dAnA@example.com"]:
        sign_in(spelling, "wrong")
    assert "Too many wrong passwords" in sign_in(designer.email).content.decode()


def test_a_made_up_client_address_does_not_help(designer: User):
    client = Client()
    for n in range(5):
        client.post(LOGIN, {"login": designer.email, "password": "wrong"}, headers={"x-forwarded-for": f"10.0.0.{n}"})
    assert "Too many wrong passwords" in sign_in(designer.email).content.decode()


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example/x", "javascript:alert(1)", "/\\evil.example"])
def test_after_signing_in_one_stays_in_the_studio(elsewhere: str, designer: User):
    assert sign_in(designer.email, next=elsewhere)["Location"] == "/"


def test_the_administration_of_django_goes_through_the_same_door(owner: User):
    answer = Client().get("/django-admin/login/?next=/django-admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert client_of(owner).get("/django-admin/").status_code == 200


def test_designers_do_not_reach_the_raw_records(designer: User):
    assert client_of(designer).get("/django-admin/").status_code in (302, 403)


def test_nobody_signs_up_uninvited():
    answer = Client().post("/account/signup/", {"email": "new@example.com", "password1": PASSWORD})
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_a_second_factor_is_asked_for_and_its_secret_is_kept_sealed(designer: User):
    secret = generate_totp_secret()
    TOTP.activate(designer, secret)
    assert secret not in str(Authenticator.objects.get().data)
    assert "/2fa/authenticate/" in sign_in(designer.email)["Location"]


def test_a_forgotten_password_is_answered_by_a_link_when_there_is_mail(designer: User, settings):
    settings.MAIL = True
    Client().post("/account/password/reset/", {"email": designer.email})
    assert re.search(r"/account/password/reset/key/\S+", str(mail.outbox[0].body))


def test_without_mail_the_page_says_what_to_do_instead():
    assert "sends no e-mail" in Client().get("/account/password/reset/").content.decode()


def test_other_sessions_can_be_ended(designer: User):
    here, there = Client(), Client()
    sign_in(designer.email, client=here)
    sign_in(designer.email, client=there)
    here.post("/account/sessions/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


@pytest.mark.parametrize("page", ["2fa/", "2fa/webauthn/", "2fa/totp/activate/", "password/change/", "sessions/", "logout/"])
def test_the_pages_of_the_account_open(page: str, designer: User):
    client = Client()
    sign_in(designer.email, client=client)
    assert client.get(f"/account/{page}", follow=True).status_code == 200
