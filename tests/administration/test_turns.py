"""Which of several accounts is asked first: an administrator's word, by two plain buttons."""

import pytest

from generations.models import JournalLine, ProviderAccount, Team, User
from generations.offers import find_offer
from tests.cast import client_of

pytestmark = pytest.mark.django_db
ENGINE = "gateway/seedream-4.5"


@pytest.fixture(autouse=True)
def accounts(db: None) -> None:
    ProviderAccount.objects.create(name="Pretend", dialect="gateway", sandbox=True)
    for name in ("One", "Two", "Three"):
        ProviderAccount.objects.create(name=name, dialect="gateway", address="https://gateway.example")


def number(name: str) -> int:
    return ProviderAccount.objects.get(name=name).pk


def put(owner: User, name: str, **where: str) -> None:
    client_of(owner).post(f"/administration/accounts/{number(name)}/place/", {key: number(other) for key, other in where.items()})


def order() -> list[str]:
    return [account.name for account in sorted(ProviderAccount.objects.all(), key=lambda account: account.turn)]


def test_at_first_they_are_asked_as_they_came_and_the_sandbox_last():
    assert order() == ["One", "Two", "Three", "Pretend"]


def test_one_is_moved_before_another_and_behind_another(owner: User):
    put(owner, "Three", before="Two")
    assert order() == ["One", "Three", "Two", "Pretend"]
    put(owner, "One", behind="Two")
    assert order() == ["Three", "Two", "One", "Pretend"]


def test_a_second_click_finds_it_there_already(owner: User):
    for _click in range(2):
        put(owner, "Two", before="One")
    assert order() == ["Two", "One", "Three", "Pretend"]
    assert JournalLine.objects.filter(deed="account.change").count() == 1


def test_a_new_account_is_behind_all_that_have_a_place(owner: User):
    put(owner, "Three", before="One")
    ProviderAccount.objects.create(name="New", dialect="gateway", address="https://gateway.example")
    assert order() == ["Three", "One", "Two", "New", "Pretend"]


def test_the_sandbox_stays_behind_all_others(owner: User):
    put(owner, "Pretend", before="One")
    put(owner, "One", behind="Pretend")
    assert order() == ["One", "Two", "Three", "Pretend"]


@pytest.mark.parametrize("nonsense", [{}, {"before": ""}, {"before": "x"}, {"before": "9" * 40}, {"behind": "²"}])
def test_nonsense_moves_nothing(nonsense: dict[str, str], owner: User):
    answer = client_of(owner).post(f"/administration/accounts/{number('Two')}/place/", nonsense)
    assert (answer.status_code, order()) == (302, ["One", "Two", "Three", "Pretend"])


def test_the_page_shows_them_in_that_order_with_a_button_for_each_way(owner: User):
    put(owner, "Three", before="One")
    page = client_of(owner).get("/administration/").content.decode()
    assert page.index(f'id="account-{number("Three")}"') < page.index(f'id="account-{number("One")}"')
    assert "Ask before Three" in page
    assert "Ask after Two" in page
    assert "Pretend</button>" not in page


def test_a_composer_begins_with_the_first(owner: User, team: Team):
    put(owner, "Two", before="One")
    offer = find_offer(ENGINE)
    assert offer
    assert offer.account.name == "Two"
    page = client_of(owner).get("/").content.decode()
    assert f'value="gateway/seedream-5.0@{number("Two")}"' in page
