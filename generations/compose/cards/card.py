"""One request and what became of it, in the words of a card."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.catalogue import get_engine
from generations.catalogue.sizes import AUTO
from generations.compose.cards import acts, shape
from generations.compose.cards.acts import Act
from generations.compose.cards.notes import Note, note
from generations.compose.cards.strip import strip
from generations.compose.cards.subject import Subject
from generations.compose.cards.tiles import tiles
from generations.compose.cards.waits import aside
from generations.compose.cards.words import clock
from generations.models import Generation, Status
from generations.models.generations import WAYS
from generations.pipeline.money import format_money, word
from generations.web.words import moment, pixels, short

MOST_PROMPT = 300
LONG = 4  # times what is usual; from here on the clock says so, here and in static/js/feed.js

# icon and colour; the word is the status's own
LOOKS = {
    Status.ASKING: ("inbox", "soft"),
    Status.QUEUED: ("queue", "soft"),
    Status.SENDING: ("send", "soft"),
    Status.WAITING: ("wait", "good"),
    Status.COLLECTING: ("download", "good"),
    Status.DONE: ("done", "soft"),
    Status.PARTIAL: ("part", "warn"),
    Status.REFUSED: ("refused", "bad"),
    Status.FAILED: ("failed", "bad"),
    Status.UNKNOWN: ("unknown", "warn"),
    Status.EXPIRED: ("clock", "warn"),
    Status.CANCELLED: ("minus", "soft"),
}
EMPTY = (Status.UNKNOWN, Status.EXPIRED)  # tiles without pictures, and a note beside them
COUNTED = (Status.WAITING, Status.COLLECTING, Status.PARTIAL)  # “2 of 4” beside the word


@dataclass(frozen=True)
class Batch:
    """Requests that were sent with one click stand together."""

    size: int
    first: bool
    last: bool


@dataclass(frozen=True)
class Card:
    generation: Generation
    state: str  # in the page's list of what it shows
    prompt: str
    when: str
    facts: str
    icon: str
    tone: str
    word: str
    time: str
    seconds: int | None  # of a clock that runs
    usual: str
    expected: int  # seconds; 0 where nobody knows
    money: str
    doubt: bool  # the money word is a warning
    strip: SafeString  # of tiles
    many: bool  # more than one line of them
    tall: bool
    two: bool  # across, on a phone
    beside: bool  # there is room for the note next to the pictures
    note: Note | None
    aside: str
    halt: Act | None
    again: Sequence[Act]
    batch: Batch | None

    @property
    def live(self) -> bool:
        return self.generation.status in WAYS


def draw(subject: Subject, state: str, batch: Batch | None) -> Card:
    generation = subject.generation
    icon, tone = LOOKS[Status(generation.status)]
    shown, said = tiles(generation, subject.images, subject.place), note(subject)
    reuse = acts.filled(subject) if subject.reader.makes else ""
    tall = shape.ratio(generation) < 1 and generation.status not in EMPTY
    return Card(
        generation=generation,
        state=state,
        prompt=short(generation.prompt, MOST_PROMPT),
        when=moment(generation.created_at),
        facts=" · ".join(facts(subject)),
        icon=icon,
        tone=tone,
        word=status_word(subject),
        time=taken(generation),
        seconds=ticking(generation),
        usual=usual(subject),
        expected=subject.reader.seconds(generation) or 0,
        money=money_word(generation),
        doubt=word(generation) == "maybe",
        strip=strip(shown, shape.shape(generation), subject.reader, reuse),
        many=len(shown) > 6,
        tall=tall,
        two=generation.status not in EMPTY and (shape.ratio(generation) > 1 or len(shown) <= 2),
        beside=bool(shown and said and shape.width(generation, len(shown), tall) <= shape.BESIDE),
        note=said,
        aside=aside(subject),
        halt=acts.halt(subject),
        again=again(subject),
        batch=batch,
    )


def facts(subject: Subject) -> list[str]:
    generation, request = subject.generation, subject.generation.asked()
    engine = get_engine(generation.engine)
    found = [] if generation.user_id == subject.reader.user.pk else [str(generation.user)]
    found += [engine.name if engine else generation.engine, *([_("private")] if generation.private else [])]
    found += [pixels(request.size.width, request.size.height)] if request.size else [ratio(request.ratio), request.tier]
    if request.images > 1:
        found.append(ngettext("%(n)s image", "%(n)s images", request.images) % {"n": request.images})
    if request.references:
        count = len(request.references)
        found.append(ngettext("%(n)s reference", "%(n)s references", count) % {"n": count})
    return [fact for fact in found if fact]


def ratio(name: str) -> str:
    return _("any ratio") if name == AUTO else name


def status_word(subject: Subject) -> str:
    generation = subject.generation
    name = str(Status(generation.status).label)
    if generation.status not in COUNTED or generation.images_asked == 1 or not subject.came:
        return name
    return _("%(status)s, %(came)s of %(asked)s") % {"status": name, "came": subject.came, "asked": generation.images_asked}


def ticking(generation: Generation) -> int | None:
    if not generation.running or generation.status == Status.QUEUED or generation.sent_at is None:
        return None
    return max(0, int((timezone.now() - generation.sent_at).total_seconds()))


def taken(generation: Generation) -> str:
    if generation.status == Status.QUEUED:
        return _("nothing sent yet") if generation.sent_at is None else _("sent again by itself")
    if generation.sent_at is None:
        return ""
    end = generation.finished_at if generation.finished_at and not generation.running else timezone.now()
    return clock((end - generation.sent_at).total_seconds())


def usual(subject: Subject) -> str:
    seconds, now = subject.reader.seconds(subject.generation), ticking(subject.generation)
    if now is None or not seconds:
        return ""
    if now > LONG * seconds:
        return _("longer than usual")
    return _("of about %(time)s") % {"time": clock(seconds)}


def money_word(generation: Generation) -> str:
    held, charged = format_money(generation.held), format_money(generation.charged)
    words = {
        "free": _("free"),
        "held": _("%(money)s held") % {"money": held},
        "charged": _("%(money)s charged") % {"money": charged} if generation.charged else _("charged"),
        "released": _("not charged"),
        "maybe": _("may be charged %(money)s") % {"money": held} if generation.held else _("may be charged"),
        "": "",
    }
    return words[word(generation)]


def again(subject: Subject) -> list[Act]:
    """On every card that has ended, beside what its note offers."""
    if subject.generation.running or subject.generation.status != Status.DONE:
        return []
    return [*acts.reuse(subject, _("Reuse"), "reuse"), *acts.rerun(subject, _("Re-run"))]
