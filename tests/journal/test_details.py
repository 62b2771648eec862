import pytest
from django.db import transaction

from generations import journal
from generations.journal import Deed
from generations.journal.details import Unfit, fit


@pytest.mark.parametrize(
    "value",
    [
        "sk-abcdefghijklmnop",
        "Bearer abcdef",
        "L79mUpLzmqm8TOpkA2qmk_h692VCbKh_ahu0ljl9Xag=",
        "bc840c2a19f02ddaa289eb2e7344e8cb",
        "4cf74c25-9e97-4813-bfb3-5fcf2baa1547",
        "eyJhbGciOiJIUzI1NiJ9.e30.x",
        "AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_what_looks_like_a_key_is_refused(value: str):
    with pytest.raises(Unfit, match="no keys, and note looks like one") as refusal:
        fit({"note": value})
    assert value not in str(refusal.value)


@pytest.mark.parametrize("value", ["mei@example.com", "Mei Lin <mei@example.com>", ["fine", "mei@example.com"]])
def test_what_looks_like_an_address_is_refused(value: object):
    with pytest.raises(Unfit, match="no addresses"):
        fit({"who": value})


@pytest.mark.parametrize("name", ["prompt", "email", "key", "password", "token"])
def test_what_is_called_like_a_secret_is_refused(name: str):
    with pytest.raises(Unfit, match=f"The journal keeps no {name}"):
        fit({name: "x"})


@pytest.mark.parametrize("value", ["a red kite over the harbour " * 5, "two\nlines", "a\x00b"])
def test_long_texts_are_refused(value: str):
    with pytest.raises(Unfit, match="no long texts"):
        fit({"note": value})


@pytest.mark.parametrize("value", [1.5, {"a": 1}, b"x", object(), [[1]], float("nan")])
def test_what_databases_do_not_write_alike_is_refused(value: object):
    with pytest.raises(Unfit, match="is not text, a whole number"):
        fit({"note": value})


@pytest.mark.parametrize(
    "value",
    [
        "gateway/seededit-3.0-i2i",
        "doubao-seedream-4-0-250828",
        "f" * 63 + "0",
        "studio-20261120T101500Z.tar",
        "设计部",
        -(2**60),
        True,
        None,
        ["name", "in_flight"],
        [1, 2, 3],
    ],
)
def test_words_and_numbers_of_ours_are_kept(value: object):
    assert fit({"note": value}) == {"note": value}


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["mei@example.com", "key/sk-abcdefghijklmnop1234"])
def test_the_subject_is_looked_at_too(subject: str):
    with transaction.atomic(), pytest.raises(Unfit):
        journal.write(Deed.EXPORT, subject=subject)
