"""The front page: how the accounts are, what images cost, what waits for a decision, and whether the studio is sound."""

from django.http import HttpResponse
from django.shortcuts import render

from generations.administration import cards, prices, pulse
from generations.administration.case import cases
from generations.administration.turns import in_turn
from generations.administration.unknown import shown
from generations.models import Attempt, Entry, ProviderAccount
from generations.pipeline import money
from generations.web.administrators import administrators
from generations.web.requests import StudioRequest

NEWEST = 3


@administrators("GET")
def administration(request: StudioRequest) -> HttpResponse:
    accounts = in_turn(list(ProviderAccount.objects.select_related("gate").prefetch_related("choices")))
    drawn = cards.cards(accounts)
    context = {
        "cards": drawn,
        "capped": any(card.score.capped for card in drawn),
        "prices": prices.lines(accounts, {card.account.pk: card.score for card in drawn}),
        "figures": pulse.figures(),
        **waiting(),
    }
    return render(request, "administration/page.html", context)


def waiting() -> dict[str, object]:
    """The newest of what nobody knows, and what is at stake in all."""
    open = Attempt.objects.undecided()
    found = cases(shown(open).order_by("-pk")[:NEWEST])
    held = Entry.objects.filter(attempt__in=open.values("pk")).aggregate(held=money.still_held())["held"] if found else 0
    return {"cases": found, "held": held}
