"""A library whose images wait and were decided: `python -m generations.bench.waiting IMAGES` says as JSON what there is to ask it for."""

import json
import sys

from generations.bench import library  # sets Django up

from django.conf import settings  # isort: skip
from django.db import transaction  # isort: skip
from django.test import Client  # isort: skip
from django.utils import timezone  # isort: skip

from generations.models import Decision, Image, Membership, Review, Role, Team, User, Verdict  # isort: skip

SHARE = 20  # one image of so many waits
AT_ONCE = 500
VERDICTS = (Verdict.APPROVED, Verdict.APPROVED, Verdict.REJECTED, Verdict.CHANGE)


@transaction.atomic
def line_up() -> None:
    """Half of all images are decided, and thousands of those left wait."""
    team, now = Team.objects.get(slug="bench"), timezone.now()
    reviewer = team.members.order_by("pk")[0]
    Membership.objects.filter(user=reviewer).update(role=Role.REVIEWER)
    images = list(Image.objects.filter(team=team).order_by("pk"))
    asked = [one for number, one in enumerate(images) if number % SHARE == 0]
    for one in asked:
        one.review, one.asked_at, one.asked_by_id = Review.WAITING, now, one.user_id
    Image.objects.bulk_update(asked, ["review", "asked_at", "asked_by"], batch_size=AT_ONCE)
    decide([one for number, one in enumerate(images) if number % 2 == 1], reviewer)


def decide(images: list[Image], reviewer: User) -> None:
    verdicts = [VERDICTS[number % len(VERDICTS)] for number in range(len(images))]
    rows = [
        Decision(image=one, number=1, sha256=one.sha256, verdict=verdict, note="Not our style", user=reviewer)
        for one, verdict in zip(images, verdicts, strict=True)
    ]
    for one, decision in zip(images, Decision.objects.bulk_create(rows, batch_size=AT_ONCE), strict=True):
        one.decision, one.review = decision, Review(decision.verdict)
    Image.objects.bulk_update(images, ["decision", "review"], batch_size=AT_ONCE)


def told() -> dict[str, object]:
    user = User.objects.order_by("pk")[0]
    visitor = Client(headers={"host": "127.0.0.1"})
    visitor.force_login(user)
    visitor.get("/review/")
    waiting = Image.objects.filter(team__slug="bench", review=Review.WAITING, private=False).order_by("asked_at", "pk")
    return {
        "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in visitor.cookies.items()),
        "csrf": visitor.cookies[settings.CSRF_COOKIE_NAME].value,
        "waiting": [str(uid) for uid in waiting.values_list("uid", flat=True)],
    }


if __name__ == "__main__":
    library.fill(int(sys.argv[1]))
    line_up()
    print(json.dumps(told()))  # noqa: T201
