import pytest

from generations.models import Dialect, ProviderAccount, User
from tests.cast import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> ProviderAccount:
    return ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)


def test_it_shows_accounts_and_health(owner: User, account: ProviderAccount):
    page = client_of(owner).get("/administration/").content.decode()
    assert "Sandbox Ark" in page
    assert "Database" in page


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer", "admin", "stranger"])
def test_it_is_for_site_administrators_only(who: str, account: ProviderAccount, request: pytest.FixtureRequest):
    client = client_of(request.getfixturevalue(who))
    assert client.get("/administration/").status_code == 403
    assert client.post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"}).status_code == 403
    account.refresh_from_db()
    assert account.enabled


def test_switching_twice_the_same_way_is_the_same(owner: User, account: ProviderAccount):
    for _click in range(2):
        client_of(owner).post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"})
    account.refresh_from_db()
    assert not account.enabled
    assert not ProviderAccount.sandbox_wanted()


def test_htmx_gets_the_row_and_a_toast(owner: User, account: ProviderAccount):
    answer = client_of(owner).post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"}, headers={"hx-request": "true"})
    page = answer.content.decode()
    assert page.count("<tr") == 1
    assert "Sandbox Ark is switched off." in page


def test_a_missing_account_is_not_there(owner: User):
    assert client_of(owner).post("/administration/accounts/99999/switch/", {"enabled": "on"}).status_code == 404


@pytest.mark.parametrize("page", ["user", "team", "invitation", "provideraccount", "heartbeat", "membership"])
def test_the_raw_records_open(page: str, owner: User):
    assert client_of(owner).get(f"/django-admin/generations/{page}/").status_code == (404 if page == "membership" else 200)
