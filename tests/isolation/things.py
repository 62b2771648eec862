"""One of everything that an address can name, all of it Dana's or her team's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from generations import commenting, vault
from generations.calling import deposits, links
from generations.models import (
    Collection,
    Delivery,
    Draft,
    Event,
    Heartbeat,
    Image,
    Invitation,
    Notice,
    Placement,
    PromptTemplate,
    Role,
    Share,
    Status,
    Team,
    Upload,
    User,
    Webhook,
)
from generations.models.invitations import digest_of
from tests.filed import filed
from tests.made import made, pictured
from tests.tokens.given import given

TOKEN = "a-token-of-the-tests-that-opens-a-link"
MINE = (Draft, Heartbeat)  # one's own composer; a sign of life


def things(designer: User, viewer: User, team: Team, *, private: bool = False) -> dict[str, Any]:
    generation = made(designer, team, Status.UNKNOWN, private=private)
    (image,) = pictured(generation, review="waiting", asked_at=timezone.now(), asked_by=designer)
    filed(image)
    collection = Collection.objects.create(team=team, user=designer, name="Autumn", private=private)
    Placement.objects.create(collection=collection, image=image, position=1)
    invitation, invited = Invitation.write(team, "new@example.com", Role.DESIGNER, None, timedelta(days=1))
    webhook = Webhook.objects.create(team=team, url="https://127.0.0.1:9/", secret=vault.seal("secret"), events=[Event.DONE])
    left = uploaded(designer, team)
    return {
        "generation": generation.uid,
        "asking": made(designer, team, Status.ASKING, private=private).uid,
        "attempt": generation.attempts.get().pk,
        "account": generation.account_id,
        "image": image.uid,
        "signed": f"{links.write(image, designer)}.jpg",
        "seen": f"{image.uid}:0",  # with the number of its last decision
        "sha256": uploaded(designer, team).sha256,
        "deposit": deposits.signer.sign(f"{left.pk}-{designer.pk}"),
        "deposited": f"{left.sha256}.{left.format}",
        "collection": collection.uid,
        "template": PromptTemplate.objects.create(team=team, user=designer, name="Kite", text="A kite", shared=not private).pk,
        "comment": commenting.say(image, "Too dark", by=designer).uid,
        "link": linked(designer, team, image).uid,
        "token": TOKEN,
        "program": (program := given(designer, team)[0].uid),
        "own program": program,  # on a page where one finds only what is one’s own
        "invitation": invitation.pk,
        "invited": invited,
        "founding": Invitation.write(None, "", Role.ADMIN, None, timedelta(days=1))[1],
        "member": viewer.memberships.get(team=team).pk,
        "person": viewer.pk,
        "team": team.pk,
        "slug": team.slug,
        "webhook": webhook.uid,
        "delivery": Delivery.objects.create(webhook=webhook, event=Event.DONE, key="1", body={}).uid,
        "notice": Notice.objects.create(user=designer, team=team, event=Event.DONE, key="1", generation=generation).pk,
    }


def uploaded(user: User, team: Team) -> Upload:
    facts = {"sha256": uuid4().hex * 2, "format": "jpeg", "width": 640, "height": 640, "bytes": 1000}
    return Upload.objects.create(team=team, user=user, **facts)


def linked(user: User, team: Team, image: Image) -> Share:
    expires = timezone.now() + timedelta(days=1)
    share = Share.objects.create(
        team=team, user=user, digest=digest_of(TOKEN), title="Autumn", expires_at=expires, commenting=True, originals=True
    )
    share.shown.create(image=image, position=1)
    return share


def state() -> dict[str, Any]:
    """Everything that is written down."""
    models = [model for model in apps.get_app_config("generations").get_models() if model not in MINE]
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@contextmanager
def nothing_done() -> Iterator[None]:
    before = state()
    yield
    assert state() == before


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done meanwhile, the next one finds everything as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()  # limits count in it
