"""What docs/webhooks.md tells people to write does what it says."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generations.models import Event
from generations.notices.forms import EVENTS
from generations.telling.calls import WAITS
from generations.telling.sign import new_secret, sign

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")


def example() -> Callable[..., bool]:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  # that is the point
    return names["genuine"]  # type: ignore[no-any-return]


genuine = example()
NOW, BODY = 1_767_225_600, b'{"id": 1}'


def test_a_true_call_is_genuine():
    secret = new_secret()
    assert genuine(secret, sign(secret, NOW, BODY), BODY, NOW + 299)


@pytest.mark.parametrize(
    ("signature", "body", "now"),
    [
        (sign("whsec_other", NOW, BODY), BODY, NOW),
        (sign("whsec_mine", NOW, BODY), BODY + b" ", NOW),
        (sign("whsec_mine", NOW, BODY), BODY, NOW + 301),
        (sign("whsec_mine", NOW, BODY), BODY, NOW - 301),
        (sign("whsec_mine", NOW, BODY).replace(str(NOW), str(NOW + 1)), BODY, NOW),
        ("", BODY, NOW),
        ("t=,v1=", BODY, NOW),
        (f"t={NOW}", BODY, NOW),
        ("v1=00,t=²", BODY, NOW),
    ],
)
def test_everything_else_is_not(signature: str, body: bytes, now: int):
    assert not genuine("whsec_mine", signature, body, now)


def test_the_page_names_every_event_and_every_wait():
    assert {event for event, _label in EVENTS} <= set(re.findall(r"`([a-z]+\.[a-z]+)`", PAGE))
    assert Event.OFF not in PAGE
    assert "10 s, 1 min, 5 min, 30 min, 2 h, 6 h and 24 h" in PAGE
    assert [wait.total_seconds() for wait in WAITS] == [10, 60, 300, 1800, 7200, 21600, 86400]


def test_no_two_secrets_are_alike():
    assert new_secret() != new_secret()
    assert len(new_secret()) > 40
