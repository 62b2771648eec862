"""Anyfast, seed document 003: one long call, told as the new-api software tells it."""

from generations.compat import asking, menu
from generations.compat.counter import Door
from generations.compat.denial import Denial
from generations.compat.said import written
from generations.compat.v1 import address
from generations.dialects import anyfast
from generations.dialects.wire import Answer


def deny(denial: Denial) -> Answer:
    return written(denial, denial.code or denial.why.value.code, "new_api_error")


DOOR = Door(anyfast, deny, "/compat/anyfast", knows=asking.KNOWN | {"logo_info"})

generations = address(DOOR)
models = menu.address(DOOR, menu.menu)
