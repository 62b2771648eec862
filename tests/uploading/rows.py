"""Uploads that are there already; their files are not."""

from hashlib import sha256
from itertools import count
from typing import Any

from generations.models import Team, Upload, User

NUMBERS = count()


def row(user: User, team: Team, **fields: Any) -> Upload:
    number = next(NUMBERS)
    usual = {"name": f"koi-{number}.png", "sha256": sha256(str(number).encode()).hexdigest(), "format": "png", "width": 1200, "height": 900}
    return Upload.objects.create(user=user, team=team, **{**usual, "bytes": 100_000, **fields})
