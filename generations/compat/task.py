"""Task ids that look like the provider's own, made of a generation's uid: nobody guesses them, and none has to be kept."""

from dataclasses import dataclass
from math import ceil, log2
from uuid import UUID

BITS = 128


@dataclass(frozen=True)
class Style:
    begins: str
    letters: str

    @property
    def length(self) -> int:
        return ceil(BITS / log2(len(self.letters)))

    def write(self, uid: UUID) -> str:
        found, left = "", uid.int
        for _letter in range(self.length):
            left, place = divmod(left, len(self.letters))
            found = self.letters[place] + found
        return self.begins + found

    def read(self, task: str) -> UUID | None:
        """None for anything that was never written by us."""
        word = task.removeprefix(self.begins)
        if word == task or len(word) != self.length or not set(word) <= set(self.letters):
            return None
        number = 0
        for letter in word:
            number = number * len(self.letters) + self.letters.index(letter)
        return UUID(int=number) if number >> BITS == 0 else None


STYLES = {
    "tensorslab": Style("tl_", "0123456789abcdef"),
    "apimart": Style("task_", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"),  # letters that nobody takes for another
}
