import re
from uuid import uuid4

import pytest

from generations.models import Budget, EngineChoice, Generation, ProviderAccount, Team, User
from tests.cast import client_of
from tests.made import asked, made, sandbox

pytestmark = pytest.mark.django_db

PRICE = 40_000


@pytest.fixture
def generation(designer: User, team: Team) -> Generation:
    """At APIMart; the same request can go to two other accounts."""
    for engine in ("tensorslab/seedream-4.5", "gateway/seedream-5.0"):
        EngineChoice.objects.create(account=sandbox(engine), engine=engine, price=PRICE)
    return made(designer, team, request=asked(images=2, seed=5))


def names(*engines: str) -> list[str]:
    return [f"{engine}@{sandbox(engine).pk}" for engine in engines]


BOTH = ("tensorslab/seedream-4.5", "gateway/seedream-5.0")


def address(generation: Generation) -> str:
    return f"/generations/{generation.uid}/variations/"


def shown(user: User, generation: Generation, *engines: str) -> str:
    return client_of(user).get(address(generation), {"offer": names(*engines)}).content.decode()


def send(user: User, generation: Generation, *engines: str, total: int = 4 * PRICE, key: object = None):
    form = {"offer": names(*engines), "total": total, "key": key or uuid4()}
    return client_of(user).post(address(generation), form)


def others(generation: Generation) -> list[Generation]:
    return list(Generation.objects.exclude(pk=generation.pk).order_by("pk"))


def test_it_offers_what_can_take_the_request_and_says_what_is_lost_there(designer: User, generation: Generation):
    page = shown(designer, generation)
    for name in names(*BOTH):
        assert f'value="{name}"' in page
    assert f'value="apimart/seedream-5.0-lite@{generation.account_id}"' not in page
    assert "seededit" not in page
    assert "left out there: seed" in re.sub(r"\s+", " ", page)


def test_the_total_is_shown_before_anything_is_sent(designer: User, generation: Generation):
    assert "Generate" not in shown(designer, generation, BOTH[0])
    page = shown(designer, generation, *BOTH)
    assert "Generate · $0.16" in page
    assert f'name="total" value="{4 * PRICE}"' in page
    assert not others(generation)


def test_each_engine_gets_the_request_once_as_one_batch(designer: User, generation: Generation):
    answer = send(designer, generation, *BOTH)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    started = others(generation)
    assert {one.engine for one in started} == set(BOTH)
    assert {one.prompt for one in started} == {generation.prompt}
    assert {one.parent for one in started} == {generation}
    assert len({one.batch for one in started}) == 1
    assert sum(one.held for one in started) == 4 * PRICE


def test_a_second_click_sends_nothing_more(designer: User, generation: Generation):
    key = uuid4()
    for _time in range(2):
        assert send(designer, generation, *BOTH, key=key).status_code == 302
    assert len(others(generation)) == 2


def test_a_private_request_stays_private(designer: User, generation: Generation):
    Generation.objects.update(private=True)
    send(designer, generation, *BOTH)
    assert all(one.private for one in others(generation))


@pytest.mark.parametrize("chosen", [[], BOTH[:1], ["nonsense"]])
def test_too_few_are_refused_with_the_figures(chosen: list[str], designer: User, generation: Generation):
    form = {"offer": [*names(*[one for one in chosen if "/" in one]), "nonsense@1"], "total": 0, "key": uuid4()}
    answer = client_of(designer).post(address(generation), form)
    assert answer.status_code == 422
    assert "Choose 2 to 4 engines." in answer.content.decode()
    assert not others(generation)


def test_a_price_that_changed_meanwhile_is_shown_again(designer: User, generation: Generation):
    EngineChoice.objects.update(price=PRICE * 2)
    answer = send(designer, generation, *BOTH)
    assert answer.status_code == 409
    assert "A price has changed. Nothing was sent." in answer.content.decode()
    assert "Generate · $0.32" in answer.content.decode()
    assert not others(generation)


def test_what_the_budget_does_not_allow_is_refused_with_the_figures(designer: User, team: Team, generation: Generation):
    Budget.objects.create(team=team, hard=3 * PRICE)
    answer = send(designer, generation, *BOTH)
    assert answer.status_code == 422
    assert "This would cost about" in answer.content.decode()
    assert not others(generation)


def test_where_nothing_else_is_switched_on_it_says_so(designer: User, generation: Generation):
    ProviderAccount.objects.exclude(pk=generation.account_id).update(enabled=False)
    EngineChoice.objects.bulk_create(
        EngineChoice(account=generation.account, engine=engine, enabled=False)
        for engine in ("apimart/seedream-4.5", "apimart/seedream-4.0", "apimart/seedream-5.0-pro")
    )
    assert "No other engine that is switched on takes this request" in shown(designer, generation)


def test_a_changed_choice_draws_only_the_form(designer: User, generation: Generation):
    fragment = client_of(designer).get(address(generation), {"offer": names(*BOTH)}, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "Generate · $0.16" in fragment


@pytest.mark.parametrize("key", ["", "x"])
def test_a_form_without_its_key_sends_nothing(key: str, designer: User, generation: Generation):
    answer = client_of(designer).post(address(generation), {"offer": names(*BOTH), "total": 4 * PRICE, "key": key})
    assert answer.status_code == 400
    assert not others(generation)


def test_only_who_makes_may_make_more(viewer: User, generation: Generation):
    assert client_of(viewer).get(address(generation)).status_code == 403
    assert send(viewer, generation, *BOTH).status_code == 403


def test_a_strangers_request_is_not_there(stranger: User, generation: Generation):
    assert client_of(stranger).get(address(generation)).status_code == 404
    assert send(stranger, generation, *BOTH).status_code == 404
    assert not others(generation)
