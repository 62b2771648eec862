"""What a message says, in the language of whoever reads it. It is told from the row anew each time, so money is as it stands now."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.dialects.outcome import Next
from generations.models import Event, Generation, Notice, Status, Verdict
from generations.models.money import this_month
from generations.pipeline.budget import next_month
from generations.pipeline.money import format_money, word

LONGEST = 80  # letters of what people wrote


def excerpt(text: str, most: int = LONGEST) -> str:
    """On one line, without what nobody could see."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text[: most * 4]).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def sentence(notice: Notice) -> str:
    return SAID[notice.event](notice, notice.details)


def prompt(notice: Notice) -> str:
    generation = notice.generation
    return excerpt(generation.prompt) or generation.engine if generation else ""


def charge(generation: Generation) -> str:
    amount = {"charged": format_money(generation.charged), "maybe": format_money(generation.held)}
    match word(generation):
        case "charged":
            return _("%(cost)s was charged.") % {"cost": amount["charged"]} if generation.charged else _("It was charged.")
        case "maybe" | "held":
            return _("%(cost)s may have been charged.") % {"cost": amount["maybe"]} if generation.held else _("It may have been charged.")
        case "released" | "free":
            return _("Nothing was charged.")
    return ""


def join(*parts: str) -> str:
    """Sentences, with a space between them where the language has one."""
    return " ".join(part for part in parts if part).replace("。 ", "。")


# --- requests ---


def done(notice: Notice, details: dict[str, Any]) -> str:
    if "requests" in details:
        return together(details)
    said = {"prompt": prompt(notice), "n": details["images"], "asked": details["asked"]}
    if details["images"] < details["asked"]:
        return _("“%(prompt)s”: %(n)s of %(asked)s images came.") % said
    return ngettext("“%(prompt)s” is done: %(n)s image.", "“%(prompt)s” is done: %(n)s images.", details["images"]) % said


def failed(notice: Notice, details: dict[str, Any]) -> str:
    if "requests" in details:
        return together(details)
    generation = notice.generation
    said = {"prompt": prompt(notice)}
    if generation is None:
        return _("A request failed.")
    match generation.status:
        case Status.REFUSED:
            what = _("“%(prompt)s” was refused.") % said
        case Status.EXPIRED:
            what = _("“%(prompt)s”: the links stopped working before the images were here.") % said
        case _other:
            what = _("“%(prompt)s” failed.") % said
    return join(what, charge(generation))


def unknown(notice: Notice, details: dict[str, Any]) -> str:
    if notice.generation is None:
        text = ngettext(
            "Nobody knows how %(n)s request to %(account)s ended. %(held)s is at stake.",
            "Nobody knows how %(n)s requests to %(account)s ended. %(held)s is at stake.",
            details["requests"],
        )
        return text % {"n": details["requests"], "account": details["account"], "held": format_money(details["held"])}
    if "requests" in details:
        return together(details)
    return join(_("Nobody knows how “%(prompt)s” ended.") % {"prompt": prompt(notice)}, charge(notice.generation))


def together(details: dict[str, Any]) -> str:
    """Of requests that were sent with one click."""
    counted = {"done": details["done"], "n": details["requests"], "failed": details["failed"], "unknown": details["unknown"]}
    return join(
        ngettext(
            "%(done)s of %(n)s request sent together is done.", "%(done)s of %(n)s requests sent together are done.", details["requests"]
        )
        % counted,
        ngettext("%(failed)s failed.", "%(failed)s failed.", details["failed"]) % counted if details["failed"] else "",
        ngettext("Of %(unknown)s nobody knows how it ended.", "Of %(unknown)s nobody knows how they ended.", details["unknown"]) % counted
        if details["unknown"]
        else "",
    )


# --- reviews ---


def asked(notice: Notice, details: dict[str, Any]) -> str:
    text = ngettext("%(by)s: %(n)s image waits for a review.", "%(by)s: %(n)s images wait for a review.", details["images"])
    return text % {"n": details["images"], "by": details["by"]}


