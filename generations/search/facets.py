"""What a picture is, as words. They begin with a sign that no word of a prompt can contain."""

from collections.abc import Iterable, Iterator

from generations.catalogue.sizes import RATIOS
from generations.models import Image, Mark

RATINGS = range(1, 6)
NEAR = 0.02  # as near as a shape must be to bear the name of a ratio
USUAL = {name: int(name.partition(":")[0]) / int(name.partition(":")[2]) for name in RATIOS}


def facets(image: Image, marks: Iterable[Mark]) -> Iterator[str]:
    yield from places(image)
    yield by(image.user_id)
    yield engine(image.engine)
    yield provider(image.engine.partition("/")[0])
    yield ratio(shape(image))
    yield tier(image.tier)
    yield BROKEN if image.broken else KEPT
    if image.flagged:
        yield FLAGGED
    if image.review:
        yield review(image.review)
    if image.referenced:
        yield REFERENCED
    for mark in marks:
        yield from opinion(mark)


def places(image: Image) -> Iterator[str]:
    """Where it is looked for: among what the team sees, what one person sees, or in the trash."""
    where = trashed if image.trashed_at else alive
    yield where(image.team_id)
    yield where(image.team_id, image.user_id)
    if not image.private and not image.trashed_at:
        yield shared(image.team_id)


def shape(image: Image) -> str:
    """Of what came, by its usual name."""
    aspect = (image.width or 1) / (image.height or 1)
    return next((name for name, usual in USUAL.items() if abs(aspect / usual - 1) <= NEAR), "")


def opinion(mark: Mark) -> Iterator[str]:
    if mark.starred:
        yield starred(mark.user_id)
    yield from (rated(mark.user_id, least) for least in RATINGS if least <= mark.rating)


BROKEN, KEPT, REFERENCED, FLAGGED = "=broken", "=kept", "=referenced", "=flagged"


def alive(team: int, user: int | None = None) -> str:
    """In the gallery; with a person: theirs, be it private or not."""
    return f"=alive/{team}/{user or ''}"


def shared(team: int) -> str:
    return f"=shared/{team}"


def trashed(team: int, user: int | None = None) -> str:
    return f"=trashed/{team}/{user or ''}"


def by(user: int) -> str:
    return f"=by/{user}"


def engine(name: str) -> str:
    return f"=engine/{name}"


def provider(name: str) -> str:
    return f"=provider/{name}"


def ratio(name: str) -> str:
    return f"=ratio/{name}"


def tier(name: str) -> str:
    return f"=tier/{name}"


def review(state: str) -> str:
    return f"=review/{state}"


def starred(user: int) -> str:
    return f"=starred/{user}"


def rated(user: int, least: int) -> str:
    return f"=rated/{user}/{least}"
