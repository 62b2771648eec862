"""What stands beside pictures that did not come: what happened, was it charged, what to do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from generations.catalogue import get_engine
from generations.compose.cards import acts
from generations.compose.cards.acts import Act
from generations.compose.cards.subject import Subject
from generations.compose.cards.words import happened, joined, parted, sentence
from generations.models import Generation, ImageStatus, Status
from generations.pipeline.money import format_money, worst
from generations.web.words import moment, short

MOST_ACTS = 3
MOST_SAID = 240
MOST_REASONS = 2


@dataclass(frozen=True)
class Note:
    icon: str
    title: str
    text: str
    tone: str = ""
    money: str = ""  # what is at stake, in bold
    said: str = ""  # the provider's own words
    code: str = ""
    task: str = ""  # what to name when one asks the provider
    acts: Sequence[Act] = ()

    @property
    def gap(self) -> str:
        """Chinese has none behind a full stop or a colon."""
        return "" if (get_language() or "").startswith("zh") else " "


def note(subject: Subject) -> Note | None:
    build = NOTES.get(Status(subject.generation.status))
    if build:
        return build(subject)
    return leftover(subject) if subject.doubtful and not subject.generation.running else None


def refused(subject: Subject) -> Note:
    title, text = parted(sentence(subject.generation.trouble))
    return Note("refused", title or _("The provider refused this"), text, "bad", **theirs(subject.generation), acts=mend(subject))


def failed(subject: Subject) -> Note:
    title, text = parted(sentence(subject.generation.trouble))
    risk = _("may be paid twice") if subject.doubtful else ""
    ways = (acts.decide(subject), mend(subject) if not risk else acts.rerun(subject, risk=risk))
    title, text = title or _("Nothing came"), joined(*reasons(subject, title), text)
    return Note("failed", title, text, "bad", at_stake(subject), **theirs(subject.generation), task=subject.task, acts=some(*ways))


def unknown(subject: Subject) -> Note:
    title, text = parted(sentence(subject.generation.trouble))
    ways = (acts.check(subject), acts.decide(subject), acts.send_again(subject))
    text = joined(text, _("It is not sent again by itself."), next_check(subject))
    title = title or _("Sent, but no answer came")
    return Note("unknown", title, text, "warn", at_stake(subject), **theirs(subject.generation), task=subject.task, acts=some(*ways))


def partial(subject: Subject) -> Note:
    count = {"came": subject.came, "asked": subject.generation.images_asked}
    text = joined(*reasons(subject), bill(subject.generation), completed(subject))
    return Note("part", _("%(came)s of %(asked)s came") % count, text, acts=some(acts.complete(subject), acts.decide(subject)))


def completed(subject: Subject) -> str:
    """What has become of the missing ones since."""
    again = subject.completion
    if again is None:
        return ""
    if again.status != Status.DONE or again.finished_at is None:
        return ngettext("The missing %(n)s is on its way.", "The missing %(n)s are on their way.", subject.missing) % {"n": subject.missing}
    values = {"n": subject.missing, "time": moment(again.finished_at)}
    return ngettext("The missing %(n)s came at %(time)s.", "The missing %(n)s came at %(time)s.", subject.missing) % values


def reasons(subject: Subject, title: str = "") -> list[str]:
    """Why pictures did not come or could not be kept, as far as the title does not say it; each once."""
    found = (happened(sentence(image.trouble)) for image in subject.images if image.status != ImageStatus.STORED)
    return [reason for reason in dict.fromkeys(found) if reason and parted(reason)[0] != title][:MOST_REASONS]


def expired(subject: Subject) -> Note:
    title, text = parted(sentence(subject.generation.trouble))
    again = acts.rerun(subject, _("Generate again"), _("paid again"))
    ways = some(acts.decide(subject), acts.reuse(subject, _("Edit")), again)
    title, text = title or _("It was paid for, but the links stopped working"), joined(text, to_name(subject))
    return Note("clock", title, text, "warn", at_stake(subject), task=subject.task, acts=ways)


def to_name(subject: Subject) -> str:
    """By what the provider finds it."""
    if subject.task:
        return _("Name the task.")
    values = {"account": subject.generation.account, "time": moment(subject.generation.sent_at or subject.generation.created_at)}
    return _("Name the account, %(account)s, and the time, %(time)s.") % values


def cancelled(subject: Subject) -> Note:
    words = sentence(subject.generation.trouble)
    text = _("It was cancelled before anything was sent. Nothing was charged.")
    title, text = parted(words or text)
    return Note("minus", title, text, acts=some(acts.rerun(subject, _("Generate it after all")), acts.reuse(subject, _("Edit"))))


def asking(subject: Subject) -> Note:
    text = _("Up to %(money)s is held; nothing has been sent.") % {"money": format_money(subject.generation.held)}
    return Note("inbox", _("Waits for approval"), text, acts=some(acts.approve(subject), acts.withdraw(subject)))


def leftover(subject: Subject) -> Note:
    """It ended well, but a call before the last one is still in doubt."""
    text = _("It was sent again, and that is what came. An administrator can say what the provider charged.")
    return Note("unknown", _("An earlier attempt may be charged too"), text, "warn", at_stake(subject), acts=some(acts.decide(subject)))


NOTES: dict[Status, Callable[[Subject], Note]] = {
    Status.ASKING: asking,
    Status.REFUSED: refused,
    Status.FAILED: failed,
    Status.UNKNOWN: unknown,
    Status.PARTIAL: partial,
    Status.EXPIRED: expired,
    Status.CANCELLED: cancelled,
}


def some(*ways: Sequence[Act]) -> tuple[Act, ...]:
    return tuple(chain(*ways))[:MOST_ACTS]


def mend(subject: Subject) -> tuple[Act, ...]:
    """What to do is told by the trouble's name."""
    next = (subject.generation.trouble or {}).get("next", "")
    edits = {
        "edit_prompt": acts.reuse(subject, _("Edit the prompt")),
        "edit_size": acts.reuse(subject, _("Pick another size")),
        "edit_reference": acts.reuse(subject, _("Change the references")),
        "edit_request": acts.reuse(subject, _("Change the request")),
        "replace_engine": acts.reuse(subject, _("Pick another engine")),
    }
    again = acts.rerun(subject)
    return some(edits[next], again) if next in edits else some(again, acts.reuse(subject, _("Edit")))


