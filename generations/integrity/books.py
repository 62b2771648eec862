"""Money and journal. Neither is ever mended here: whoever could do that could also hide something."""

from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef

from generations import journal
from generations.health.journal import repair
from generations.integrity.finding import Finding, Kind
from generations.integrity.pages import slices
from generations.integrity.rows import ENDED
from generations.models import Attempt, Charge, Entry, Generation
from generations.pipeline import money
from generations.pipeline.choices import OPEN

COMPARE = "Nothing mends money by itself: compare the entries with the provider's bill, and with a backup."


def check_money() -> Iterator[Finding]:
    for sentence in money.audit():
        yield Finding(Kind.MONEY, "money", sentence, COMPARE)
    for some in slices(Generation):
        yield from still_held(some)
    for some in slices(Generation, "generation"):
        yield from below_nothing(some)


def still_held(some: dict[str, int]) -> Iterator[Finding]:
    open = Exists(Attempt.objects.filter(generation=OuterRef("pk"), outcome__in=OPEN, charge=Charge.UNKNOWN))
    ended = Generation.objects.filter(~open, status__in=ENDED, held__gt=0, **some)
    for pk, held in ended.order_by("pk").values_list("pk", "held"):
        sentence = f"Request {pk} has ended and nothing of it is open, but {money.format_money(held)} is held for it."
        yield Finding(Kind.MONEY, f"generation/{pk}", sentence, COMPARE)


def below_nothing(some: dict[str, int]) -> Iterator[Finding]:
    parts = Entry.objects.filter(**some).values("generation", "attempt").annotate(held=money.still_held()).filter(held__lt=0)
    for part in parts.order_by("generation", "attempt"):
        sentence = f"For request {part['generation']} more was settled and released than was held."
        yield Finding(Kind.MONEY, f"generation/{part['generation']}", sentence, COMPARE)


def check_journal(progress: Callable[[int], object]) -> Iterator[Finding]:
    if flaw := journal.verify(progress):
        yield Finding(Kind.JOURNAL, f"journal/{flaw.line}", flaw.sentence, repair(flaw))
