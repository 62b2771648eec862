"""Cards for a set of generations: the same few queries, however many there are."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, QuerySet

from generations.compose.cards.card import Batch, Card, draw
from generations.compose.cards.reader import Reader
from generations.compose.cards.subject import Subject
from generations.compose.line import line
from generations.compose.news import state_of
from generations.models import RUNNING, UNSENT, Attempt, Generation, Image, Mark, Status


def deck(found: "QuerySet[Generation]", reader: Reader) -> list[Card]:
    generations = list(whole(found, reader))
    waiting = {generation.account_id for generation in generations if generation.status == Status.QUEUED}
    places = line(waiting) if waiting else {}
    batches = together(generations)
    return [
        draw(Subject(generation, reader, places.get(generation.pk)), state_of(generation, places), batch_of(generation, batches))
        for generation in generations
    ]


def whole(found: "QuerySet[Generation]", reader: Reader) -> "QuerySet[Generation]":
    starred = Mark.objects.filter(image=OuterRef("pk"), user=reader.user, starred=True)
    images = Image.objects.annotate(starred=Exists(starred)).defer("link")
    attempts = Attempt.objects.defer("answer", "sent").select_related("account")
    together = (Prefetch("images", images), Prefetch("attempts", attempts), Prefetch("reruns", completing(reader), to_attr="completing"))
    return found.select_related("user", "account").prefetch_related(*together)


def completing(reader: Reader) -> "QuerySet[Generation]":
    """What was missing of a request, asked for once more: the same words, and fewer images."""
    seen = Generation.objects.seen_by(reader.user, reader.team, administrates=reader.administrates)
    same = seen.filter(prompt=F("parent__prompt"), engine=F("parent__engine"), images_asked__lt=F("parent__images_asked"))
    return same.filter(status__in=[*UNSENT, *RUNNING, Status.DONE]).order_by("-id").only("parent", "status", "images_asked", "finished_at")


def together(generations: Iterable[Generation]) -> dict[UUID, tuple[int, int, int]]:
    """Of each batch its size, its first and its last number."""
    wanted = {generation.batch for generation in generations if generation.batch}
    if not wanted:
        return {}
    found = Generation.objects.filter(batch__in=wanted).order_by().values_list("batch").annotate(Count("pk"), Min("pk"), Max("pk"))
    return {batch: (size, first, last) for batch, size, first, last in found if batch}


def batch_of(generation: Generation, batches: dict[UUID, tuple[int, int, int]]) -> Batch | None:
    if generation.batch not in batches:
        return None
    size, first, last = batches[generation.batch]
    return Batch(size, generation.pk == last, generation.pk == first) if size > 1 else None
