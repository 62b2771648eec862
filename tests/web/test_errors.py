import pytest
from django.test import Client

from generations.models import User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_an_unknown_address_says_there_is_nothing_here(designer: User):
    answer = client_of(designer).get("/no-such-place/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


def test_a_strange_host_is_refused_with_a_page():
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "STUDIO_PUBLIC_URL" in answer.content.decode()


def test_a_page_without_its_token_keeps_the_text(designer: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(designer)
    answer = client.post("/team/", {"prompt": "a red kite <b>over</b> the hill", "password": "hidden-words"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Your text is kept here" in page
    assert "a red kite &lt;b&gt;over&lt;/b&gt; the hill" in page
    assert "hidden-words" not in page


def test_a_missing_role_says_which_page_it_was(designer: User):
    answer = client_of(designer).get("/administration/")
    assert answer.status_code == 403
    assert "This page is for site administrators." in answer.content.decode()


def test_a_fault_of_ours_shows_the_number_of_the_request(designer: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generations.compose.views.opening", None)
    client = client_of(designer)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()


def test_an_error_reaches_htmx_as_a_toast_and_leaves_the_page_alone(designer: User):
    answer = client_of(designer).get("/administration/", headers={"hx-request": "true"})
    assert answer.status_code == 403
    assert answer["HX-Reswap"] == "none"
    assert 'class="toast error"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_a_method_nobody_offers_is_refused(method: str, designer: User):
    assert getattr(client_of(designer), method)("/gallery/").status_code == 405
