"""What stands on a card: why it waits, or how it ended."""

from typing import Any

from generations.catalogue.problem import _
from generations.dialects.outcome import Next, Sent, Trouble

STALE = _("The studio was held up before sending. Nothing was charged. It tries again by itself.")
STOPPED_SHORT = _("The studio was interrupted while sending. It may have been charged. Ask the provider before sending it again.")
EARLIER = _(
    "The last try was not accepted and costs nothing. An earlier one may have been charged. Ask the provider before sending it again."
)
RESTORED = _(
    "The studio was put back from a backup. This may have been sent after the backup was made, and charged. "
    "Ask the provider before sending it again."
)
UNREADABLE = _("The provider's answer is saved, but could not be read. It may have been charged. An administrator can look at it.")
UNWRITABLE = _("The studio could not put the call together. Nothing was sent and nothing was charged. An administrator has to look at it.")
REFERENCE_GONE = _("The file of a reference is missing or damaged here. Nothing was sent and nothing was charged. Add the reference again.")
GONE = _("This engine is not switched on any more. Nothing was charged. Pick another engine.")
GAVE_UP = _("It could not be sent for too long. Nothing was charged. Run it again when the provider is back.")
NEVER_DONE = _("The provider never finished it. It may have been charged. An administrator can ask the provider about the task.")
NOTHING_CAME = _("An administrator found that it was charged, and that nothing came.")
NOT_TAKEN = _("An administrator found that it was never accepted. Nothing was charged.")
LINK_GONE = _("Its link stopped working before it was here. It was probably charged.")
LINKS_GONE = _("It was paid for, but the links stopped working before the pictures were here. Ask the provider.")
NO_USE = _("What came cannot be used. It was probably charged. An administrator can look at what came.")
ELSEWHERE = _("{account} did not take it on and charges nothing. {other} is asked instead.")
PASSED_ON = _("Nothing can be sent to {account} now. {other} is asked instead.")
HELD_UP = _("Nothing could be sent there. Nothing was charged.")
LEFT = _("Whoever asked for it has left the team, so it is not sent. Nothing was charged.")
DECLINED = _("It was not approved. Nothing was sent and nothing was charged. {name} gave this reason: {reason}")
NO_ROOM = _("The studio's disk is nearly full. Nothing was sent. An administrator has to free some space.")


def store(trouble: Trouble, **values: Any) -> dict[str, Any]:
    return {
        "next": str(trouble.next),
        "sent": str(trouble.sent),
        "sentence": trouble.sentence,
        "values": values,
        "said": trouble.said,
        "code": trouble.code,
    }


def own(next: Next, sent: Sent, sentence: str, said: str = "") -> Trouble:
    """Trouble that no provider told us of."""
    return Trouble(next, sent, sentence, said)
