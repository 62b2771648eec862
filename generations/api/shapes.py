"""How things look in our own JSON: names in small letters with underscores, money in millionths, times in UTC."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.conf import settings
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

LONGEST = 200  # of a name that we read


def utc(at: datetime) -> datetime:
    """Without a zone it is meant as UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(utc), Field(examples=["2026-11-20T18:03:07.120Z"])]


class Shape(BaseModel):
    """Something that we answer."""


class Asked(BaseModel):
    """Something that a program sends. What we do not know is taken and named in the answer; null is as good as nothing."""

    model_config = ConfigDict(extra="allow", strict=True, json_schema_extra={"additionalProperties": True})

    def ignored(self, under: str = "") -> list[str]:
        """Names of the fields that we do not know."""
        found = [f"{under}{name}"[:LONGEST] for name in self.model_extra or {}]
        for name in type(self).model_fields:
            value = getattr(self, name)
            if isinstance(value, Asked):
                found += value.ignored(f"{under}{name}.")
        return found


class Money(Shape):
    micro: int = Field(description="A whole number of millionths: 35000 is 0.035.", examples=[35000])
    currency: str = Field(description="The studio's one currency.", examples=["USD"])


def money(micro: int | None) -> Money | None:
    """None: nobody has said a price."""
    return None if micro is None else Money(micro=micro, currency=settings.CURRENCY)


def amount(micro: int) -> Money:
    return Money(micro=micro, currency=settings.CURRENCY)


class Size(Shape):
    width: int = Field(examples=[2848])
    height: int = Field(examples=[1600])


def without_nulls(value: Any) -> Any:
    """Explicit nulls are what SDKs send for what nobody has set. They are taken out of what is given, which may be large."""
    if isinstance(value, dict):
        for name in [name for name, one in value.items() if one is None]:
            del value[name]
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        without_nulls(one)
    return value
