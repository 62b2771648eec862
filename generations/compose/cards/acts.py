"""What can be done about a request: buttons that say what happens and what it costs. The risky one is always the last."""

from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from generations.compose.cards.subject import Subject
from generations.models import Attempt, Generation, Status
from generations.pipeline.money import format_money
from generations.web.words import moment


@dataclass(frozen=True)
class Question:
    """Asked before something that cannot be taken back."""

    title: str
    text: str
    choices: "tuple[Act, ...]"
    accept: str = ""  # a box to tick first


@dataclass(frozen=True)
class Act:
    label: str
    url: str = ""
    icon: str = ""
    tone: str = ""  # danger or plain
    post: bool = True
    name: str = ""  # by which a key finds it
    key: str = ""  # of a request that it starts: a second click is the same request
    price: int | None = None  # of that request, as the label says it
    question: Question | None = None


def priced(label: str, price: int | None, risk: str = "") -> str:
    """“Generate the missing 1 · $0.04”."""
    cost = "" if price is None else format_money(price) if price else _("free")
    return " · ".join(part for part in (label, risk, cost) if part)


def deed(name: str, generation: Generation, attempt: Attempt | None = None) -> str:
    """With an attempt it is about that one: if another is the one to decide by then, it is not."""
    return reverse(name, args=[generation.uid], query={"attempt": attempt.number} if attempt else None)


def filled(subject: Subject) -> str:
    """The composer, filled from this request."""
    return f"{reverse('compose')}?from={subject.generation.uid}&what=all"


def reuse(subject: Subject, label: str, icon: str = "pen") -> list[Act]:
    return [Act(label, filled(subject), icon, post=False)] if subject.reader.makes else []


def rerun(subject: Subject, label: str = "", risk: str = "") -> list[Act]:
    """The same request as a new one. Where its engine is gone there is nothing to press: reuse leads to another."""
    if not subject.reader.makes or subject.reader.offer(subject.generation) is None:
        return []
    price, key = subject.reader.price(subject.generation), str(uuid4())
    text, url = priced(label or _("Run again"), price, risk), deed("rerun", subject.generation)
    return [Act(text, url, tone="danger", key=key, price=price) if risk else Act(text, url, "rerun", name="again", key=key, price=price)]


def complete(subject: Subject) -> list[Act]:
    if not subject.reader.makes or not subject.missing or subject.completion or subject.reader.offer(subject.generation) is None:
        return []
    text = _("Generate the missing %(count)s") % {"count": subject.missing}
    price = subject.reader.price(subject.generation, subject.missing)
    return [Act(priced(text, price), deed("missing", subject.generation), "create", key=str(uuid4()), price=price)]


def check(subject: Subject) -> list[Act]:
    asked = subject.reader.makes and subject.checkable
    return [Act(_("Check again"), deed("check_again", subject.generation), "rerun")] if asked else []


def decide(subject: Subject) -> list[Act]:
    """Whoever can look at the provider's bill tells the studio what stands there."""
    if not subject.reader.user.is_superuser or subject.doubtful is None:
        return []
    held = subject.generation.held
    charged = Act(priced(_("It was charged"), held or None), deed("came", subject.generation, subject.doubtful))
    not_charged = Act(_("It was not charged"), deed("not_came", subject.generation, subject.doubtful))
    text = _("Look it up at %(account)s, then say here what its bill says. It cannot be taken back, and is written to the journal.")
    asked = Question(_("Was it charged?"), text % {"account": subject.generation.account}, (not_charged, charged))
    return [Act(_("Charged or not"), question=asked)]


def send_again(subject: Subject) -> list[Act]:
    if not subject.reader.decides(subject.generation) or subject.generation.status != Status.UNKNOWN:
        return []
    if subject.reader.forbids_again(subject.generation):
        return []
    held = subject.generation.held
    label = priced(_("Send again"), held or None, _("may be paid twice") if held else "")
    go = Act(_("Send again"), deed("resend", subject.generation, subject.attempt), tone="danger")
    asked = Question(_("Send again, though it may be paid twice?"), warning(subject), (go,), acceptance(held))
    return [Act(label, tone="danger", question=asked)]


def warning(subject: Subject) -> str:
    generation, doubtful = subject.generation, subject.doubtful
    sent = doubtful.sent_at if doubtful else generation.sent_at
    values = {"time": moment(sent or generation.created_at), "held": format_money(generation.held)}
    if not generation.held:
        return _("The attempt of %(time)s may still be charged. Sending again is written to the journal.") % values
    text = _("The attempt of %(time)s may still be charged, %(held)s. Sending again holds another %(held)s. It is written to the journal.")
    return text % values


def acceptance(held: int) -> str:
    if not held:
        return _("I accept that it may be charged twice")
    return _("I accept that up to %(twice)s may be charged") % {"twice": format_money(2 * held)}


def withdraw(subject: Subject) -> list[Act]:
    """For its author; whoever else may stop it declines it, with a reason."""
    own = subject.reader.makes and subject.generation.user_id == subject.reader.user.pk
    return [Act(_("Withdraw"), deed("stop", subject.generation), "cross")] if own else []


def approve(subject: Subject) -> list[Act]:
    """Where all that waits is decided, with what is left of the budget beside it."""
    return [Act(_("Allow or decline"), reverse("spending"), post=False)] if subject.reader.administrates else []


def halt(subject: Subject) -> Act | None:
    """For what is under way."""
    generation = subject.generation
    if not generation.running or generation.stopped_at or not subject.reader.decides(generation):
        return None
    label = _("Cancel") if generation.status == Status.QUEUED else _("Stop waiting")
    return Act(label, deed("stop", generation), "cross")