def theirs(generation: Generation) -> dict[str, str]:
    trouble = generation.trouble or {}
    return {"said": short(trouble.get("said") or "", MOST_SAID), "code": short(trouble.get("code") or "", 80)}


def at_stake(subject: Subject) -> str:
    generation = subject.generation
    if generation.held:
        return _("%(money)s stays held.") % {"money": format_money(generation.held)}
    if generation.charged:
        return _("%(money)s was charged.") % {"money": format_money(generation.charged)}
    return ""


def next_check(subject: Subject) -> str:
    if not subject.checkable:
        return _("Cannot be checked.")
    due = subject.generation.due_at
    return _("Next check %(time)s.") % {"time": moment(due)} if due else _("It can be checked, which costs nothing.")


def bill(generation: Generation) -> str:
    """Of what was held: how much was charged, how much came back."""
    engine = get_engine(generation.engine)
    held = worst(generation.asked(), engine, generation.price) if engine else 0
    values = {"charged": format_money(generation.charged), "released": format_money(held - generation.charged)}
    if not generation.charged or generation.held:
        return at_stake_plain(generation)
    if held > generation.charged:
        return _("%(charged)s charged, %(released)s released.") % values
    return _("%(charged)s was charged.") % values


def at_stake_plain(generation: Generation) -> str:
    return _("%(money)s stays held.") % {"money": format_money(generation.held)} if generation.held else ""
