"""A generation as our own API tells it: what was asked for, where it stands, what it cost, what came."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import Field

from generations.api.shapes import Moment, Money, Shape, amount, money
from generations.calling.caller import Caller
from generations.calling.links import link
from generations.calling.outcome import say, trouble
from generations.calling.waiting import ended
from generations.catalogue.request import GenerationRequest
from generations.dialects.outcome import Sent
from generations.models import Attempt, Collection, Generation, Image, ImageStatus
from generations.models.generations import GenerationSet
from generations.pipeline.money import word


class ReferenceTold(Shape):
    sha256: str
    format: str = Field(examples=["png"])
    width: int
    height: int


class LogoTold(Shape):
    position: int
    language: int
    opacity: float


class RequestTold(Shape):
    """As it was checked. What an engine takes from it and what not, POST /api/check says."""

    engine: str = Field(examples=["apimart/seedream-5.0-lite"])
    prompt: str
    images: int
    ratio: str | None
    tier: str | None
    size: str | None
    references: list[ReferenceTold]
    seed: int | None
    guidance: float | None
    format: str | None
    watermark: bool
    logo: LogoTold | None
    web_search: bool


class PersonTold(Shape):
    id: int
    name: str


class TroubleTold(Shape):
    message: str = Field(description="What happened, whether it was charged, what to do.")
    next: str = Field(description="What has to be done now, for programs: wait, edit_prompt, edit_size, edit_reference, run_again, ask …")
    said: str | None = Field(description="The provider's own words.")
    code: str | None = Field(description="The provider's own code.")


class MoneyTold(Shape):
    word: str = Field(description="held, charged, released, free, maybe (it may have been charged), or nothing yet.", examples=["charged"])
    held: Money
    charged: Money
    each: Money | None = Field(description="The price of one image that counted when it was asked for.")


class AttemptTold(Shape):
    number: int
    account: str
    outcome: str = Field(description="planned, sending, not_sent, accepted, answered, failed or unknown.")
    charge: str = Field(description="no, yes or unknown.")
    sent_at: Moment | None
    answered_at: Moment | None
    status: int | None = Field(description="The provider's HTTP status.")
    task: str | None = Field(description="What the provider calls it, to ask its support about.")


class PictureTold(Shape):
    id: UUID
    index: int
    status: str = Field(description="coming, stored, refused, lost, missing or removed.")
    width: int | None
    height: int | None
    format: str | None
    bytes: int | None
    sha256: str | None = Field(description="Of the original.")
    url: str | None = Field(description="Good for 24 hours, for whoever has it. Null while there is nothing to see.")
    trashed: bool
    problem: str | None = Field(description="Why it did not come.")


class GenerationTold(Shape):
    id: UUID
    status: str = Field(
        description="asking, queued, sending, waiting, collecting; then done, partial, refused, failed, unknown, expired or cancelled"
    )
    ended: bool = Field(description="Nothing more comes by itself: no need to ask again.")
    request: RequestTold
    account: str = Field(description="Who was asked for it.")
    person: PersonTold
    private: bool
    collection: UUID | None
    parent: UUID | None
    trouble: TroubleTold | None
    money: MoneyTold
    attempts: list[AttemptTold] = Field(description="Paid calls, one after the other; mostly there is one.")
    images: list[PictureTold]
    created_at: Moment
    sent_at: Moment | None
    finished_at: Moment | None


def ready(rows: GenerationSet) -> GenerationSet:
    """With all that is told of them: so many queries, however many they are."""
    return rows.select_related("user", "account", "collection", "parent").prefetch_related("images", "attempts__account")


def told(request: HttpRequest, caller: Caller, generation: Generation) -> GenerationTold:
    return GenerationTold(
        id=generation.uid,
        status=generation.status,
        ended=ended(generation),
        request=asked(generation.asked()),
        account=generation.account.name,
        person=PersonTold(id=generation.user_id, name=generation.user.name),
        private=generation.private,
        collection=named(caller, generation.collection),
        parent=named(caller, generation.parent),
        trouble=why(generation),
        money=cost(generation),
        attempts=[attempt(one) for one in sorted(generation.attempts.all(), key=lambda one: one.number)],
        images=list(pictures(request, generation.images.all())),
        created_at=generation.created_at,
        sent_at=generation.sent_at,
        finished_at=generation.finished_at,
    )


def named(caller: Caller, thing: Collection | Generation | None) -> UUID | None:
    """What is somebody else's own is not told of."""
    return thing.uid if thing and (not thing.private or thing.user_id == caller.user.pk) else None


def asked(request: GenerationRequest) -> RequestTold:
    return RequestTold(
        engine=request.engine,
        prompt=request.prompt,
        images=request.images,
        ratio=request.ratio or None,
        tier=request.tier or None,
        size=str(request.size) if request.size else None,
        references=[
            ReferenceTold(sha256=one.sha256, format=one.format, width=one.size.width, height=one.size.height) for one in request.references
        ],
        seed=request.seed,
        guidance=request.guidance,
        format=request.format or None,
        watermark=request.watermark,
        logo=LogoTold(**vars(request.logo)) if request.logo else None,
        web_search=request.web_search,
    )


def why(generation: Generation) -> TroubleTold | None:
    """Without what a provider said of the studio's own key."""
    if not generation.trouble:
        return None
    found = trouble(generation.trouble, Sent.UNKNOWN, free=False)
    return TroubleTold(message=found.sentence, next=str(found.next), said=found.said or None, code=found.code or None)


def cost(generation: Generation) -> MoneyTold:
    return MoneyTold(word=word(generation), held=amount(generation.held), charged=amount(generation.charged), each=money(generation.price))


def attempt(row: Attempt) -> AttemptTold:
    return AttemptTold(
        number=row.number,
        account=row.account.name,
        outcome=row.outcome,
        charge=row.charge,
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        status=row.answer_status,
        task=row.task or None,
    )


def pictures(request: HttpRequest, images: Iterable[Image]) -> Iterable[PictureTold]:
    for image in sorted(images, key=lambda one: (one.attempt_id, one.index)):
        stored = image.status == ImageStatus.STORED
        yield PictureTold(
            id=image.uid,
            index=image.index,
            status=image.status,
            width=image.width,
            height=image.height,
            format=image.format or None,
            bytes=image.bytes,
            sha256=image.sha256 or None,
            url=link(request, image) if stored and image.trashed_at is None else None,
            trashed=image.trashed_at is not None,
            problem=None if stored else missing(image),
        )


def missing(image: Image) -> str | None:
    if image.status == ImageStatus.REMOVED:
        return _("It lay in the trash, and its days there are over.")
    return say(image.trouble or {}) or None
