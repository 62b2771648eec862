"""Who serves what is asked for, and in which order."""

from typing import Any

import pytest
from django.utils import timezone

from generations.calling.routing import Route, called, routes, spares
from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest, Reference
from generations.catalogue.sizes import Size
from generations.models import EngineChoice, Membership, ProviderAccount, Team, User
from generations.pipeline import gate
from generations.pipeline.start import Refused

pytestmark = pytest.mark.django_db


def account(dialect: str, name: str = "", **fields: Any) -> ProviderAccount:
    usual = {"dialect": dialect, "address": f"https://{dialect}.example", "sandbox": False}
    return ProviderAccount.objects.create(name=name or dialect, **{**usual, **fields})


def asked(**changes: Any) -> GenerationRequest:
    return GenerationRequest(engine="", prompt="a red kite").with_(**changes)


def found(team: Team, name: str, door: str = "", **changes: Any) -> list[Route]:
    return routes(name, asked(**changes), team, door)


def engines(team: Team, name: str, door: str = "", **changes: Any) -> list[str]:
    return [route.offer.engine.id for route in found(team, name, door, **changes)]


def names(team: Team, name: str = "seedream-4.5", door: str = "", **changes: Any) -> list[str]:
    return [route.offer.account.name for route in found(team, name, door, **changes)]


def problem(team: Team, name: str, **changes: Any) -> str:
    with pytest.raises(Refused) as refused:
        found(team, name, **changes)
    assert {one.field for one in refused.value.problems} == {"engine"}
    return str(refused.value)


# --- the same model under many names ---


@pytest.mark.parametrize(
    "name", ["seedreamv45", "seedream-4-5", "doubao-seedream-4-5", "doubao-seedream-4-5-251128", "Seedream 4.5", "SEEDREAM-4.5"]
)
def test_a_model_is_served_by_all_who_resell_it_whatever_they_call_it(name: str, team: Team):
    for dialect in ("tensorslab", "apimart", "gateway", "ark", "anyfast"):
        account(dialect)
    assert set(engines(team, name)) == {f"{dialect}/seedream-4.5" for dialect in ("tensorslab", "apimart", "gateway", "ark")}


def test_an_id_of_the_catalogue_is_that_engine_and_no_other(team: Team):
    account("gateway"), account("gateway", "another"), account("ark")
    assert engines(team, "gateway/seedream-4.5") == ["gateway/seedream-4.5"] * 2


def test_a_name_that_the_administrator_gave_is_known(team: Team):
    account("ark"), account("gateway")
    EngineChoice.objects.create(account=account("ark", "ours"), engine="ark/seedream-4.5", wire_id="ep-20261101-abc")
    assert names(team, "ep-20261101-abc") == ["ours"]


def test_words_alone_and_pictures_to_change_are_served_by_different_engines_of_one_name(team: Team):
    account("anyfast")
    picture = Reference("a" * 64, "png", Size(1024, 1024), 1000)
    assert engines(team, "doubao-seedream-5-0-260128", "anyfast", ratio="1:1", tier="2K") == ["anyfast/seedream-5.0-t2i"]
    assert engines(team, "doubao-seedream-5-0-260128", references=(picture,)) == ["anyfast/seedream-5.0"]


def test_every_model_that_ark_sells_has_one_family_wherever_it_is_resold():
    families = {engine.id: engine.family for engine in ENGINES.values()}
    for one in ENGINES.values():
        for other in ENGINES.values():
            if one.wire_id == other.wire_id:
                assert families[one.id] == families[other.id]
    assert {family for family in families.values() if list(families.values()).count(family) == 1} == {
        *("seedream-3.0-t2i", "seededit-3.0-i2i", "seedream-4.0-20260415", "seedream-5.5"),
    }


def test_who_speaks_a_dialect_is_told_its_own_name():
    assert called("apimart/seedream-4.5", "tensorslab") == "seedreamv45"
    assert called("gateway/seedream-3.0-t2i", "tensorslab") == "doubao-seedream-3-0-t2i-250415"


# --- the order ---


def test_the_administrators_order_comes_before_everything(team: Team):
    account("ark", "second", place=2), account("gateway", "first", place=1), account("apimart", "third", place=3)
    assert names(team, door="apimart") == ["first", "second", "third"]


def test_where_nothing_is_said_the_doors_own_dialect_is_first(team: Team):
    account("ark"), account("apimart"), account("gateway")
    assert names(team, door="gateway")[0] == "gateway"


def test_then_whoever_leaves_out_least(team: Team):
    account("gateway"), account("ark")
    assert engines(team, "seedream-5.0-lite", web_search=True)[0] == "ark/seedream-5.0-lite"


