"""Evidence for whoever sells the pictures: every call of a month that was paid, and brought less than was paid for.

It goes out of the house, so there are no names of people in it, no keys, and the prompts only where somebody wants that. By the time
of sending, as a provider's bill is; read a page at a time, so that a bad month fits into memory like a good one.
"""

import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.accounting import Day
from generations.accounting.waste import Loss, losses
from generations.models import Attempt, ProviderAccount
from generations.usage.notes import take_note
from generations.usage.periods import DAY, Period, chosen
from generations.usage.scope import Scope, scope_of
from generations.web import sheets
from generations.web.outbox import Outbox
from generations.web.requests import StudioRequest
from generations.web.sheets import Cell
from generations.web.spoken import HIDDEN, answer
from generations.web.team import without_team

PAGE = 100  # calls; their raw answers are at most 64 KB each, but for the few that were never read


@require_safe
@without_team
def dispute(request: StudioRequest) -> HttpResponseBase:
    scope, month = scope_of(request), chosen({"month": request.GET.get("month", "")})
    if not scope.leads:
        raise PermissionDenied(_("What providers answered is for team administrators."))
    account = get_object_or_404(ProviderAccount, pk=number(request.GET.get("account", "")))
    prompts = "prompts" in request.GET
    take_note(request, scope, account, format="zip", prompts=prompts)
    pieces = pack(calls(account, month, scope), prompts=prompts)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = f"{slugify(account.name) or account.dialect} {month.since:%Y-%m}.zip"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = "private, no-store"
    return response


def number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def calls(account: ProviderAccount, month: Period, scope: Scope) -> QuerySet[Attempt]:
    begins, ends = (Day(0, day).begins for day in (month.since, month.until + DAY))
    found = Attempt.objects.filter(account=account, sent_at__gte=begins, sent_at__lt=ends)
    return found.filter(generation__team=scope.team) if scope.team else found


def pack(found: QuerySet[Attempt], *, prompts: bool) -> Iterator[bytes]:
    """The list first, then what was answered to each; so the rows are read twice, and never kept."""
    outbox = Outbox()
    with zipfile.ZipFile(outbox, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("calls.csv", "w") as file:
            for lines in sheets.in_pieces(sheets.lines(heads(prompts), (row(attempt, loss, prompts) for attempt, loss in paged(found)))):
                file.write(lines.encode())
                yield outbox.take()
        for attempt, _loss in paged(found):
            if text := said(attempt, prompts):
                archive.writestr(f"answers/{title(attempt)}.txt", text)
                yield outbox.take()
    yield outbox.take()


def paged(found: QuerySet[Attempt]) -> Iterator[tuple[Attempt, Loss]]:
    """By the time of sending, and where that is the same by number."""
    rows, last = found.order_by("sent_at", "pk"), None
    while page := list((rows.filter(last) if last else rows).values_list("pk", "sent_at")[:PAGE]):
        lost = {loss.attempt: loss for loss in losses(Attempt.objects.filter(pk__in=[pk for pk, _at in page]))}
        known = Attempt.objects.select_related("generation", "account").in_bulk(list(lost))
        yield from ((known[pk], lost[pk]) for pk, _at in page if pk in lost and pk in known)
        pk, at = page[-1]
        last = Q(sent_at__gt=at) | Q(sent_at=at, pk__gt=pk)


# --- the list ---


def heads(prompts: bool) -> list[str]:
    ours = [_("Request"), _("Idempotency key"), _("Engine"), _("Name on the wire"), _("Sent"), _("Answered")]
    theirs = [
        _("Request number of the provider"),
        _("Task"),
        _("HTTP status"),
        _("Images asked for"),
        _("Images paid"),
        _("Images that came"),
    ]
    money = [f"{name} ({settings.CURRENCY})" for name in (_("Charged"), _("Of that for nothing"))]
    more = [f"{_('The provider’s own figure')} (USD)", _("What the studio recorded"), _("The provider’s own words"), _("Code")]
    return [*ours, *theirs, *money, *more, *([_("Prompt")] if prompts else [])]


def row(attempt: Attempt, loss: Loss, prompts: bool) -> Sequence[Cell]:
    trouble = attempt.trouble or attempt.generation.trouble or {}
    told = [recorded(trouble), trouble.get("said") or "", str(trouble.get("code") or "")]
    if not prompts:
        told = [without(text, attempt.generation.prompt) for text in told]
    ours = [
        title(attempt),
        str(attempt.key),
        attempt.generation.engine,
        attempt.wire_id,
        clock(attempt.sent_at),
        clock(attempt.answered_at),
    ]
    theirs: list[Cell] = [attempt.request_id, attempt.task, attempt.answer_status, loss.asked, loss.paid, loss.came]
    money = [sheets.amount(micro) for micro in (loss.charged, loss.wasted, attempt.cost)]
    return [*ours, *theirs, *money, *told, *([attempt.generation.prompt] if prompts else [])]


def title(attempt: Attempt) -> str:
    return f"{attempt.generation_id}-{attempt.number}"


def clock(at: datetime | None) -> str:
    """With its distance from UTC, for people in other places read it."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def recorded(trouble: dict[str, Any]) -> str:
    text = trouble.get("sentence") or ""
    return _(text).format(**(trouble.get("values") or {})) if text else ""


# --- what was answered ---


def said(attempt: Attempt, prompts: bool) -> str:
    text = answer(attempt)
    return text if prompts else without(text, attempt.generation.prompt)


def without(text: str, prompt: str) -> str:
    """Providers repeat what they were asked: as it was, or as JSON writes it."""
    for written in (prompt, json.dumps(prompt, ensure_ascii=False)[1:-1], json.dumps(prompt)[1:-1]):
        if len(written.strip()) > 1:
            text = text.replace(written, HIDDEN)
    return text
