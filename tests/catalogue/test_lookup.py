import pytest

from generations.catalogue import ENGINES, by_wire_id, get_engine, replacement


def test_an_engine_is_found_by_its_id():
    assert {id: get_engine(id) for id in ENGINES} == ENGINES


def test_an_unknown_id_is_nobodys():
    ids = ["", "gateway", "gateway/", "GATEWAY/SEEDREAM-5.0", "nobody/nothing", "\0"]
    assert [id for id in ids if get_engine(id)] == []


def test_every_name_on_the_wire_leads_back_to_its_engine():
    for engine in ENGINES.values():
        names = (engine.wire_id, *engine.aliases)
        assert {by_wire_id(engine.dialect, name, engine.references.needed) for name in names} == {engine}


@pytest.mark.parametrize(("references", "id"), [(0, "anyfast/seedream-5.0-t2i"), (1, "anyfast/seedream-5.0"), (14, "anyfast/seedream-5.0")])
def test_references_tell_two_engines_of_one_name_apart(references, id):
    assert by_wire_id("anyfast", "doubao-seedream-5-0-260128", references) is ENGINES[id]


@pytest.mark.parametrize("references", [None, 15])
def test_where_they_do_not_the_first_is_meant(references):
    assert by_wire_id("anyfast", "doubao-seedream-5-0-260128", references) is ENGINES["anyfast/seedream-5.0"]


@pytest.mark.parametrize("name", ["doubao-seedream-5-0-lite", "doubao-seedream-5.0-lite", "Doubao-Seedream-5.0-lite"])
def test_apimart_has_three_names_for_its_lite_engine(name):
    assert by_wire_id("apimart", name) is ENGINES["apimart/seedream-5.0-lite"]


def test_elsewhere_capitals_count():
    assert by_wire_id("gateway", "Doubao-Seedream-5-0-260128") is None


@pytest.mark.parametrize(
    ("dialect", "name"),
    [
        ("ark", "doubao-seedream-5-0-lite"),  # Ark answers 404 to the bare name
        ("gateway", "seedreamv5"),
        ("nobody", "doubao-seedream-5-0-260128"),
    ],
)
def test_a_name_of_somebody_else_is_not_known(dialect, name):
    assert by_wire_id(dialect, name) is None


@pytest.mark.parametrize(
    ("id", "offered"),
    [
        ("ark/seedream-4.5", "ark/seedream-5.0-pro"),
        ("ark/seedream-4.0", "ark/seedream-4.0-20260415"),
        ("gateway/seedream-4.6", "gateway/seedream-4.5"),
        ("apimart/seedream-5.0", "apimart/seedream-5.0-lite"),
        ("nobody/seededit-3.0", "gateway/seededit-3.0-i2i"),
    ],
)
def test_for_an_engine_that_is_gone_the_nearest_is_offered(id, offered):
    assert replacement(id) is ENGINES[offered]


def test_an_engine_that_lasts_needs_no_replacement():
    assert replacement("gateway/seedream-5.0") is None


@pytest.mark.parametrize("id", ["", "/", "x", "gateway/"])
def test_something_is_offered_for_any_name(id):
    assert replacement(id) is not None
