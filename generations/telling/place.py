"""Where in the studio something is."""

from django.urls import reverse

from generations.models import Event, Generation, Notice


def card(row: Generation, whose: str) -> str:
    """The feed, begun with that request."""
    return f"{reverse('compose', query={'whose': whose, 'before': row.pk + 1})}#card-{row.uid}"


def place(notice: Notice) -> str:
    """What a message is about."""
    match notice.event:
        case Event.ASKED:
            return reverse("review")
        case Event.SPENDING:
            return reverse("spending")
        case Event.BUDGET:
            return reverse("usage")
        case Event.PAUSED:
            return reverse("account_page", args=[notice.details["account"]])
        case Event.OFF:
            return reverse("webhooks")
    if notice.image:
        return reverse("image", args=[notice.image.uid])
    if notice.generation:
        return card(notice.generation, "mine" if notice.generation.user_id == notice.user_id else "team")
    return reverse("unknown")  # only that of a site administrator is about nothing in a team
