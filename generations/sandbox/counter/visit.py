"""Somebody at one dialect's counter, as long as it takes to answer: without the body of the request."""

from dataclasses import dataclass, field

from generations.dialects.dialect import Asked, Dialect
from generations.dialects.faults import BROKEN, refused
from generations.dialects.outcome import Accepted, Finished, Trouble
from generations.sandbox.counter.receive import passed
from generations.sandbox.weather.spoilers import spoil
from generations.sandbox.wire import Answer
from generations.sandbox.world import World


@dataclass(frozen=True)
class Visit:
    world: World
    dialect: Dialect
    key: str = field(repr=False)
    base: str  # where the sandbox is, as the client knows it
    path: str

    def write(self, asked: Asked | None, outcome: Accepted | Finished | Trouble) -> Answer:
        return passed(self.dialect.write_answer(asked, outcome, int(self.world.now())))

    def broken(self) -> Answer:
        return self.write(None, refused(BROKEN, "Internal server error."))

    def spoil(self, name: str, answer: Answer) -> Answer:
        return spoil(name, answer, self.broken, self.path, self.world.pause) if name else answer
