"""The way in for programs: a token in the header, and nothing else. A session that a browser sends along opens no door here."""

from hashlib import sha256
from math import ceil

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from generations import tokens
from generations.calling import pace
from generations.calling.caller import Caller, Unwelcome, admit, recognise
from generations.models import Scope

SCHEME = "bearer"
GUESSES = 30  # tokens that nobody has, from one address in a minute
LANES = 4096  # so many addresses are told apart, so that strangers cannot fill the disk: two that share one share its limit


def enter(request: HttpRequest, scope: Scope, naked: bool = False, instead: Scope | None = None) -> Caller:
    """Whoever calls, if they may: by this scope, or by the one that does instead. `naked`: some clients send a token without a scheme."""
    text = presented(request, naked)
    token = tokens.find(text)
    if token is None:
        raise guessed(request)
    caller = recognise(token)
    slow_down(f"token-{token.uid}", token.per_minute)
    admit(caller, instead if instead and token.may(instead) and not token.may(scope) else scope)
    tokens.touch(token)
    request.caller = caller  # type: ignore[attr-defined]  # for links to pictures, which are this person's
    return caller


def presented(request: HttpRequest, naked: bool) -> str:
    said = request.headers.get("Authorization", "").strip()
    scheme, _space, text = said.partition(" ")
    if scheme.lower() == SCHEME and text.strip():
        return text.strip()
    if naked and said and not text:
        return said
    raise Unwelcome(
        401, _("This needs a token of the studio: Authorization: Bearer sk-studio-… Make one on your account page."), "no_token"
    )


def slow_down(name: str, limit: int) -> None:
    if seconds := pace.hold(name, limit):
        wait = ceil(seconds)
        said = _("%(most)s calls a minute are the limit of this token. Wait %(wait)s seconds.") % {"most": limit, "wait": wait}
        raise Unwelcome(429, said, "too_many_calls", wait)


def guessed(request: HttpRequest) -> Unwelcome:
    """Nobody is slowed down by what others at the same address guess: those who have a token do not come here."""
    if seconds := pace.hold(f"from-{lane(address(request))}", GUESSES):
        wait = ceil(seconds)
        said = _("Too many calls with a token that does not exist. Look at it, and wait %(wait)s seconds.") % {"wait": wait}
        return Unwelcome(429, said, "too_many_guesses", wait)
    return Unwelcome(401, _("There is no such token. Was all of it copied? Or make a new one on your account page."), "unknown_token")


def address(request: HttpRequest) -> str:
    """A proxy that is not as it was said to be is no reason to break: whoever comes that way shares one lane."""
    try:
        return str(get_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


def lane(address: str) -> int:
    return int.from_bytes(sha256(address.encode()).digest()[:4]) % LANES
