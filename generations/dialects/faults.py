"""What can go wrong, in sentences: what happened, was it charged, what to do. Every vocabulary leads here."""

from dataclasses import dataclass

from generations.dialects.outcome import Next, Sent, Trouble
from generations.dialects.said import bounded


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows a trouble translates it."""
    return message


@dataclass(frozen=True)
class Fault:
    next: Next
    sentence: str
    taken: str = ""  # the sentence for when it was taken on and nobody says what it cost
    doubtful: bool = False  # after a submit nobody knows whether it was taken on


KEY = Fault(Next.MEND_KEY, _("The provider refused the studio's key. Nothing was charged. An administrator has to replace the key."))
BALANCE = Fault(
    Next.TOP_UP,
    _("The studio's account at the provider is out of credit. Nothing was charged. An administrator has to top it up."),
    _("The studio's account at the provider ran out of credit. Whether this was charged is not known. An administrator has to top it up."),
)
FORBIDDEN = Fault(
    Next.OPEN_ENGINE,
    _("The studio's account may not use this engine. Nothing was charged. An administrator has to open it at the provider."),
)
GONE = Fault(
    Next.REPLACE_ENGINE,
    _("The provider does not offer this engine now. Nothing was charged. Pick another engine."),
    _("The provider does not offer this engine now. Whether this was charged is not known. Pick another engine."),
)
REQUEST = Fault(
    Next.EDIT_REQUEST,
    _("The provider refused a setting of this request. Nothing was charged. Change the setting it names and run it again."),
    _("The provider refused a setting of this request. Whether this was charged is not known. Change the setting it names."),
)
SIZE = Fault(
    Next.EDIT_SIZE,
    _("The provider refused this size. Nothing was charged. Pick another ratio or resolution."),
    _("The provider refused this size. Whether this was charged is not known. Pick another ratio or resolution."),
)
REFERENCE = Fault(
    Next.EDIT_REFERENCE,
    _("The provider could not use a reference. Nothing was charged. Use another picture."),
    _("The provider could not use a reference. Whether this was charged is not known. Use another picture."),
)
WORDS = Fault(
    Next.EDIT_PROMPT,
    _("The provider's content rules refused the prompt. Nothing was charged. Change the words and run it again."),
    _("The provider's content rules refused the prompt. Whether this was charged is not known. Change the words."),
)
PICTURE = Fault(
    Next.EDIT_REFERENCE,
    _("The provider's content rules refused a reference. Nothing was charged. Use another picture."),
    _("The provider's content rules refused a reference. Whether this was charged is not known. Use another picture."),
)
RESULT = Fault(
    Next.RUN_AGAIN,
    _("The provider's content rules held the image back. Nothing was charged. Change the words or run it again."),
    _("The provider's content rules held the image back. Whether this was charged is not known. Change the words."),
)
CHECK = Fault(Next.RUN_AGAIN, _("The provider could not check the content. Nothing was charged. Run it again."))
BUSY = Fault(Next.WAIT, _("The provider is busy. Nothing was charged. The studio tries again by itself."))
LIMIT = Fault(Next.RAISE_LIMIT, _("A limit set at the provider is reached. Nothing was charged. An administrator has to raise it there."))
ADDRESS = Fault(
    Next.REPORT, _("There is nothing at the provider's address. Nothing was charged. An administrator has to correct the address.")
)
FAILED = Fault(
    Next.RUN_AGAIN,
    _("The provider failed to make the image. Nothing was charged. Run it again."),
    _("The provider failed to make the image. Whether this was charged is not known. Run it again if that is worth the price."),
)
BROKEN = Fault(
    Next.ASK,
    _("The provider reported an error of its own. It may have been charged. Ask the provider before sending it again."),
    doubtful=True,
)
CUT_OFF = Fault(
    Next.ASK,
    _("The provider's answer did not come through. It may have been charged. Ask the provider before sending it again."),
    doubtful=True,
)
SENSELESS = Fault(
    Next.ASK,
    _("The provider's answer makes no sense. It may have been charged. Ask the provider before sending it again."),
    doubtful=True,
)
MOVED = Fault(
    Next.ASK,
    _("The provider's address leads elsewhere. It may have been charged. An administrator has to correct the address."),
    doubtful=True,
)
CANCELLED = Fault(
    Next.RUN_AGAIN,
    _("The provider cancelled the task. Nothing was charged. Run it again."),
    _("The provider cancelled the task. Whether this was charged is not known. Run it again if that is worth the price."),
)
EMPTY = Fault(
    Next.REPORT,
    _("The provider finished without an image. Nothing was charged. Run it again."),
    _("The provider finished without an image. Whether this was charged is not known. An administrator can ask the provider."),
)
NO_NEWS = _("The provider gave no news of the task. Asking costs nothing. The studio asks again by itself.")
NO_ENTRY = _("The provider refused the studio's key when asked for news. Asking costs nothing. An administrator has to replace the key.")


def refused(fault: Fault, said: str = "", code: str = "", wait: float | None = None) -> Trouble:
    """The answer to a submit."""
    return Trouble(fault.next, Sent.UNKNOWN if fault.doubtful else Sent.NO, fault.sentence, bounded(said), bounded(code, 80), wait)


def failed(fault: Fault, free: bool, said: str = "", code: str = "") -> Trouble:
    """The end of something that was taken on. What only makes sense before that, such as a busy provider, is a failure of theirs now."""
    fault = fault if fault.taken else FAILED
    return Trouble(fault.next, Sent.YES, fault.sentence if free else fault.taken, bounded(said), bounded(code, 80), free=free)


def unanswered(status: int, said: str = "", code: str = "", wait: float | None = None) -> Trouble:
    """A question that got no answer: the task itself goes on."""
    sentence = NO_ENTRY if status in (401, 403) else NO_NEWS
    return Trouble(Next.WAIT, Sent.YES, sentence, bounded(said), bounded(code, 80), wait)
