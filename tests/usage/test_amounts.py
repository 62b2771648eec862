"""Figures as the page writes them."""

import pytest

from generations.templatetags.studio import figure, percent, rounded


@pytest.mark.parametrize(
    ("micro", "places", "told"),
    [
        (165_160_000, 2, "$165.16"),
        (1_234_567_891, 2, "$1,234.57"),
        (0, 2, "$0.00"),
        (35_000, 2, "$0.04"),
        (3_500, 2, "$0.0035"),  # two places would say that it cost nothing
        (520_000, 3, "$0.520"),
        (None, 2, "—"),
    ],
)
def test_sums_stand_below_one_another(micro: int | None, places: int, told: str):
    assert rounded(micro, places) == told


def test_counts_and_shares():
    assert [figure(4594), figure(0)] == ["4,594", "0"]
    assert [percent(97.46), percent(None)] == ["97.5\u00a0%", "—"]
    assert percent(100.0) == "100.0\u00a0%"
