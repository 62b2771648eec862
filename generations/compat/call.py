"""A call that was taken on: whose it is, what was asked, and what it became."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from generations.calling.caller import Caller
from generations.calling.line import gone
from generations.calling.waiting import ended, let_go
from generations.compat.counter import Door
from generations.compat.denial import Denial, Why
from generations.compat.present import Vigil
from generations.dialects.dialect import Asked
from generations.models import Generation, Status
from generations.web.addresses import public_link

SOON = 1


@dataclass(frozen=True)
class Call:
    door: Door
    request: HttpRequest
    caller: Caller
    asked: Asked  # without the bytes of its references
    generation: Generation
    extras: tuple[str, ...] = ()  # fields that say nothing here
    stream: bool = False

    def left(self) -> bool:
        return gone(self.request)

    @cached_property
    def vigil(self) -> Vigil:
        return Vigil(self.generation, self.left)

    def taken(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Each is a sign of life, and a slow line keeps no connection to the database from others."""
        for piece in pieces:
            self.vigil.tell()
            let_go()
            yield piece


def check(generation: Generation, request: HttpRequest) -> None:
    """Has it come to an end that can be told?"""
    if generation.status == Status.ASKING:
        sentence = _("A team administrator has to allow this price first. Nothing was sent and nothing was charged. Its fate: {address}")
        address = public_link(request, reverse("api_generation", args=[generation.uid]))
        raise Denial(Why.APPROVAL, sentence.format(address=address)).about(generation)
    if not ended(generation):
        sentence = _("It is still being made. The same call again goes on waiting for it.")
        raise Denial(Why.LATER, sentence, wait=SOON).about(generation)