def test_the_sandbox_stands_in_for_nobody(team: Team):
    account("ark", "pretends", sandbox=True, address=""), account("gateway", "real")
    assert names(team) == ["real"]


def test_also_where_it_was_put_first(team: Team):
    account("ark", "pretends", sandbox=True, address="", place=1), account("gateway", "real")
    assert names(team) == ["real"]


def test_alone_it_serves_all_that_it_speaks(team: Team):
    for dialect in ("ark", "gateway"):
        account(dialect, sandbox=True, address="")
    assert names(team, door="gateway") == ["gateway", "ark"]


def test_who_cannot_send_now_comes_last(team: Team):
    first = account("gateway", "first", place=1)
    account("ark", "second", place=2)
    gate.pause(first)
    assert names(team) == ["second", "first"]
    gate.open_gate(first, timezone.now())
    assert names(team) == ["first", "second"]


def test_what_was_switched_off_serves_nothing(team: Team):
    account("gateway", "off", enabled=False), account("ark", "on")
    EngineChoice.objects.create(account=account("ark", "without"), engine="ark/seedream-4.5", enabled=False)
    assert names(team) == ["on"]


def test_a_size_that_was_not_named_is_what_the_doors_provider_makes(team: Team):
    account("tensorslab")
    [route] = found(team, "seedreamv45", "gateway")
    assert (route.request.ratio, route.request.tier) == ("1:1", "2K")
    [route] = found(team, "seedreamv45", "tensorslab")
    assert (route.request.ratio, route.request.tier) == ("auto", "2K")


def test_as_far_as_the_engine_has_it(team: Team):
    account("apimart")
    [route] = found(team, "seedreamv45", "tensorslab")
    assert (route.request.ratio, route.request.tier) == ("1:1", "2K")


# --- what does not fit ---


def test_who_cannot_make_that_size_is_not_asked(team: Team):
    account("tensorslab"), account("gateway")
    assert engines(team, "seedream-5.0-lite", ratio="1:1", tier="3K") == ["gateway/seedream-5.0"]


def test_where_nobody_can_the_first_says_why(team: Team):
    account("gateway")
    with pytest.raises(Refused) as refused:
        found(team, "seedream-4.5", images=99)
    assert str(refused.value) == "Number of images must be 1 to 15."


def test_a_name_that_nobody_knows_brings_the_near_ones(team: Team):
    account("gateway")
    said = problem(team, "seedream-4.6")
    assert said.startswith("There is no engine called seedream-4.6 here. Perhaps seedream-4.5")


@pytest.mark.parametrize("name", ["x" * 10_000, "\0", "gpt-image-1\n", "../../etc", "'; DROP TABLE", "\ud800"])
def test_nonsense_is_no_engine(name: str, team: Team):
    account("gateway")
    assert len(problem(team, name)) < 300


def test_a_known_one_that_is_switched_on_nowhere_is_said_to_be_that(team: Team):
    assert problem(team, "seedream-4.5") == (
        "seedream-4.5 is known, but it is switched on at no account here. An administrator can change that."
    )


def test_one_that_the_team_does_not_use(team: Team):
    account("gateway")
    team.engines = ["gateway/seedream-4.0"]
    assert problem(team, "seedream-4.5") == "Your team does not use Seedream 4.5; pick another."


def test_only_those_of_the_team_stand_in(team: Team):
    account("gateway"), account("ark")
    team.engines = ["ark/seedream-4.5"]
    assert engines(team, "seedream-4.5") == ["ark/seedream-4.5"]


# --- who comes after the first ---


@pytest.fixture
def membership(designer: User, team: Team) -> Membership:
    return designer.memberships.get(team=team)


def test_all_others_may_stand_in(membership: Membership, team: Team):
    account("gateway"), account("ark"), account("apimart")
    kept = spares(found(team, "seedream-4.5", "gateway"), membership)
    assert [one["engine"] for one in kept] == ["ark/seedream-4.5", "apimart/seedream-4.5"]
    assert GenerationRequest.read(kept[0]["request"]).engine == "ark/seedream-4.5"


def test_but_not_at_a_price_that_somebody_would_have_to_allow(membership: Membership, team: Team):
    gateway = account("gateway")
    EngineChoice.objects.create(account=gateway, engine="gateway/seedream-4.5", price=10_000)
    account("ark"), account("apimart")
    team.ask_above = 30_000
    membership.team = team
    assert [one["engine"] for one in spares(found(team, "seedream-4.5", "gateway"), membership)] == ["apimart/seedream-4.5"]
