"""What each tool takes. A language model reads the descriptions, so they say what there is to choose and what it costs."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generations.catalogue.sizes import RATIOS
from generations.models import Review
from generations.search.words import MOST_TYPED
from generations.web.filters import ENGINE, TIERS, Filter

LONGEST = 300  # seconds that a call may wait
USUAL = 50  # most clients give a call up after a minute
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)


def bare(value: Any) -> Any:
    """Some clients send null, or nothing between quotes, for what nobody has set."""
    return None if value == "" else value


Word = Annotated[str | None, BeforeValidator(bare)]
Day = Annotated[date | None, BeforeValidator(bare)]
Id = Annotated[UUID, Field(description="As the studio called it in an earlier answer.")]
Seconds = Annotated[int, Field(ge=0, le=LONGEST, description="How long to wait for the pictures before the answer comes anyway.")]


class Takes(BaseModel):
    """A name that it does not know is told, not dropped: a setting that is lost without a word may cost money."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Takes):
    pass


class Request(Takes):
    engine: str = Field(max_length=200, description="An id from list_engines, or a model's name such as seedream-5.0-lite.")
    prompt: str = Field(max_length=100_000, description="What the picture shows, in English or Chinese.")
    images: int = Field(1, ge=1, le=100, description="How many pictures. Each is paid.")
    ratio: Word = Field(None, max_length=20, description="Such as 16:9, from the engine's sizes.")
    tier: Word = Field(None, max_length=20, description="Such as 2K, from the engine's sizes.")
    size: Word = Field(None, max_length=20, description="Exact pixels such as 2048x1152, instead of ratio and tier.")
    references: list[Annotated[str, Field(max_length=20_000)]] = Field(
        [],
        max_length=40,
        description="Pictures to start from, in order: ids of images in the gallery, SHA-256 of uploads, or public https links.",
    )
    seed: int | None = Field(None, ge=-(10**12), le=10**12)
    guidance: float | None = Field(None, ge=0, le=1000, allow_inf_nan=False)
    format: Word = Field(None, max_length=20, description="jpeg, png or webp, where the engine leaves a choice.")
    private: bool | None = Field(None, description="True: only its person and team administrators see it. Left out: as the team decided.")


class Generate(Request):
    wait: Seconds = USUAL
    key: Word = Field(
        None,
        max_length=200,
        description="A word of your own for this one order. The same key again is the same order and is not paid twice: "
        "use it when you repeat a call that broke off.",
    )


class Wait(Takes):
    id: Id
    seconds: Seconds = USUAL


class One(Takes):
    id: Id


class Search(Takes):
    q: str = Field("", max_length=MOST_TYPED, description="Words of the prompt, English or Chinese; all of them have to be there.")
    mine: bool = Field(False, description="Only images of the person whose token this is.")
    engine: Word = Field(None, pattern=f"^({ENGINE.pattern})?$")
    ratio: Literal["", *RATIOS] | None = None  # type: ignore[valid-type]
    tier: Literal["", *TIERS] | None = None  # type: ignore[valid-type]
    review: Literal["", *Review.values] | None = None  # type: ignore[valid-type]
    starred: bool = False
    rating: int | None = Field(None, ge=1, le=5, description="At least so many of five, as this person rated them.")
    since: Day = Field(None, ge=FIRST, le=LAST, description="The first day, such as 2026-11-01.")
    until: Day = Field(None, ge=FIRST, le=LAST, description="The last day.")
    limit: int = Field(20, ge=1, le=50)
    before: int | None = Field(None, ge=1, le=2**63 - 1, description="`next` of the page before, to go on from there.")

    def filter(self) -> Filter:
        return Filter(
            whose="mine" if self.mine else "",
            engine=self.engine or "",
            ratio=self.ratio or "",
            tier=self.tier or "",
            review=self.review or "",
            starred=self.starred,
            rating=self.rating,
            since=self.since,
            until=self.until,
            q=self.q.replace("\0", "").strip(),
        )


class GetImage(Takes):
    id: Id
    side: Literal[320, 640, 1280] = Field(640, description="Pixels of the longer side of the preview.")
