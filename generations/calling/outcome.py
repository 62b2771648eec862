"""What a generation has come to, in the words that every dialect can say."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from generations.catalogue.problem import _
from generations.catalogue.sizes import Size
from generations.dialects.outcome import Accepted, Finished, Item, Next, Pending, Sent, Trouble
from generations.models import Charge, Generation, Image, ImageStatus, Status

Outcome = Accepted | Pending | Finished | Trouble
Link = Callable[[Image], str]

MAYBE = _("Nobody knows whether it was accepted; it may have been charged. Do not send it again: look at request {uid} in the studio.")
WITHDRAWN = _("It was cancelled in the studio before it was sent. Nothing was charged.")
TRASHED = _("This image was put into the trash of the studio.")
# About the studio's own account there; its program's token is another matter, and trying again will not help it.
STUDIO = {Next.MEND_KEY: Next.OPEN_ENGINE, Next.OPEN_ENGINE: Next.OPEN_ENGINE, Next.TOP_UP: Next.TOP_UP, Next.RAISE_LIMIT: Next.TOP_UP}


def outcome(generation: Generation, link: Link, name: str = "") -> Pending | Finished | Trouble:
    """`name`: what its program calls the engine, for answers that say it."""
    status = Status(generation.status)
    if generation.running or status is Status.ASKING or asked_again(generation):
        return Pending(running=status not in (Status.ASKING, Status.QUEUED))
    if status in (Status.DONE, Status.PARTIAL):
        return finished(generation, link, name)
    if status is Status.UNKNOWN:
        return Trouble(Next.ASK, Sent.UNKNOWN, gettext(MAYBE).format(uid=generation.uid))
    if status is Status.CANCELLED and not generation.trouble:
        return Trouble(Next.RUN_AGAIN, Sent.NO, gettext(WITHDRAWN))
    return ended(generation)


def asked_again(generation: Generation) -> bool:
    """Nobody knows yet, but the studio finds out by itself: the provider knows the key of the call."""
    return generation.status == Status.UNKNOWN and generation.due_at is not None


def ended(generation: Generation) -> Trouble:
    """Without an image."""
    unsent = generation.status in (Status.REFUSED, Status.CANCELLED)
    free = generation.attempts.latest("number").charge == Charge.NO
    return trouble(generation.trouble or {}, Sent.NO if unsent else Sent.YES, free)


def trouble(stored: Mapping[str, Any], sent: Sent, free: bool) -> Trouble:
    next, sentence = Next(stored.get("next", Next.REPORT)), say(stored)
    if next in STUDIO:  # what a provider said of the studio's own key is not for programs
        return Trouble(STUDIO[next], sent, sentence, free=free)
    return Trouble(next, sent, sentence, stored.get("said", ""), stored.get("code", ""), free=free)


def say(stored: Mapping[str, Any]) -> str:
    sentence = stored.get("sentence", "")
    return gettext(sentence).format(**stored.get("values", {})) if sentence else ""


def finished(generation: Generation, link: Link, name: str) -> Finished:
    """Also with fewer images than were asked for: each that did not come says why."""
    images = list(generation.images.select_related("attempt").order_by("attempt__number", "index"))
    attempt = images[-1].attempt if images else generation.attempts.latest("number")
    came = sum(image.status == ImageStatus.STORED for image in images)
    return Finished(
        items=tuple(item(image, link) for image in images),
        billed=came if attempt.billed is None else attempt.billed,
        cost=generation.charged if settings.CURRENCY == "USD" else None,
        engine=name,
        filters=without(attempt.filters, "data"),
    )


def item(image: Image, link: Link) -> Item:
    said = dict(enumerate((image.attempt.filters or {}).get("data", ()))).get(image.index)
    filters = without(said, "error")
    if image.status != ImageStatus.STORED or image.trashed_at:
        return Item(trouble=missing(image), filters=filters)
    return Item(link(image), size=Size(image.width or 0, image.height or 0), filters=filters)


def missing(image: Image) -> Trouble:
    if image.trashed_at or not image.trouble:
        return Trouble(Next.REPORT, Sent.YES, gettext(TRASHED))
    return trouble(image.trouble, Sent.YES, image.attempt.charge == Charge.NO)


def without(said: Mapping[str, Any] | None, name: str) -> dict[str, Any] | None:
    """What the provider's content filter said, in its words."""
    return {key: value for key, value in (said or {}).items() if key != name} or None
