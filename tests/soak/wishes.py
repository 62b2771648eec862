"""What people keep asking for: every dialect in turn, its smallest picture, and now and then a provider in a bad mood."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

ENGINES = {
    "tensorslab": ("tensorslab/seedream-4.5", "2K"),
    "apimart": ("apimart/seedream-4.0", "1K"),
    "anyfast": ("anyfast/seedream-5.0-t2i", "2K"),
    "gateway": ("gateway/seedream-4.0", "1K"),
    "ark": ("ark/seedream-4.0", "1K"),
}
ALONE = ("anyfast",)  # one picture at a time
LONGEST = 50  # seconds that a request may take, at the provider's own speed
SLOW = f"takes={LONGEST}"
WEATHER = ("", "", "busy-seconds=1", SLOW, "", "fewer", "load-reset", "", "reset=1", "bad-request", "", "result-refused")


@dataclass(frozen=True)
class Wish:
    dialect: str
    prompt: str
    images: int = 1

    def fields(self) -> dict[str, str]:
        engine, tier = ENGINES[self.dialect]
        return {
            "engine": engine,
            "prompt": self.prompt,
            "images": str(self.images),
            "ratio": "1:1",
            "tier": tier,
            "width": "",
            "height": "",
        }


def wishes(who: str) -> Iterator[Wish]:
    """No two have the same words: by them the provider's ledger tells one from another."""
    for number in count():
        turn, place = divmod(number, len(ENGINES))
        dialect = list(ENGINES)[place]
        weather = WEATHER[(turn + 5 * place) % len(WEATHER)]  # each dialect is at another point of it
        drill = f" [drill:{weather}]" if weather else ""
        several = weather in ("fewer", SLOW) and dialect not in ALONE
        yield Wish(dialect, f"a red kite above field {number} of {who}{drill}", 2 if several else 1)