def decided(notice: Notice, details: dict[str, Any]) -> str:
    said = {"by": details["by"], "prompt": prompt(notice)}
    match details["verdict"]:
        case Verdict.APPROVED:
            what = _("%(by)s approved an image of “%(prompt)s”.") % said
        case Verdict.REJECTED:
            what = _("%(by)s rejected an image of “%(prompt)s”.") % said
        case Verdict.CHANGE:
            what = _("%(by)s wants an image of “%(prompt)s” changed.") % said
        case _other:
            what = _("%(by)s took back the decision on an image of “%(prompt)s”.") % said
    return join(what, _("“%(text)s”") % {"text": details["note"]} if details["note"] else "")


def mentioned(notice: Notice, details: dict[str, Any]) -> str:
    return _("%(by)s mentions you: “%(text)s”") % details


def commented(notice: Notice, details: dict[str, Any]) -> str:
    if details["guest"]:
        return _("%(by)s, a guest, comments: “%(text)s”") % {**details, "by": details["by"] or _("Somebody")}
    return _("%(by)s comments on your image: “%(text)s”") % details


# --- money ---


def spending(notice: Notice, details: dict[str, Any]) -> str:
    said = {"by": details["by"], "held": format_money(details["held"]), "n": details["requests"], "prompt": prompt(notice)}
    if details["requests"] == 1:
        return _("%(by)s asks to spend %(held)s on “%(prompt)s”.") % said
    return _("%(by)s asks to spend %(held)s on %(n)s requests.") % said


def allowed(notice: Notice, details: dict[str, Any]) -> str:
    said = {"by": details["by"] or _("Somebody"), "n": details["requests"], "prompt": prompt(notice)}
    if details["allowed"]:
        one, many = (
            _("%(by)s approved the price of “%(prompt)s”. It is sent."),
            _("%(by)s approved the price of %(n)s requests. They are sent."),
        )
    else:
        one = _("%(by)s declined the price of “%(prompt)s”. Nothing was sent and nothing was charged.")
        many = _("%(by)s declined the price of %(n)s requests. Nothing was sent and nothing was charged.")
    reason = _("“%(text)s”") % {"text": details["reason"]} if details["reason"] else ""
    return join((one if details["requests"] == 1 else many) % said, reason)


def budget(notice: Notice, details: dict[str, Any]) -> str:
    said = {"whose": details["whose"], "team": notice.team, "level": details["level"]}
    said |= {"used": format_money(details["used"]), "limit": format_money(details["limit"])}
    if not details["whose"]:
        what = _("%(level)s %% of the budget of %(team)s is used: %(used)s of %(limit)s.") % said
    elif details["person"] == notice.user_id:
        what = _("%(level)s %% of your budget in %(team)s is used: %(used)s of %(limit)s.") % said
    else:
        what = _("%(level)s %% of the budget of %(whose)s in %(team)s is used: %(used)s of %(limit)s.") % said
    if details["level"] < 100 or not details["hard"]:
        return what
    day = date_format(next_month(this_month()), "MONTH_DAY_FORMAT")
    return join(what, _("Nothing more is sent until %(day)s, unless it is raised.") % {"day": day})


# --- ways out ---


def paused(notice: Notice, details: dict[str, Any]) -> str:
    """The cards say that an administrator was told; here one is."""
    said = {"account": details["name"]}
    match details["next"]:
        case Next.MEND_KEY:
            return _("%(account)s refused the studio's key. Nothing is sent there until the key is replaced.") % said
        case Next.TOP_UP:
            return _("The credit at %(account)s is used up. Nothing is sent there until it is topped up and opened again here.") % said
        case Next.RAISE_LIMIT:
            return _("A limit set at %(account)s is reached. Nothing is sent there until it is raised and opened again here.") % said
    return _("%(account)s is paused. Nothing is sent there until it is opened again.") % said


def switched_off(notice: Notice, details: dict[str, Any]) -> str:
    return _("The webhook to %(host)s was switched off: for three days none of its calls was heard.") % details


SAID: dict[str, Callable[[Notice, dict[str, Any]], str]] = {
    Event.DONE: done,
    Event.FAILED: failed,
    Event.UNKNOWN: unknown,
    Event.ASKED: asked,
    Event.DECIDED: decided,
    Event.MENTIONED: mentioned,
    Event.COMMENTED: commented,
    Event.SPENDING: spending,
    Event.ALLOWED: allowed,
    Event.BUDGET: budget,
    Event.PAUSED: paused,
    Event.OFF: switched_off,
}
