"""What the demo team thinks of its pictures, once they are there. Its first requests move into the days before: usage needs some."""

import secrets
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from generations import accounting, collecting, commenting, journal, reviewing
from generations.demo.stage import PEOPLE
from generations.journal import Deed
from generations.models import RUNNING, Attempt, Collection, Generation, Image, Share, Shown, Team, User, Verdict
from generations.models.invitations import digest_of

FIRST = 15  # requests, all of which go well
APART = timedelta(hours=21)  # one from the next, so that they take up two weeks
ASKED = 8  # images
DECIDED = (
    (Verdict.APPROVED, ""),
    (Verdict.APPROVED, "The fog is just right."),
    (Verdict.REJECTED, "Not our style"),
    (Verdict.APPROVED, ""),
    (Verdict.CHANGE, "Warmer light, and a little more room above."),
    (Verdict.APPROVED, ""),
)
PATIENCE = 240.0  # seconds, for all of them together


def form(patience: float = PATIENCE) -> bool:
    """False: the pictures did not come."""
    until = time.monotonic() + patience
    while still_coming():
        if time.monotonic() > until:
            return False
        time.sleep(1)
    move_back()
    judge()
    accounting.rebuild()  # what was counted for today was too much
    return True


def first() -> list[int]:
    return list(Generation.objects.order_by("pk").values_list("pk", flat=True)[:FIRST])


def still_coming() -> bool:
    return Generation.objects.filter(pk__in=first(), status__in=RUNNING).exists()


@transaction.atomic
def move_back() -> None:
    """With all that happened to them, so that each took as long as it did. The gallery has the images on the day they really came."""
    for place, pk in enumerate(first()):
        ago = APART * (FIRST - place)
        shown = {"version": F("version") + 1, "changed_at": timezone.now()}
        Generation.objects.filter(pk=pk).update(**earlier(ago, "created_at", "sent_at", "finished_at"), **shown)
        Attempt.objects.filter(generation=pk).update(**earlier(ago, "planned_at", "sent_at", "answered_at"))
        Image.objects.filter(generation=pk).update(**earlier(ago, "stored_at"))


def earlier(ago: timedelta, *names: str) -> dict[str, object]:
    return {name: F(name) - ago for name in names}


def judge() -> None:
    people = {user.email.partition("@")[0]: user for user in User.objects.filter(email__in=[f"{name}@example.com" for name in PEOPLE])}
    team = Team.objects.get()
    images = list(Image.objects.stored().filter(generation__in=first(), private=False).order_by("generation", "index")[:ASKED])
    if len(images) < ASKED:
        return
    reviewing.ask(Image.objects.filter(pk__in=[image.pk for image in images]), people["designer"], team)
    for image, (verdict, note) in zip(images, DECIDED, strict=False):
        reviewing.decide(image, verdict, note, people["reviewer"], 0)
    talk(images, people)
    approved = [image for image, (verdict, _note) in zip(images, DECIDED, strict=False) if verdict == Verdict.APPROVED]
    share(approved, people["designer"])
    gather("Summer campaign, round 2", approved, people["designer"])
    one_each = Image.objects.stored().filter(generation__in=first()[2:], private=False, index=0).order_by("generation")
    gather("Moodboard", one_each, people["reviewer"])


def talk(images: Sequence[Image], people: dict[str, User]) -> None:
    """On one that waits still."""
    called = people["designer"].name
    commenting.say(images[-1], f"@{called} is this the one for the cover?", by=people["reviewer"], place=(420, 360))
    commenting.say(images[-1], "It is. The type goes into the quiet corner.", by=people["designer"])


def gather(name: str, images: Iterable[Image], by: User) -> None:
    collection = Collection.objects.create(team=Team.objects.get(), user=by, name=name)
    collecting.place(collection.pk, [image.pk for image in images])


@transaction.atomic
def share(images: Sequence[Image], by: User) -> None:
    """A link that nobody has: whoever wants one to look at makes another."""
    ends = timezone.now() + timedelta(days=14)
    link = Share.objects.create(
        team=images[0].team, user=by, digest=digest_of(secrets.token_urlsafe(24)), title="For the client", commenting=True, expires_at=ends
    )
    Shown.objects.bulk_create(Shown(share=link, image=image, position=place) for place, image in enumerate(images))
    journal.write(Deed.SHARE_ADD, actor=by, team=link.team, subject=link, images=len(images), commenting=True)
