"""No, in the words of the dialects that answer with tasks: as the trouble that a provider would have meant."""

from time import time

from generations.compat.denial import Denial, Why
from generations.dialects.dialect import AskingDialect
from generations.dialects.outcome import Next, Sent, Trouble
from generations.dialects.wire import Answer

NEXT = {
    Why.CONTENT: Next.EDIT_PROMPT,
    Why.RESULT: Next.RUN_AGAIN,
    Why.TOKEN: Next.MEND_KEY,
    Why.BUDGET: Next.TOP_UP,
    Why.ENGINE: Next.REPLACE_ENGINE,
    **dict.fromkeys((Why.MANY, Why.BUSY, Why.LATER), Next.WAIT),
    Why.BROKE: Next.ASK,
}
ABOUT = {"size": Next.EDIT_SIZE, "image": Next.EDIT_REFERENCE}
PLAIN = (Why.CONTENT, Why.RESULT, Why.BUDGET, Why.BUSY, Why.LATER)  # whose own status the dialect knows better


def deny(dialect: AskingDialect, denial: Denial) -> Answer:
    return dialect.write_answer(None, trouble(denial), int(time()))


def trouble(denial: Denial) -> Trouble:
    why = denial.why
    usual = ABOUT.get(denial.param, Next.EDIT_REQUEST) if why is Why.REQUEST else Next.OPEN_ENGINE  # the last is told by its status alone
    sent = Sent.UNKNOWN if why is Why.BROKE else Sent.NO
    code = "" if why in PLAIN else str(denial.status)
    return Trouble(NEXT.get(why, usual), sent, denial.message, code=code, wait=denial.wait)
