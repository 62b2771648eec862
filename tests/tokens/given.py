"""Tokens that are there already."""

from datetime import timedelta
from typing import Any

from generations import tokens
from generations.models import Scope, Team, Token, User

EVERYTHING = list(Scope)


def given(user: User, team: Team, *scopes: Scope, lasts: timedelta | None = timedelta(days=90), **fields: Any) -> tuple[Token, str]:
    """Its row and its text; with all scopes unless told."""
    member = user.memberships.select_related("team", "user").get(team=team)
    return tokens.issue(member, tokens.Plan(fields.pop("name", "Poster script"), list(scopes) or EVERYTHING, lasts, **fields))


def bearer(text: str) -> dict[str, str]:
    """As Django's test client takes it."""
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}
