"""Generations and images that are there already, so that a test begins where it means something."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils import timezone

from generations.catalogue import ENGINES
from generations.catalogue.check import promised_size
from generations.catalogue.request import GenerationRequest
from generations.models import RUNNING, UNSENT, Attempt, Generation, Image, ImageStatus, Outcome, ProviderAccount, Status, Team, User

ENGINE = "apimart/seedream-5.0-lite"


def sandbox(engine: str = ENGINE, **limits: Any) -> ProviderAccount:
    dialect = ENGINES[engine].dialect
    name, accounts = f"Sandbox {dialect}", ProviderAccount.objects
    return accounts.filter(name=name).first() or accounts.create(name=name, dialect=dialect, sandbox=True, **limits)


def asked(prompt: str = "A red kite above terraced tea fields", engine: str = ENGINE, **changes: Any) -> GenerationRequest:
    ratio, tier = ENGINES[engine].usual
    return GenerationRequest(engine=engine, prompt=prompt, ratio=ratio, tier=tier).with_(**changes)


def made(user: User, team: Team, status: Status = Status.DONE, request: GenerationRequest | None = None, **fields: Any) -> Generation:
    """A generation as it would be by now; no money moves."""
    request = request or asked()
    size = promised_size(request, ENGINES[request.engine])
    now = timezone.now()
    usual: dict[str, Any] = {
        "request_key": uuid4(),
        "digest": uuid4().hex,
        "request": request.store(),
        "engine": request.engine,
        "prompt": request.prompt,
        "images_asked": request.images,
        "width": size.width if size else None,
        "height": size.height if size else None,
        "account": fields.pop("account", None) or sandbox(request.engine),
        "status": status,
        "due_at": now + timedelta(hours=1) if status in RUNNING else None,
        "finished_at": None if status in (*RUNNING, Status.ASKING) else now,
        "sent_at": None if status in UNSENT else now,
    }
    generation = Generation.objects.create(user=user, team=team, **{**usual, **fields})
    Attempt.objects.create(generation=generation, number=1, account=generation.account, outcome=Outcome.ANSWERED, wire_id="sandbox")
    return generation


def pictured(generation: Generation, count: int = 1, **fields: Any) -> list[Image]:
    """Its images, stored as far as the rows go; their files are not there."""
    attempt, request = generation.attempts.latest("number"), generation.asked()
    first = generation.images.count()
    return [
        Image.objects.create(
            generation=generation,
            attempt=attempt,
            index=index,
            team=generation.team,
            user=generation.user,
            private=generation.private,
            engine=generation.engine,
            ratio=request.ratio,
            tier=request.tier,
            referenced=bool(request.references),
            **{
                "status": ImageStatus.STORED,
                "sha256": sha256(f"{generation.uid}/{index}".encode()).hexdigest(),
                "format": "jpeg",
                "bytes": 1_000_000,
                "width": generation.width or 2048,
                "height": generation.height or 2048,
                "derived": True,
                "stored_at": timezone.now(),
                **fields,
            },
        )
        for index in range(first, first + count)
    ]
