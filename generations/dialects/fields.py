"""Reading a request strictly, as the providers do: a quoted number is no number. What is null is as if it were not there."""

import math
from collections.abc import Mapping
from typing import Any

from generations.dialects import faults
from generations.dialects.faults import Fault, refused
from generations.dialects.outcome import Next, Trouble
from generations.dialects.said import bounded
from generations.dialects.uri import read_data_uri

MOST = 2**31 - 1


class Refusal(Exception):
    """A request that cannot be read: what is wrong with it, as the provider would put it."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault, self.message = fault, message

    def trouble(self, codes: Mapping[Next, str], code: str = "") -> Trouble:
        return refused(self.fault, self.message, codes.get(self.fault.next, code))


def invalid(name: str, why: str, fault: Fault = faults.REQUEST) -> Refusal:
    return Refusal(fault, f"The parameter `{name}` specified in the request is not valid: {why}.")


class Fields:
    def __init__(self, value: Any, name: str = "") -> None:
        if not isinstance(value, dict):
            raise invalid(name, "it must be an object") if name else Refusal(faults.REQUEST, "The request body must be a JSON object.")
        self.value = value

    def get(self, name: str) -> Any:
        return self.value.get(name)

    def text(self, name: str, fault: Fault = faults.REQUEST) -> str:
        found = self.get(name)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise invalid(name, "it must be a string", fault)
        return found

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found:
            raise Refusal(faults.REQUEST, f"The request failed because it is missing the parameter `{name}`.")
        return found

    def choice(self, name: str, *words: str) -> str:
        found = self.text(name)
        if found and found not in words:
            raise invalid(name, f"it must be one of {', '.join(words)}")
        return found

    def whole(self, name: str, fault: Fault = faults.REQUEST) -> int | None:
        found = self.get(name)
        if found is None:
            return None
        if not isinstance(found, int) or isinstance(found, bool) or abs(found) > MOST:
            raise invalid(name, "it must be a whole number", fault)
        return found

    def number(self, name: str) -> float | None:
        found = self.get(name)
        if found is None:
            return None
        if not isinstance(found, int | float) or isinstance(found, bool) or abs(found) > MOST or math.isnan(found):
            raise invalid(name, "it must be a number")
        return float(found)

    def flag(self, name: str, usual: bool) -> bool:
        found = self.get(name)
        if found is None:
            return usual
        if not isinstance(found, bool):
            raise invalid(name, "it must be true or false")
        return found

    def entries(self, name: str, fault: Fault = faults.REQUEST) -> list[Any]:
        found = self.get(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise invalid(name, "it must be an array", fault)
        return found

    def inner(self, name: str) -> "Fields":
        found = self.get(name)
        return Fields({} if found is None else found, name)


def read_reference(value: Any, name: str) -> str | bytes:
    """A link, or the bytes of a data URI. A server that reads large bodies piece by piece has decoded it already."""
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise invalid(name, "it must be a string", faults.REFERENCE)
    if value.lower().startswith(("http://", "https://")):
        return value
    if content := read_data_uri(value):
        return content
    raise invalid(name, f"neither a link nor a data URI: {bounded(value, 40)}", faults.REFERENCE)


def read_group(fields: Fields, words: tuple[str, ...] = ("auto", "disabled")) -> int | None:
    """How many images a group may have; None where none is asked for, 0 where it is left to the provider."""
    mode = fields.choice("sequential_image_generation", *words)
    most = fields.inner("sequential_image_generation_options").whole("max_images")
    return (most or 0) if mode == "auto" else None
