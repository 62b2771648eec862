"""One client for every provider: a dialect, and the way to where it is spoken.

Sending and reading are apart on purpose: whoever sends keeps the answer safe before it is read, so that no fault of a reader can
lose what was paid for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from generations.catalogue.engine import MEGABYTE, Engine
from generations.catalogue.request import GenerationRequest
from generations.dialects import ASKING, AskingDialect, Dialect
from generations.dialects.outcome import Next, Reading, Sent, Trouble
from generations.dialects.wire import Answer, Call, Picture
from generations.providers.download import Fetched
from generations.providers.failure import Failure, Forbidden, NotSent, Unknown
from generations.providers.meter import Limits
from generations.providers.way import Way

AT_ONCE = Limits(seconds=360, bytes=160 * MEGABYTE)  # the pictures may be in the answer
TASK = Limits(seconds=60, bytes=2 * MEGABYTE)
QUESTION = Limits(seconds=30, bytes=2 * MEGABYTE)
FILE = Limits(seconds=300, bytes=60 * MEGABYTE)


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows a trouble translates it."""
    return message


NOT_REACHED = _("The provider could not be reached. Nothing was charged. The studio tries again by itself.")
OWN_RULES = _("The studio's own rules stopped the call. Nothing was charged. An administrator has to look at the account's address.")
NO_ANSWER = _("The connection broke after sending. It may have been charged. Ask the provider before sending it again.")
NO_NEWS = _("The provider gave no news of the task. Asking costs nothing. The studio asks again by itself.")


@dataclass(frozen=True)
class Client:
    dialect: Dialect
    way: Way
    at_once: Limits = AT_ONCE
    task: Limits = TASK
    question: Limits = QUESTION
    file: Limits = FILE

    def write(self, request: GenerationRequest, engine: Engine, pictures: Sequence[Picture], key: str) -> Call:
        return self.dialect.write_request(request, engine, pictures, key)

    def send(self, call: Call) -> Answer | Trouble:
        """What costs money. Once: nothing here tries again. An answer that broke off is an answer too: it may be whole but for its end."""
        try:
            return self.way.send(call, self.task if self.dialect.ASKS else self.at_once)
        except Unknown as failure:
            return failure.partial if failure.partial and failure.partial.body else trouble_of(failure)
        except Failure as failure:
            return trouble_of(failure)

    def read(self, answer: Answer) -> Reading:
        return self.dialect.read_answer(answer)

    def ask(self, task: str) -> Answer | Trouble:
        """How a task is. May be asked as often as one likes."""
        try:
            return self.way.ask(self.asking.write_question(task), self.question)
        except Failure as failure:
            return Trouble(Next.WAIT, Sent.YES, NO_NEWS, said=str(failure))

    def read_status(self, answer: Answer, task: str, sent: Collection[str] = ()) -> Reading:
        return self.asking.read_status(answer, task, sent)

    def fetch(self, link: str, into: BinaryIO) -> Fetched:
        return self.way.fetch(link, self.file, into)

    @property
    def asking(self) -> AskingDialect:
        return ASKING[self.dialect.NAME]


def trouble_of(failure: Failure) -> Trouble:
    if isinstance(failure, NotSent):
        return Trouble(Next.WAIT, Sent.NO, NOT_REACHED, said=str(failure))
    if isinstance(failure, Forbidden):
        return Trouble(Next.REPORT, Sent.NO, OWN_RULES, said=str(failure))
    return Trouble(Next.ASK, Sent.UNKNOWN, NO_ANSWER, said=str(failure))
