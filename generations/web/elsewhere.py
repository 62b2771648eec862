"""A request that the first account surely did not take on, and that went to another: who was asked before, and why not there."""

import re
from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from generations.calling.outcome import say
from generations.models import Attempt, Generation

SENTENCE_END = re.compile(r"(?<=[.。])\s*")


def asked_before(generation: Generation, attempts: Iterable[Attempt]) -> str:
    """Empty for nearly all. The attempts come in their order, with their accounts."""
    others = {one.account.name: one.trouble or {} for one in attempts if one.account_id != generation.account_id}
    if not others:
        return ""
    first = [_("%(account)s: %(why)s") % {"account": name, "why": first_of(say(trouble))} for name, trouble in others.items()]
    then = _("So %(account)s was asked.") % {"account": generation.account.name}
    return ("" if (get_language() or "").startswith("zh") else " ").join([*first, then])


def first_of(text: str) -> str:
    """What happened; what it cost and what to do was said of a request that went no further."""
    return SENTENCE_END.split(text, maxsplit=1)[0]
