"""Engines over all accounts: what they cost, and what is offered where one is gone."""

import csv
from io import StringIO

import pytest
from django.utils import timezone

from generations.catalogue import ENGINES
from generations.models import Dialect, EngineChoice, ProviderAccount, Status, Team, User
from tests.cast import client_of
from tests.made import asked, made

pytestmark = pytest.mark.django_db

LITE, FOUR = "apimart/seedream-5.0-lite", "apimart/seedream-4.0"


@pytest.fixture
def account() -> ProviderAccount:
    return ProviderAccount.objects.create(name="=Main", dialect=Dialect.APIMART, address="https://api.apimart.ai")


def decide(owner: User, account: ProviderAccount, **fields: str) -> None:
    given = {f"seedream-5.0-lite-{name}": text for name, text in fields.items()}
    client_of(owner).post(f"/administration/accounts/{account.pk}/engines/", given)


def test_when_a_price_was_set_is_kept_and_only_a_new_price_moves_it(owner: User, account: ProviderAccount):
    decide(owner, account, on="on", price="0.05")
    first = EngineChoice.objects.get(engine=LITE).priced_at
    assert first
    assert first <= timezone.now()
    decide(owner, account, on="on", price="0.05", wire="other-name")
    assert EngineChoice.objects.get(engine=LITE).priced_at == first
    decide(owner, account, on="on", price="0.06")
    assert EngineChoice.objects.get(engine=LITE).priced_at > first


def test_the_table_can_be_taken_away_and_runs_nothing(owner: User, account: ProviderAccount):
    decide(owner, account, on="on", price="0.05")
    answer = client_of(owner).get("/administration/engines.csv")
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode().removeprefix("\ufeff"))))
    lite = next(row for row in rows if row["engine"] == LITE)
    assert (lite["account"], lite["on"], lite["price"], lite["references"]) == ("'=Main", "1", "0.050000", "14")
    assert len(rows) == len([one for one in ENGINES.values() if one.dialect == "apimart"])


# --- what follows ---


def opened(user: User, team: Team, account: ProviderAccount) -> str:
    """The composer, filled from a request whose engine is off."""
    generation = made(user, team, Status.DONE, asked(engine=LITE), account=account)
    return client_of(user).get(f"/?from={generation.uid}&what=all").content.decode()


def test_an_engine_that_is_off_is_followed_by_the_one_an_administrator_named(owner: User, account: ProviderAccount, team: Team):
    decide(owner, account, instead=FOUR)
    client_of(owner).post(f"/administration/accounts/{account.pk}/engines/", {"seedream-5.0-lite-instead": FOUR, "seedream-4.0-on": "on"})
    assert EngineChoice.objects.get(engine=LITE).successor == FOUR
    assert "Seedream 5.0 Lite is not offered there any more. In its place: Seedream 4.0, =Main." in opened(owner, team, account)


@pytest.mark.parametrize("named", [LITE, "apimart/none", "<script>", "x" * 200])
def test_nothing_follows_itself_or_what_is_not_there(named: str, owner: User, account: ProviderAccount):
    decide(owner, account, instead=named)
    assert EngineChoice.objects.get(engine=LITE).successor == ""


def test_an_engine_that_left_the_catalogue_can_be_given_a_successor(owner: User, account: ProviderAccount, team: Team):
    EngineChoice.objects.create(account=account, engine="apimart/seedream-1.0")
    path = f"/administration/accounts/{account.pk}/"
    assert "apimart/seedream-1.0" in client_of(owner).get(path).content.decode()
    client_of(owner).post(f"{path}engines/", {"seedream-1.0-instead": FOUR, "seedream-4.0-on": "on"})
    assert EngineChoice.objects.get(engine="apimart/seedream-1.0").successor == FOUR
