"""What a dialect is: one wire format, translated both ways, without I/O. Each is a module with these functions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from generations.catalogue.engine import Engine
from generations.catalogue.request import GenerationRequest
from generations.dialects.outcome import Accepted, Finished, Pending, Reading, Trouble
from generations.dialects.wire import Answer, Call, Picture, Received


@dataclass(frozen=True)
class Asked:
    """A request as it reads on the other side. References come as links or bytes, in order; `wire_id` is the engine's wire name."""

    wire_id: str
    request: GenerationRequest  # its engine is "", its references are empty: whoever received it knows better
    references: tuple[str | bytes, ...] = ()
    inline: bool = False  # pictures are wanted in the answer itself, not as links
    key: str = ""  # an idempotency key
    version: str = ""  # of the answer, where a dialect has several


class Dialect(Protocol):
    NAME: str
    ASKS: bool  # the answer is a task, whose state has to be asked for
    IDEMPOTENT: bool  # the same key sent twice is one request

    # as the client
    def write_request(self, request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call: ...
    def read_answer(self, answer: Answer) -> Reading: ...

    # as the server
    def read_request(self, received: Received) -> Asked | Trouble: ...
    def write_answer(self, asked: Asked | None, outcome: Accepted | Finished | Trouble, now: int) -> Answer:
        """`asked` is None where the request could not be read. Accepted is only for those that ask."""
        ...


class AskingDialect(Dialect, Protocol):
    """For those whose answer is a task."""

    def write_question(self, task: str) -> Call: ...

    def read_status(self, answer: Answer, task: str = "", sent: Collection[str] = ()) -> Reading:
        """How the task is. `task` keeps another task's pictures out, `sent` the links of our own references.

        A Trouble is the end of the task, with two exceptions: WAIT, only the question failed, ask again; and REPORT, it finished
        without a picture, which a few more questions may mend.
        """
        ...

    def read_question(self, received: Received) -> str | Trouble: ...
    def write_status(self, task: str, outcome: Pending | Finished | Trouble, now: int) -> Answer: ...
