"""The composer: what stands in it, what that would send and cost, and everything that is wrong with it, worked out once."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from generations.catalogue.check import check, promised_size
from generations.catalogue.engine import Engine
from generations.catalogue.kinds import measured
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest
from generations.compose import choices, drafts, engines
from generations.compose.drafts import Tab
from generations.compose.filled import Filled, read_uuid
from generations.compose.memory import Memory
from generations.compose.said import say
from generations.compose.sent import Sent, sent
from generations.compose.uploads.lane import Lane, lay
from generations.compose.wish import wish
from generations.models import Collection, Generation, Role, Upload
from generations.offers import Offer
from generations.pipeline import approval, money
from generations.pipeline.rules import against_engine, against_team
from generations.uploading import shelf
from generations.web import speeds
from generations.web.requests import StudioRequest
from generations.web.words import pixels

MOST_LINES = 100  # of a batch
MOST_COLLECTIONS = 50
UNPRICED = {"images", "ratio", "tier", "size"}  # what is wrong with these makes a price meaningless


class Composer:
    def __init__(self, request: StudioRequest, filled: Filled, memory: Memory | None = None, key: UUID | None = None) -> None:
        self.user, self.team, self.membership = request.user, request.team, request.membership
        self.offers = engines.ready(request)
        self.filled, self.memory = filled, memory or Memory()
        self.key = key or uuid4()
        self.refused: list[Problem] = []
        self.tried = False  # somebody pressed Generate, so what is wrong is said louder
        self.asks = False  # a batch waits for its last word
        self.dearer = False  # than the form had said
        self.saved = False  # as a draft
        self.elsewhere = False  # another tab has changed the draft, so this one is not saved
        self.tab = Tab.read(request.POST.get("tab", ""))

    def keep(self) -> None:
        self.saved = drafts.keep(self.user, self.team, self.filled, self.tab)
        self.elsewhere = not self.saved
        self.tab = self.tab.now() if self.saved else self.tab

    @property
    def may_make(self) -> bool:
        return self.membership.may(Role.DESIGNER)

    # --- the engine ---

    @cached_property
    def offer(self) -> Offer | None:
        return engines.find(self.offers, self.filled.engine)

    @cached_property
    def engine(self) -> Engine | None:
        """Also one that was switched off meanwhile: its choices are still what the form shows."""
        fallback = engines.known(self.filled.engine) or (self.offers[0].engine if self.offers else None)
        return self.offer.engine if self.offer else fallback

    @cached_property
    def menu(self) -> list[engines.Group]:
        return engines.menu(self.offers, self.offer, len(self.filled.references), self.team)

    @property
    def seconds(self) -> int:
        return speeds.seconds(self.offer, speeds.usual_seconds()) if self.offer else 0

    # --- what is asked for ---

    @cached_property
    def references(self) -> list[Upload]:
        found = shelf.find(self.team, self.filled.references)
        return [found[sha] for sha in shelf.once(self.filled.references) if sha in found]

    @cached_property
    def lane(self) -> Lane:
        """The references as they are shown; what the include `compose/_references.html` draws."""
        return lay(self.team, self.filled.references, self.engine, self.request.images if self.request else 1)

    @cached_property
    def request(self) -> GenerationRequest | None:
        if self.engine is None:
            return None
        return wish(self.filled, self.engine, shelf.asked(self.team, self.filled.references))

    @cached_property
    def requests(self) -> list[GenerationRequest]:
        """One, or one for each line."""
        return [self.request.with_(prompt=line) for line in self.filled.lines()] if self.request else []

    @cached_property
    def wrong(self) -> list[Problem]:
        """With the request itself, by the catalogue."""
        if self.engine is None or not self.requests:
            return []
        if len(self.requests) > MOST_LINES:
            figures = {"most": MOST_LINES, "count": len(self.requests)}
            return [Problem("prompt", gettext_noop("A batch takes at most {most} prompts; these are {count}."), figures)]
        first, *others = self.requests
        return [
            *check(first, self.engine),
            *(said for line, one in enumerate(others, start=2) for said in self.line(line, one, self.engine)),
        ]

    def line(self, number: int, request: GenerationRequest, engine: Engine) -> Iterator[Problem]:
        """Of a further line only its prompt can be wrong by itself."""
        for problem in check(request, engine):
            if problem.field == "prompt":
                yield Problem("prompt", gettext_noop("Line {line}: {problem}"), {"line": number, "problem": say(problem)})

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Whoever was to start it says what is wrong."""
        self.refused += problems
        self.__dict__.pop("problems", None)

    @cached_property
    def problems(self) -> list[Problem]:
        return [*self.unavailable(), *self.wrong, *self.misplaced(), *self.too_dear(), *self.refused]

    def unavailable(self) -> Iterator[Problem]:
        yield from against_team(self.team)
        if self.offer:
            yield from against_engine(self.team, self.offer.engine.id)
            return
        if not self.offers:
            yield Problem("engine", gettext_noop("No engine is switched on, so nothing can be made yet."))
        elif engine := engines.known(self.filled.engine):
            yield Problem("engine", gettext_noop("{engine} was switched off; pick another."), {"engine": engine.name})
        else:
            yield Problem("engine", gettext_noop("This engine is not available."))

    def misplaced(self) -> Iterator[Problem]:
        if self.filled.collection and self.collection is None:
            yield Problem("collection", gettext_noop("This collection is gone; pick another."))

    def too_dear(self) -> Iterator[Problem]:
        remains = self.left.left
        if self.total and remains is not None and self.total > remains and not self.refused:
            yield money.shortage(Generation(team=self.team), self.total, self.left)

    @property
    def asks_first(self) -> bool:
        """A team administrator decides about it before it is sent."""
        return approval.needed(self.membership, self.total or 0)

    @property
    def reasons(self) -> list[dict[str, str]]:
        """Why Generate is off, all of them."""
        said = dict.fromkeys((problem.field, say(problem)) for problem in self.problems)
        return [{"field": field, "sentence": sentence} for field, sentence in said]

    @property
    def invalid(self) -> set[str]:
        return {problem.field for problem in self.problems} if self.tried else set()

    # --- money ---

    @cached_property
    def total(self) -> int | None:
        """The most it may cost; None where nobody can say."""
        if not self.offer or self.offer.price is None or UNPRICED & {problem.field for problem in self.wrong}:
            return None
        return sum(money.worst(one, self.offer.engine, self.offer.price) for one in self.requests)

    @cached_property
    def left(self) -> money.Left:
        return money.left(self.team, self.user)

    @property
    def each(self) -> int | None:
        """Images of one request; None where what was typed is no number."""
        images: object = self.request.images if self.request else None
        return images if isinstance(images, int) else None

    @property
    def count(self) -> int | None:
        """Images of all lines."""
        return None if self.each is None else self.each * len(self.requests)

    @property
    def plain_price(self) -> bool:
        """The total is so many times the price of one image, without a surcharge."""
        return bool(self.offer and self.total is not None and self.total == (self.offer.price or 0) * (self.count or 0))

    @property
    def price(self) -> str:
        """Of one image, as the form goes on to say that it was shown."""
        return "" if self.offer is None or self.offer.price is None else str(self.offer.price)

    @property
    def agreement(self) -> str:
        """What a batch was confirmed for. If a price has changed since, it is asked again."""
        return f"{len(self.requests)}x{self.each}={self.total}"

    # --- choices ---

    @cached_property
    def tiles(self) -> list[choices.Tile]:
        return choices.tiles(self.engine, self.filled.ratio) if self.engine else []

    @cached_property
    def tiers(self) -> list[choices.Tier]:
        return choices.tiers(self.engine, self.filled) if self.engine else []

    @property
    def only_tier(self) -> str:
        """Where there is nothing to choose it is said, not offered."""
        return self.tiers[0].value if len(self.tiers) == 1 else ""

    @cached_property
    def size(self) -> str:
        """The exact pixels that will come, as far as anybody knows them."""
        if not self.engine or not self.request or {"ratio", "tier", "size"} & {problem.field for problem in self.wrong}:
            return ""
        if self.engine.adaptive and not self.references:
            return _("follows the reference")
        found = promised_size(self.request, self.engine)
        return pixels(found.width, found.height) if found and measured(found) else _("the engine chooses")

    @cached_property
    def sent(self) -> Sent | None:
        if not self.offer or self.wrong:
            return None
        return sent(self.requests[0], self.offer)

    @cached_property
    def collections(self) -> list[Collection]:
        seen = Collection.objects.seen_by(self.user, self.team).order_by("-changed_at", "-id")
        return list(seen[:MOST_COLLECTIONS])

    @cached_property
    def collection(self) -> Collection | None:
        """Where the images go."""
        wanted = read_uuid(self.filled.collection)
        listed = next((one for one in self.collections if one.uid == wanted), None)
        return listed or (Collection.objects.seen_by(self.user, self.team).filter(uid=wanted).first() if wanted else None)
