"""A line of the journal in plain words: who did what, to what. Lines are numbers and words of ours, so names are looked up today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generations.administration.particulars import told
from generations.journal import Deed
from generations.models import Image, JournalLine, ProviderAccount, Team, User
from generations.web.words import moment

Words = Promise | str

SAYINGS: dict[str, Words] = {
    "generation.start": _("asked for images"),
    "generation.cancel": _("cancelled a request before it was sent"),
    "generation.move": _("took a request to another account, for one did not take it on"),
    "generation.stop": _("stopped waiting for a request"),
    "unknown.check": _("had the provider asked again"),
    "unknown.came": _("found that it was charged"),
    "unknown.not_came": _("found that it was not charged"),
    "unknown.resend": _("sent it again, though it may be paid twice"),
    "image.trash": _("moved images to the trash"),
    "image.restore": _("took images out of the trash"),
    "image.purge": _("removed images for good: their days in the trash were over"),
    "image.share": _("changed who sees a request"),
    "review.ask": _("asked for a review"),
    "review.decide": _("decided on an image"),
    "comment.add": _("commented on an image"),
    "comment.resolve": _("settled or reopened a comment"),
    "comment.remove": _("removed a comment"),
    "share.add": _("made a link for people outside"),
    "share.change": _("changed a link for people outside"),
    "share.revoke": _("ended a link for people outside"),
    "export": _("took something away as a file"),
    "account.add": _("added a provider account"),
    "account.change": _("changed a provider account"),
    "key.change": _("replaced the key of a provider account"),
    "keys.rotate": _("sealed all keys anew"),
    "engine.change": _("changed an engine"),
    "spend.allow": _("approved the price of a request"),
    "spend.decline": _("declined the price of a request"),
    "webhook.add": _("added a webhook"),
    "webhook.change": _("changed a webhook"),
    "budget.change": _("changed a budget"),
    "policy.change": _("changed the rules of a team"),
    "studio.found": _("founded the studio"),
    "team.add": _("added a team"),
    "team.change": _("changed a team"),
    "person.add": _("added a person"),
    "person.change": _("changed a person"),
    "person.invite": _("invited somebody"),
    "person.join": _("let somebody into a team"),
    "invitation.withdraw": _("withdrew an invitation"),
    "role.change": _("changed a role"),
    "member.leave": _("left a team"),
    "member.remove": _("took somebody out of a team"),
    "sessions.end": _("signed somebody out everywhere"),
    "token.add": _("made an access token"),
    "token.revoke": _("ended an access token"),
    "sign-in": _("signed in"),
    "sign-in.failed": _("failed to sign in"),
    "studio.night": _("began its work of the night"),
    "studio.check": _("compared rows, files and money"),
    "backup": _("was backed up"),
    "restore": _("was restored from a backup"),
}

GROUPS: dict[str, tuple[Words, tuple[str, ...]]] = {
    "requests": (_("Requests"), ("generation", "unknown", "spend")),
    "images": (_("Images and reviews"), ("image", "review", "comment")),
    "outside": (_("Links and exports"), ("share", "export", "webhook")),
    "money": (_("Accounts, prices, budgets"), ("account", "key", "keys", "engine", "budget")),
    "people": (_("Teams and people"), ("team", "person", "invitation", "role", "member", "policy")),
    "access": (_("Sign-ins and tokens"), ("sign-in", "sessions", "token")),
    "studio": (_("The studio itself"), ("studio", "backup", "restore")),
}

# where the line names no one, and it was not the studio
NOBODY: dict[str, Words] = {Deed.SIGN_IN_FAILED: _("Somebody"), Deed.COMMENT_ADD: _("A guest")}

KINDS: dict[str, Words] = {
    "generation": _("request"),
    "image": _("image"),
    "provideraccount": _("account"),
    "invitation": _("invitation"),
    "share": _("link"),
    "webhook": _("webhook"),
    "usage": _("usage table"),
    "user": _("person"),
    "team": _("team"),
}


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

    def __init__(self, lines: list[JournalLine], inside: int | None = None) -> None:
        self.users = named(User, [*(line.actor for line in lines), *numbers(lines, "user")])
        self.teams = named(Team, [*(line.team for line in lines), *numbers(lines, "team")])
        self.accounts = named(ProviderAccount, numbers(lines, "provideraccount"))
        mine = Image.objects.filter(team=inside, pk__in=set(numbers(lines, "image"))) if inside else Image.objects.none()
        self.images = dict(mine.values_list("pk", "uid"))

    def user(self, pk: int) -> Thing:
        return thing(self.users, pk, gettext("person %(n)s") % {"n": pk}, "person")

    def team(self, pk: int) -> Thing:
        return thing(self.teams, pk, gettext("team %(n)s") % {"n": pk}, "team_record")

    def account(self, pk: int) -> Thing:
        return thing(self.accounts, pk, gettext("account %(n)s") % {"n": pk}, "account_page")

    def image(self, pk: int) -> Thing:
        """It opens for whoever works in its team now."""
        return Thing(gettext("image %(n)s") % {"n": pk}, reverse("image", args=[self.images[pk]]) if pk in self.images else "")

    def subject(self, text: str) -> Thing:
        kind, _slash, number = text.partition("/")
        known = {"user": self.user, "team": self.team, "provideraccount": self.account, "image": self.image}
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


def read(lines: list[JournalLine], inside: int | None = None) -> list[Line]:
    """`inside`: the team whose pages the reader can open."""
    names = Names(lines, inside)
    return [spoken(line, names) for line in lines]


def spoken(line: JournalLine, names: Names) -> Line:
    who = names.user(line.actor) if line.actor else Thing(str(NOBODY.get(line.deed, _("The studio"))))
    team = names.team(line.team) if line.team else Thing("")
    themselves = line.deed == Deed.PERSON_JOIN and line.subject == f"user/{line.actor}"
    saying = str(_("joined a team") if themselves else SAYINGS.get(line.deed, line.deed))
    subject = Thing("") if line.subject == f"team/{line.team}" or themselves else names.subject(line.subject)
    return Line(line.pk, line.at, who, saying, subject, team, ", ".join(told(line.details)))
