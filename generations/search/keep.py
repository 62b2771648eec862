"""Keeping the index."""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Prefetch

from generations.models import Generation, Image, Mark
from generations.search.facets import facets
from generations.search.find import table
from generations.search.words import split

AT_ONCE = 500
OWN = ("team", "user", "private", "engine", "tier", "width", "height", "referenced", "broken", "flagged", "review", "trashed_at")
READ = (*OWN, "generation__prompt")


def index(generation: Generation) -> None:
    """In the transaction that writes that its images are stored."""
    renew(generation.images.values_list("pk", flat=True))


def renew(images: Iterable[int]) -> None:
    """After anything about them changed that they are found by. What is not stored, or is no more, is no longer found."""
    numbers = list(images)
    marked = Prefetch("marks", Mark.objects.order_by("user"))
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        stored = Image.objects.filter(pk__in=some).stored().select_related("generation").only(*READ).prefetch_related(marked)
        rows = [(image.pk, [*facets(image, image.marks.all()), *split(image.generation.prompt)]) for image in stored]
        remove(set(some) - {pk for pk, _words in rows})
        write(rows)


def write(rows: Iterable[tuple[int, list[str]]]) -> None:
    words = table()
    with connection.cursor() as cursor:
        cursor.executemany(words.WRITE, [(pk, words.line(found)) for pk, found in rows])


def remove(images: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(table().REMOVE, [(pk,) for pk in images])


def rebuild() -> int:
    """The whole index anew, some at a time so that nobody waits long; the number of images in it."""
    last, done = 0, 0
    while some := list(Image.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            renew(some)
        last, done = some[-1], done + len(some)
    with connection.cursor() as cursor:
        cursor.execute(table().STALE)
        cursor.execute(table().TIDY)
    return done
