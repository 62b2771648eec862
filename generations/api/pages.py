"""Lists come in pages along an index: from where the last one ended, never counted, and as quick at a million rows as at ten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel
from pydantic import Field as Told

from generations.api.errors import Wrong
from generations.web.addresses import public_link

Row = TypeVar("Row", bound=Model)

NEXT = Told(description="The address of the next page, or null where there is none. Call it as it is.")


class Paging(BaseModel):
    """In the address of every list: `paging: Query[Paging]`."""

    limit: int = Told(20, ge=1, le=100, description="How many at most.")
    cursor: str | None = Told(None, description="Where to go on: it stands in `next` of the page before. Nothing to make up.")


def page(request: HttpRequest, rows: "QuerySet[Row]", paging: Paging, *order: str, kinds: Sequence[Q] = ()) -> tuple[list[Row], str | None]:
    """The rows of one page, and the address of the next. `order` must be unique and never null: "-id", or "-created_at", "-id".

    `kinds`: only of these. An index has each of them in order, but not several at once: so the first of each are asked for.
    """
    asked = rows.order_by(*order)
    if paging.cursor:
        asked = asked.filter(after(rows.model, order, opened(paging.cursor, order)))
    if kinds:
        firsts = [list(asked.filter(kind).values_list("pk", flat=True)[: paging.limit + 1]) for kind in kinds]
        asked = asked.filter(pk__in=[pk for some in firsts for pk in some])
    found = list(asked[: paging.limit + 1])
    more = len(found) > paging.limit
    return found[: paging.limit], address(request, seal(found[paging.limit - 1], order)) if more else None


def after(model: type[Model], order: Sequence[str], values: Sequence[Any]) -> Q:
    """Behind this place: later in the first of them, or the same there and later in the second, and so on."""
    behind, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        plain = name.lstrip("-")
        try:
            value = typed(model, plain, value)
        except ValidationError:
            raise unknown() from None
        behind |= same & Q(**{f"{plain}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{plain: value})
    return behind


def typed(model: type[Model], name: str, value: Any) -> Any:
    found = model._meta.get_field(name)
    return found.to_python(value) if isinstance(found, Field) else value


def seal(row: Model, order: Sequence[str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    return sign([value.isoformat() if isinstance(value, datetime) else value for value in values], order)


def sign(values: Any, order: Sequence[str]) -> str:
    return signing.dumps(values, salt=salt(order), compress=True)


def opened(cursor: str, order: Sequence[str]) -> list[Any]:
    """Only ours, and only of a list in the same order."""
    try:
        return list(signing.loads(cursor, salt=salt(order)))
    except (signing.BadSignature, TypeError):
        raise unknown() from None


def salt(order: Sequence[str]) -> str:
    return f"api.pages:{','.join(order)}"


def unknown() -> Wrong:
    sentence = _("This cursor is not from a page of this list. Begin without one.")
    return Wrong(422, sentence, "invalid", [("cursor", sentence)])


def address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return public_link(request, f"{request.path}?{query.urlencode()}")
