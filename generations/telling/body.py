"""What programs are told. Names, figures and links; words of people only where the team lets its prompts travel."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from generations.models import Comment, Decision, Generation, Image, User
from generations.pipeline.money import format_money, word
from generations.telling.address import absolute
from generations.telling.place import card

LINKED = 20


def of_generation(row: Generation, images: Sequence[Image] = (), **more: bool) -> dict[str, Any]:
    found = {
        "kind": "generation",
        "uid": str(row.uid),
        "status": row.status,
        "engine": row.engine,
        "batch": str(row.batch) if row.batch else None,
        "by": str(row.user),
        "asked": row.images_asked,
        "images": [image_link(image.uid) for image in images[:LINKED]],
        "link": absolute(card(row, "team")),
        "money": {
            "word": word(row),
            "held": row.held,
            "charged": row.charged,
            "currency": settings.CURRENCY,
            "held_words": format_money(row.held),
            "charged_words": format_money(row.charged),
        },
    }
    return found | ({"prompt": row.prompt} if row.team.prompt_travels else {}) | more


def of_images(by: User, count: int, uids: Sequence[UUID]) -> dict[str, Any]:
    return {
        "kind": "images",
        "by": str(by),
        "count": count,
        "images": [image_link(uid) for uid in uids],
        "link": absolute(reverse("review")),
    }


def of_decision(one: Decision) -> dict[str, Any]:
    found = {
        **of_image(one.image),
        "verdict": one.verdict,
        "number": one.number,
        "sha256": one.sha256,
        "by": str(one.user),
    }
    return found | ({"note": one.note} if one.image.team.prompt_travels else {})


def of_comment(one: Comment) -> dict[str, Any]:
    found = {**of_image(one.image), "comment": str(one.uid), "by": str(one.user or one.guest), "guest": one.user_id is None}
    return found | ({"text": one.text} if one.image.team.prompt_travels else {})


def of_budget(whose: str, level: int, used: int, limit: int) -> dict[str, Any]:
    return {
        "kind": "budget",
        "whose": whose or None,
        "percent": level,
        "used": used,
        "limit": limit,
        "currency": settings.CURRENCY,
        "used_words": format_money(used),
        "limit_words": format_money(limit),
        "link": absolute(reverse("usage")),
    }


def of_image(image: Image) -> dict[str, Any]:
    return {"kind": "image", "generation": str(image.generation.uid), **image_link(image.uid)}


def image_link(uid: UUID) -> dict[str, str]:
    return {"uid": str(uid), "link": absolute(reverse("image", args=[uid]))}
