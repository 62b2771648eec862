import pytest

from generations.catalogue import ENGINES
from generations.connecting import connect
from generations.dialects.outcome import Next
from generations.models import Dialect, EngineChoice, Gate, ProviderAccount, User
from generations.offers import suggested
from generations.pipeline.gate import MENDED_BY_HAND
from tests.cast import client_of

pytestmark = pytest.mark.django_db

KEY = "sk-abcdefghijklmnop-1234"
GIVEN = {"name": "Main", "dialect": "apimart", "address": "https://api.apimart.ai/v1", "key": KEY, "in_flight": "4", "per_minute": "60"}


@pytest.fixture
def account() -> ProviderAccount:
    return connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)[0]


def test_an_account_is_added_with_its_key_sealed(owner: User):
    client_of(owner).post("/administration/accounts/new/", GIVEN)
    account = ProviderAccount.objects.get()
    assert (account.address, account.read_key()) == ("https://api.apimart.ai", KEY)


@pytest.mark.parametrize("typed", [f"  {KEY} ", f"Bearer {KEY}", f"bearer  {KEY}\r\n", f"\t{KEY}"])
def test_a_key_may_be_pasted_with_what_stood_around_it(typed: str, owner: User):
    client_of(owner).post("/administration/accounts/new/", GIVEN | {"key": typed})
    assert ProviderAccount.objects.get().read_key() == KEY


def test_what_is_wrong_is_said_and_nothing_is_written(owner: User):
    client = client_of(owner)
    for wrong, sentence in [
        ({"key": ""}, "required"),
        ({"key": "sk-ключ"}, "cannot be sent in a header"),
        ({"key": "sk-two words"}, "cannot be sent in a header"),
        ({"key": "Bearer \n"}, "The key is empty"),
        ({"address": "http://api.apimart.ai"}, "must begin with https"),
        ({"address": "https://10.0.0.5/v1"}, "lies in a private network"),
        ({"address": "https://api.apimart.ai/v1?key=x"}, "without user, question mark"),
        ({"in_flight": "0"}, "greater than or equal to 1"),
        ({"per_minute": "1e9"}, "whole number"),
        ({"dialect": "klingon"}, "not one of the available choices"),
        ({"name": "x" * 61}, "at most 60"),
    ]:
        answer = client.post("/administration/accounts/new/", GIVEN | wrong)
        assert answer.status_code == 422, sentence
        assert sentence in answer.content.decode(), sentence
        assert not ProviderAccount.objects.exists(), sentence


def test_a_key_is_never_shown_again(owner: User, account: ProviderAccount):
    page = client_of(owner).get(f"/administration/accounts/{account.pk}/").content.decode()
    assert KEY not in page
    assert "…1234" in page


def test_saving_without_a_key_keeps_the_old_one(owner: User, account: ProviderAccount):
    client_of(owner).post(f"/administration/accounts/{account.pk}/", GIVEN | {"key": "", "name": "Renamed"})
    account.refresh_from_db()
    assert (account.name, account.read_key()) == ("Renamed", KEY)


def test_two_accounts_cannot_share_a_name(owner: User, account: ProviderAccount):
    assert client_of(owner).post("/administration/accounts/new/", GIVEN).status_code == 422


def test_an_engine_can_be_switched_off_and_renamed(owner: User, account: ProviderAccount):
    client_of(owner).post(f"/administration/accounts/{account.pk}/engines/", {"seedream-5.0-lite-wire": "new-name"})
    choice = EngineChoice.objects.get(engine="apimart/seedream-5.0-lite")
    assert (choice.enabled, choice.wire_id) == (False, "new-name")


def test_a_sandbox_account_has_no_key_to_change(owner: User):
    sandbox = ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)
    page = client_of(owner).get(f"/administration/accounts/{sandbox.pk}/").content.decode()
    assert 'name="key"' not in page
    client_of(owner).post(f"/administration/accounts/{sandbox.pk}/", GIVEN)
    sandbox.refresh_from_db()
    assert (sandbox.name, sandbox.sealed_key) == ("Sandbox Ark", "")


@pytest.mark.parametrize("page", ["new/", "{pk}/", "{pk}/engines/", "{pk}/switch/"])
@pytest.mark.parametrize("who", ["designer", "admin", "stranger"])
def test_only_site_administrators_reach_it(page: str, who: str, account: ProviderAccount, request: pytest.FixtureRequest):
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/administration/accounts/{page.format(pk=account.pk)}", GIVEN).status_code == 403


def tried(owner: User, account: ProviderAccount) -> str:
    return client_of(owner).post(f"/administration/accounts/{account.pk}/test/", follow=True).content.decode()


@pytest.mark.parametrize(("key", "sentence"), [("sk-good-enough-key", "takes this key"), ("sk-bad-key-of-theirs", "refuses this key")])
def test_a_key_is_tested_by_a_call_that_costs_nothing(key: str, sentence: str, owner: User, port: int):
    account = connect("Local", Dialect.GATEWAY, f"http://127.0.0.1:{port}/gateway", key, True)[0]
    assert sentence in tried(owner, account)


def test_it_is_said_where_a_key_cannot_be_tested(owner: User):
    account = connect("Lab", Dialect.TENSORSLAB, "https://api.tensorslab.com", KEY, False)[0]
    assert "cannot be tested" in tried(owner, account)


def test_a_provider_that_is_away_is_said_to_be_away(owner: User):
    account = connect("Local", Dialect.ARK, "http://127.0.0.1:1", KEY, True)[0]
    assert "could not be reached" in tried(owner, account)


def test_an_engine_gets_a_price(owner: User, account: ProviderAccount):
    client_of(owner).post(
        f"/administration/accounts/{account.pk}/engines/", {"seedream-5.0-lite-on": "on", "seedream-5.0-lite-price": "0,0415"}
    )
    assert EngineChoice.objects.get(engine="apimart/seedream-5.0-lite").price == 41_500


@pytest.mark.parametrize("price", ["-1", "1e9", "NaN", "0.0000001", "free"])
def test_a_price_that_is_none_is_refused_with_an_example(price: str, owner: User, account: ProviderAccount):
    path = f"/administration/accounts/{account.pk}/engines/"
    page = client_of(owner).post(path, {"seedream-5.0-lite-price": price}, follow=True).content.decode()
    assert "such as 0.035" in page
    assert not EngineChoice.objects.filter(engine="apimart/seedream-5.0-lite").exists()


def test_a_paused_account_says_why_and_can_be_opened_again(owner: User, account: ProviderAccount):
    Gate.objects.create(account=account, paused=MENDED_BY_HAND[Next.MEND_KEY])
    path = f"/administration/accounts/{account.pk}/"
    assert "key for Main was refused" in client_of(owner).get(path).content.decode()
    client_of(owner).post(f"{path}reopen/")
    assert "was refused" not in client_of(owner).get(path).content.decode()


def test_a_new_key_opens_a_paused_account(owner: User, account: ProviderAccount):
    Gate.objects.create(account=account, paused=MENDED_BY_HAND[Next.MEND_KEY])
    client_of(owner).post(f"/administration/accounts/{account.pk}/", GIVEN | {"key": f"{KEY}5"})
    assert not Gate.objects.get().paused


def test_dollars_are_not_suggested_where_money_is_yuan(account: ProviderAccount, settings):
    settings.CURRENCY = "CNY"
    assert suggested(ENGINES["apimart/seedream-5.0-lite"], account) is None
