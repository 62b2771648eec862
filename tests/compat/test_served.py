"""A script that was written for one provider is served by whoever is switched on."""

import pytest

from generations.dialects import faults
from generations.models import EngineChoice, Generation, ProviderAccount, Status, Team, User
from tests.compat.program import LITE, Program, started
from tests.pipeline.provider import Provider, refuse
from tests.pipeline.steps import Steps

pytestmark = pytest.mark.django_db

TENSORSLAB = "/tensorslab/v1/images/seedreamv45"
EVERYBODY = ["tensorslab", "apimart", "anyfast", "gateway", "ark"]


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    return Program(designer, team)


def account(dialect: str, **fields: int) -> ProviderAccount:
    return ProviderAccount.objects.create(name=dialect, dialect=dialect, sandbox=True, **fields)


@pytest.mark.parametrize("dialect", ["apimart", "gateway", "ark"])
def test_a_script_for_tensorslab_where_only_another_is_switched_on(dialect: str, program: Program) -> None:
    account(dialect)
    generation = started(program.send(TENSORSLAB, prompt="a kite", resolution="16:9", batchsize="2"))
    request = generation.asked()
    assert (generation.engine, request.ratio, request.images) == (f"{dialect}/seedream-4.5", "16:9", 2)


@pytest.mark.parametrize("dialect", EVERYBODY)
def test_a_script_for_apimart_where_only_one_is_switched_on(dialect: str, program: Program) -> None:
    account(dialect)
    generation = started(program.post("/apimart/v1/images/generations", LITE | {"size": "16:9", "resolution": "2K"}))
    assert generation.account.dialect == dialect
    assert (generation.width, generation.height) == (2848, 1600)


@pytest.mark.parametrize("dialect", EVERYBODY)
def test_what_a_script_leaves_out_is_as_its_own_documents_say(dialect: str, program: Program) -> None:
    """002: 1:1 and 2K; 000: 2K, in whatever ratio the engine finds best."""
    account(dialect)
    asked = {"model": "doubao-seedream-5-0-lite", "prompt": "a kite"}
    first = started(program.post("/apimart/v1/images/generations", asked)).asked()
    second = started(program.send("/tensorslab/v1/images/seedreamv5", prompt="a kite")).asked()
    assert (first.ratio, first.tier) == ("1:1", "2K")
    assert (second.ratio, second.tier) == ("auto" if dialect not in ("apimart", "anyfast") else "1:1", "2K")


def test_the_administrators_order_decides_and_the_doors_own_dialect_where_there_is_none(program: Program) -> None:
    account("apimart"), account("gateway"), account("tensorslab")
    assert started(program.send(TENSORSLAB, prompt="a kite")).engine == "tensorslab/seedream-4.5"
    ProviderAccount.objects.filter(dialect="gateway").update(place=1)
    assert started(program.send(TENSORSLAB, prompt="a boat")).engine == "gateway/seedream-4.5"


def test_one_whose_balance_is_empty_is_passed_by(program: Program, driver: Steps, provider: Provider) -> None:
    account("tensorslab"), account("gateway")
    provider.plans.append(refuse(faults.BALANCE))
    generation = started(program.send(TENSORSLAB, prompt="a kite"))
    driver.settle()
    generation.refresh_from_db()
    assert (generation.status, generation.engine, len(provider.sales)) == (Status.DONE, "gateway/seedream-4.5", 1)


def test_the_balance_of_all_is_empty(program: Program, driver: Steps, provider: Provider) -> None:
    account("tensorslab"), account("gateway"), account("ark")
    provider.usual = refuse(faults.BALANCE)
    answer = program.send(TENSORSLAB, prompt="a kite")
    driver.settle()
    told = program.ask("tensorslab", answer.json()["data"]["taskid"]).json()
    assert (started(answer).status, len(provider.sent), told["code"]) == (Status.REFUSED, 3, 9000)
    assert "Nothing was charged" in told["msg"]


def test_an_engine_that_is_switched_off_is_told_as_such(program: Program) -> None:
    EngineChoice.objects.create(account=account("tensorslab"), engine="tensorslab/seedream-4.5", enabled=False)
    answer = program.send(TENSORSLAB, prompt="a kite")
    assert (answer.status_code, answer.json()["code"], Generation.objects.exists()) == (404, 9999, False)
    assert "switched on at no account" in answer.json()["msg"]
