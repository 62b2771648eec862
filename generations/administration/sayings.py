"""A line of the journal in plain words: who did what, to what. Lines are numbers and words of ours, so names are looked up today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from generations.catalogue import get_engine
from generations.models import JournalLine, ProviderAccount, Role, Team, User
from generations.pipeline.money import format_money
from generations.web.words import moment

Words = Promise | str

SAYINGS: dict[str, Words] = {
    "generation.start": lazy("asked for images"),
    "generation.cancel": lazy("cancelled a request before it was sent"),
    "generation.move": lazy("took a request to another account, for one did not take it on"),
    "generation.stop": lazy("stopped waiting for a request"),
    "unknown.check": lazy("had the provider asked again"),
    "unknown.came": lazy("found that it was charged"),
    "unknown.not_came": lazy("found that it was not charged"),
    "unknown.resend": lazy("sent it again, though it may be paid twice"),
    "image.trash": lazy("moved images to the trash"),
    "image.restore": lazy("took images out of the trash"),
    "image.purge": lazy("removed images for good: their days in the trash were over"),
    "image.share": lazy("changed who sees a request"),
    "review.ask": lazy("asked for a review"),
    "review.decide": lazy("decided on an image"),
    "comment.add": lazy("commented on an image"),
    "comment.resolve": lazy("settled or reopened a comment"),
    "share.add": lazy("made a link for people outside"),
    "share.change": lazy("changed a link for people outside"),
    "share.revoke": lazy("ended a link for people outside"),
    "export": lazy("took something away as a file"),
    "account.add": lazy("added a provider account"),
    "account.change": lazy("changed a provider account"),
    "key.change": lazy("replaced the key of a provider account"),
    "keys.rotate": lazy("sealed all keys anew"),
    "engine.change": lazy("changed an engine"),
    "spend.allow": lazy("approved the price of a request"),
    "spend.decline": lazy("declined the price of a request"),
    "webhook.add": lazy("added a webhook"),
    "webhook.change": lazy("changed a webhook"),
    "budget.change": lazy("changed a budget"),
    "policy.change": lazy("changed the rules of a team"),
    "studio.found": lazy("founded the studio"),
    "team.add": lazy("added a team"),
    "team.change": lazy("changed a team"),
    "person.add": lazy("added a person"),
    "person.change": lazy("changed a person"),
    "person.invite": lazy("invited somebody"),
    "person.join": lazy("let somebody into a team"),
    "invitation.withdraw": lazy("withdrew an invitation"),
    "role.change": lazy("changed a role"),
    "member.leave": lazy("left a team"),
    "member.remove": lazy("took somebody out of a team"),
    "sessions.end": lazy("signed somebody out everywhere"),
    "token.add": lazy("made an access token"),
    "token.revoke": lazy("ended an access token"),
    "sign-in": lazy("signed in"),
    "sign-in.failed": lazy("failed to sign in"),
    "studio.night": lazy("began its work of the night"),
    "studio.check": lazy("compared rows, files and money"),
    "restore": lazy("was restored from a backup"),
}

GROUPS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "requests": (lazy("Requests"), ("generation", "unknown", "spend")),
    "images": (lazy("Images and reviews"), ("image", "review", "comment")),
    "outside": (lazy("Links and exports"), ("share", "export", "webhook")),
    "money": (lazy("Accounts, prices, budgets"), ("account", "key", "keys", "engine", "budget")),
    "people": (lazy("Teams and people"), ("team", "person", "invitation", "role", "member", "policy")),
    "access": (lazy("Sign-ins and tokens"), ("sign-in", "sessions", "token")),
    "studio": (lazy("The studio itself"), ("studio", "restore")),
}

KINDS: dict[str, Words] = {
    "generation": lazy("request"),
    "image": lazy("image"),
    "provideraccount": lazy("account"),
    "invitation": lazy("invitation"),
    "share": lazy("link"),
    "webhook": lazy("webhook"),
    "user": lazy("person"),
    "team": lazy("team"),
}

LABELS: dict[str, Words] = {
    "engine": lazy("engine"),
    "images": lazy("images"),
    "held": lazy("held"),
    "released": lazy("released"),
    "price": lazy("price"),
    "soft": lazy("warning"),
    "hard": lazy("limit"),
    "was_soft": lazy("warning before"),
    "was_hard": lazy("limit before"),
    "role": lazy("role"),
    "was": lazy("before"),
    "attempt": lazy("attempt"),
    "changed": lazy("changed"),
    "enabled": lazy("switched on"),
    "paused": lazy("paused"),
    "closed": lazy("closed"),
    "active": lazy("active"),
    "administrator": lazy("site administrator"),
    "cancelled": lazy("requests cancelled"),
    "factors": lazy("second factors removed"),
    "private": lazy("private"),
    "verdict": lazy("verdict"),
    "successor": lazy("in its place"),
    "damage": lazy("damaged"),
    "waste": lazy("left over"),
    "mended": lazy("mended"),
    "sample": lazy("percent of files read"),
    "format": lazy("format"),
}
ORDER = {name: place for place, name in enumerate(LABELS)}
MONEY = {"held", "released", "price", "soft", "hard", "was_soft", "was_hard", "ask_above"}
ROLES = {"role", "was"}


@dataclass(frozen=True)
class Thing:
    """A person, a team or whatever else a line is about, and where it can be seen."""

    name: str
    link: str = ""


@dataclass(frozen=True)
class Line:
    number: int
    at: datetime
    who: Thing
    saying: str
    subject: Thing
    team: Thing
    details: str

    @property
    def when(self) -> str:
        return moment(self.at)


class Names:
    """Of a page of lines, with one question for each kind."""

    def __init__(self, lines: list[JournalLine]) -> None:
        self.users = named(User, [*(line.actor for line in lines), *numbers(lines, "user")])
        self.teams = named(Team, [*(line.team for line in lines), *numbers(lines, "team")])
        self.accounts = named(ProviderAccount, numbers(lines, "provideraccount"))

    def user(self, pk: int) -> Thing:
        return thing(self.users, pk, _("person %(n)s") % {"n": pk}, "person")

    def team(self, pk: int) -> Thing:
        return thing(self.teams, pk, _("team %(n)s") % {"n": pk}, "team_record")

    def account(self, pk: int) -> Thing:
        return thing(self.accounts, pk, _("account %(n)s") % {"n": pk}, "account_page")

    def subject(self, text: str) -> Thing:
        kind, _slash, number = text.partition("/")
        known = {"user": self.user, "team": self.team, "provideraccount": self.account}
        if kind in known and number.isdecimal():
            return known[kind](int(number))
        return Thing(f"{KINDS[kind]} {number}" if kind in KINDS else "")


def thing(found: dict[int, str], pk: int, otherwise: str, page: str) -> Thing:
    """Who is not there any more stays a number."""
    return Thing(found[pk] or otherwise, reverse(page, args=[pk])) if pk in found else Thing(otherwise)


def named(model: type[Model], pks: Iterable[int | None]) -> dict[int, str]:
    return dict(model._default_manager.filter(pk__in={pk for pk in pks if pk}).values_list("pk", "name"))


def numbers(lines: list[JournalLine], kind: str) -> Iterator[int]:
    for line in lines:
        found, _slash, number = line.subject.partition("/")
        if found == kind and number.isdecimal() and len(number) < 19:
            yield int(number)


def read(lines: list[JournalLine]) -> list[Line]:
    names = Names(lines)
    return [spoken(line, names) for line in lines]


def spoken(line: JournalLine, names: Names) -> Line:
    who = names.user(line.actor) if line.actor else Thing(_("The studio"))
    team = names.team(line.team) if line.team else Thing("")
    saying = str(SAYINGS.get(line.deed, line.deed))
    subject = Thing("") if line.subject == f"team/{line.team}" else names.subject(line.subject)
    return Line(line.pk, line.at, who, saying, subject, team, ", ".join(told(line.details)))


def told(details: dict[str, Any]) -> Iterator[str]:
    """In an order of our own: not every database keeps the one in which they were written."""
    for name in sorted(details, key=lambda name: (ORDER.get(name, len(ORDER)), name)):
        value = details[name]
        if value not in ("", None, []):
            yield f"{LABELS.get(name, name)}: {value_of(name, value)}"


def value_of(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in MONEY and isinstance(value, int):
        return format_money(value)
    if name in ROLES and value in Role.values:
        return str(Role(value).label)
    if name in ("engine", "successor") and (engine := get_engine(str(value))):
        return engine.name
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
