"""What may stand in a line. It can never be erased, so it holds numbers and words of ours, and nothing that people typed.

No key, no prompt, no name, no e-mail address: whoever did it is the number of a user, and who that was can be forgotten elsewhere.
The rules below catch the obvious slips; they cannot know what a text means.
"""

import re

NEVER = {"email", "key", "mail", "password", "prompt", "secret", "token"}
LONGEST = 120
BEGINNINGS = re.compile(r"(sk-|pk-|bearer\s|basic\s|eyJ|AKIA|gh[a-z]_)", re.IGNORECASE)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)  # Ark's keys
SCRAMBLED = re.compile(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{20,}", re.IGNORECASE)
SHA256 = re.compile(r"[0-9a-f]{64}")  # names a file


class Unfit(ValueError):
    """A slip in the code that writes a line."""


def fit(details: dict[str, object]) -> dict[str, object]:
    """The same details, if they may be kept for ever."""
    for name, value in details.items():
        if name in NEVER:
            raise Unfit(f"The journal keeps no {name}.")
        for one in value if isinstance(value, list) else [value]:
            check(name, one)
    return details


def check(name: str, value: object) -> None:
    """Whole numbers only: a fraction is not written alike by every database, and then the hash would not fit."""
    if isinstance(value, str):
        check_text(name, value)
    elif value is not None and not isinstance(value, int):
        raise Unfit(f"The journal cannot keep {name}: {type(value).__name__} is not text, a whole number, yes or no, or a list of them.")


def check_text(name: str, text: str) -> None:
    if len(text) > LONGEST or not text.isprintable():
        raise Unfit(f"The journal keeps no long texts, and {name} is one.")
    if "@" in text:
        raise Unfit(f"The journal keeps no addresses, and {name} looks like one.")
    if not SHA256.fullmatch(text) and (BEGINNINGS.match(text) or UUID.search(text) or SCRAMBLED.search(text)):
        raise Unfit(f"The journal keeps no keys, and {name} looks like one.")
