import pytest

from generations.catalogue import ENGINES
from generations.catalogue.check import check, promised_size
from generations.catalogue.request import Logo
from generations.catalogue.settle import Field, complete, fates, settle
from generations.catalogue.sizes import Size
from tests.catalogue.requests import asked, engine

EVERYTHING = {"seed": 7, "guidance": 3.0, "watermark": True, "logo": Logo(position=1), "web_search": True}
TAKEN = {
    "tensorslab/seedream-4.5": set(),
    "apimart/seedream-5.0-lite": {"watermark"},
    "anyfast/seedream-5.0": {"seed", "watermark", "logo"},
    "anyfast/seedream-5.0-t2i": {"seed", "watermark", "logo", "web_search"},
    "gateway/seedream-5.0": {"watermark"},
    "gateway/seedream-3.0-t2i": {"seed", "guidance", "watermark"},
    "gateway/seededit-3.0-i2i": {"seed", "guidance", "watermark"},
    "ark/seedream-5.0-lite": {"watermark", "web_search"},
}


def words(id: str, **fields) -> dict[str, str]:
    return {field.name: field.fate for field in fates(asked(id, **fields), engine(id))}


@pytest.mark.parametrize(("id", "taken"), TAKEN.items())
def test_each_engine_is_sent_what_it_takes_and_the_rest_is_said_to_be_left_out(id, taken):
    said = words(id, **EVERYTHING)
    assert {name for name in EVERYTHING if said[name] == "kept"} == taken
    assert {name for name in EVERYTHING if said[name] == "left out"} == set(EVERYTHING) - taken


@pytest.mark.parametrize("id", ENGINES)
def test_settling_once_is_enough_and_keeps_the_promise(id):
    request = asked(id, **EVERYTHING)
    once = settle(request, engine(id))
    assert settle(once, engine(id)) == once
    assert promised_size(once, engine(id)) == promised_size(request, engine(id))
    assert check(once, engine(id)) == []


def test_what_was_not_asked_for_is_not_listed():
    assert set(words("tensorslab/seedream-4.5")) == {"prompt", "ratio", "tier"}


def test_a_default_that_is_sent_is_shown():
    assert Field("format", "", "jpeg", "changed") in fates(asked("gateway/seedream-5.0"), engine("gateway/seedream-5.0"))
    assert settle(asked("ark/seedream-5.5"), engine("ark/seedream-5.5")).format == "png"


def test_a_format_that_cannot_be_chosen_is_not_sent_but_kept():
    request = asked("gateway/seedream-4.5", format="jpeg")
    assert settle(request, engine(request.engine)).format == ""
    assert words(request.engine, format="jpeg")["format"] == "kept"


def test_pixels_of_the_table_become_the_words_of_an_engine_that_takes_no_pixels():
    request = asked("apimart/seedream-5.0-lite", size=Size(4096, 2304))
    sent = settle(request, engine(request.engine))
    assert (sent.ratio, sent.tier, sent.size) == ("16:9", "3K", None)
    assert promised_size(sent, engine(request.engine)) == Size(4096, 2304)
    assert {field.fate for field in fates(request, engine(request.engine)) if field.name in ("size", "ratio", "tier")} == {"kept"}


def test_exact_pixels_stay_exact_where_they_are_taken():
    request = asked("gateway/seedream-5.0", size=Size(2048, 2048))
    assert settle(request, engine(request.engine)).size == Size(2048, 2048)


def test_a_tier_is_nothing_to_an_engine_that_has_none():
    assert settle(asked("gateway/seededit-3.0-i2i", tier="2K"), engine("gateway/seededit-3.0-i2i")).tier == ""
    assert words("gateway/seededit-3.0-i2i", tier="2K")["tier"] == "left out"


@pytest.mark.parametrize(
    ("id", "said", "meant"),
    [
        ("apimart/seedream-5.0-lite", ("16:9", ""), ("16:9", "2K")),
        ("apimart/seedream-5.0-lite", ("", "3K"), ("1:1", "3K")),
        ("gateway/seedream-4.0", ("", ""), ("1:1", "2K")),
        ("gateway/seedream-3.0-t2i", ("", ""), ("1:1", "1K")),
        ("tensorslab/seedream-5.0-lite", ("", ""), ("auto", "2K")),
        ("gateway/seededit-3.0-i2i", ("", ""), ("auto", "")),
    ],
)
def test_a_script_that_names_no_size_gets_the_providers_default(id, said, meant):
    request = complete(asked(id, ratio=said[0], tier=said[1]), engine(id))
    assert (request.ratio, request.tier) == meant


def test_exact_pixels_need_no_completion():
    request = asked("gateway/seedream-5.0", size=Size(2048, 2048))
    assert complete(request, engine(request.engine)) is request
