import pytest
from django.core.exceptions import ValidationError

from generations.web.amounts import read, typed


@pytest.mark.parametrize(
    ("text", "millionths"),
    [
        ("0.50", 500_000),
        (" 12 ", 12_000_000),
        ("$0.035", 35_000),
        ("0,5", 500_000),
        ("¥ 1 000", 1_000_000_000),
        (".000001", 1),
        ("0", 0),
        ("", None),
        ("  ", None),
        ("1000000", 1_000_000_000_000),
    ],
)
def test_an_amount_is_read_as_it_is_written(text: str, millionths: int | None):
    assert read(text) == millionths


@pytest.mark.parametrize("text", ["-1", "abc", "1e3", "1,000", "1.2.3", "0.0000001", "NaN", "Infinity", "٣", "1" * 40, "=1+1", "\x00"])
def test_what_is_none_is_told_as_it_was_typed(text: str):
    with pytest.raises(ValidationError) as wrong:
        read(text)
    assert f"“{text[:20]}” is no amount of money." in wrong.value.message


def test_too_much_is_told_with_the_figure():
    with pytest.raises(ValidationError, match=r"\$1,000,001.00 is too much: at most \$1,000,000.00."):
        read("1000001")


@pytest.mark.parametrize(("millionths", "text"), [(500_000, "0.50"), (35_000, "0.035"), (1, "0.000001"), (0, "0.00"), (None, "")])
def test_a_field_shows_what_can_be_read_again(millionths: int | None, text: str):
    assert typed(millionths) == text
    assert read(text) == millionths
