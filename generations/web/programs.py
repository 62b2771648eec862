"""Tokens as pages list them: one's own, those of a team, those of a person."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations import tokens
from generations.models import Scope, Token, User
from generations.models.tokens import TokenSet
from generations.web.words import moment

PAGE = 50
SOON = timedelta(days=7)
DOES = {Scope.GENERATE: gettext_lazy("makes images"), Scope.READ: gettext_lazy("reads"), Scope.REVIEW: gettext_lazy("reviews")}


@dataclass(frozen=True)
class Line:
    token: Token

    @property
    def scopes(self) -> list[str]:
        return [str(does) for scope, does in DOES.items() if self.token.may(scope)]

    @property
    def used(self) -> str:
        return moment(self.token.used_at) if self.token.used_at else ""

    @property
    def ends_soon(self) -> bool:
        ends = self.token.expires_at
        return self.token.alive and ends is not None and ends < timezone.now() + SOON


def listed(rows: TokenSet, before: str) -> dict[str, Any]:
    """The newest first, and where the next page begins."""
    known = before.isascii() and before.isdecimal() and len(before) < 19
    found = list((rows.filter(pk__lt=int(before)) if known else rows).select_related("user", "team").order_by("-pk")[: PAGE + 1])
    return {
        "tokens": [Line(token) for token in found[:PAGE]],
        "older": found[PAGE - 1].pk if len(found) > PAGE else None,
        "later": known,
    }


def revoke(request: HttpRequest, rows: TokenSet, uid: UUID, by: User) -> Token:
    """Whoever is second is told the same: it does not work any more."""
    token = get_object_or_404(rows.select_related("user"), uid=uid)
    tokens.revoke(Token.objects.filter(pk=token.pk), by)
    messages.success(request, _("The token “%(name)s” does not work any more.") % {"name": token.name})
    return token
