"""A request as our own API takes it, and as the rest of the studio knows it."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_noop as _
from pydantic import Field, WrapValidator

from generations.api.shapes import Asked
from generations.calling.caller import Caller
from generations.calling.wish import Wish, request_of
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest, Logo
from generations.dialects.dialect import Asked as Wired
from generations.dialects.uri import read_data_uri
from generations.models import Collection, Generation
from generations.pipeline.start import Refused
from generations.uploading import shelf
from generations.web import seen

MOST_REFERENCES = 40  # any engine takes fewer
LARGEST = 10**12  # a figure beyond it is a mistake; what an engine takes is said by the engine

Id = Annotated[UUID, Field(strict=False)]
Given = Annotated[str, WrapValidator(lambda value, text: value if isinstance(value, bytes) else text(value))]  # bytes: decoded as it came

NO_COLLECTION = _("There is no such collection, or it is not for this token.")
NO_PARENT = _("There is no such request, or it is not for this token.")
NO_DATA = _("Reference {place} is no picture as a data URI: data:image/png;base64,…")


class LogoAsked(Asked):
    position: int = Field(0, ge=0, le=9)
    language: int = Field(0, ge=0, le=9)
    opacity: float = Field(1.0, ge=0, le=1)


class RequestAsked(Asked):
    engine: str = Field(
        max_length=200,
        description="An engine's id; or a model's name, and the studio chooses.",
        examples=["seedream-5.0-lite"],
    )
    prompt: str = Field(max_length=100_000, examples=["A red kite above terraced tea fields, morning fog"])
    images: int = Field(1, ge=1, le=100, description="How many. Each is paid.", examples=[4])
    ratio: str | None = Field(None, max_length=20, description="With a tier; else the engine's usual one.", examples=["16:9"])
    tier: str | None = Field(None, max_length=20, examples=["2K"])
    size: str | None = Field(None, max_length=20, description="Exact pixels such as `2048x1152`, instead of ratio and tier.")
    references: list[Given] | None = Field(
        None,
        max_length=MOST_REFERENCES,
        description="In order; each a public link, a data URI, or the SHA-256 of an uploaded picture.",
    )
    seed: int | None = Field(None, ge=-LARGEST, le=LARGEST)
    guidance: float | None = Field(None, ge=-LARGEST, le=LARGEST)
    format: str | None = Field(None, max_length=20, description="Where the engine leaves a choice.", examples=["png"])
    watermark: bool = Field(False, description="The provider's own, in the picture.")
    logo: LogoAsked | None = None
    web_search: bool = False
    private: bool | None = Field(None, description="For oneself and the team's administrators; else as the team has decided.")
    collection: Id | None = Field(None, description="Where its images go as they come.")
    parent: Id | None = Field(None, description="The generation that this one varies.")

    def request(self) -> GenerationRequest:
        logo = Logo(self.logo.position, self.logo.language, self.logo.opacity) if self.logo else None
        return request_of(self).with_(watermark=self.watermark, logo=logo, web_search=self.web_search)

    def given(self) -> tuple[str | bytes, ...]:
        return tuple(picture(text, place) for place, text in enumerate(self.references or (), start=1))

    @property
    def brings(self) -> bool:
        """Pictures that have to be fetched or decoded first."""
        return any(not isinstance(one, str) or not shelf.HASH.fullmatch(one) for one in self.references or ())

    def wish(self, caller: Caller, key: str = "") -> Wish:
        wired = Wired(self.engine, self.request(), self.given())
        return Wish(wired, key=key, private=self.private, collection=into(caller, self.collection), parent=after(caller, self.parent))


class GenerationAsked(RequestAsked):
    wait: int = Field(0, ge=0, le=60, description="Seconds to wait for the end before the answer comes.", examples=[30])


def picture(text: str | bytes, place: int) -> str | bytes:
    if isinstance(text, bytes) or text[:5].lower() != "data:":
        return text
    content = read_data_uri(text)
    if content is None:
        raise Refused(Problem("references", NO_DATA, {"place": place}))
    return content


def into(caller: Caller, uid: UUID | None) -> Collection | None:
    found = Collection.objects.seen_by(caller.user, caller.team).filter(uid=uid).first() if uid else None
    if uid and found is None:
        raise Refused(Problem("collection", NO_COLLECTION))
    return found


def after(caller: Caller, uid: UUID | None) -> Generation | None:
    found = seen.generations(caller).filter(uid=uid).first() if uid else None
    if uid and found is None:
        raise Refused(Problem("parent", NO_PARENT))
    return found
