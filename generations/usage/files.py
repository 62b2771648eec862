"""Every table as a file for a spreadsheet."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from generations.accounting import Sums, grouped
from generations.usage import tables
from generations.usage.notes import take_note
from generations.usage.periods import Period, chosen
from generations.usage.scope import Scope, scope_of
from generations.web import sheets
from generations.web.requests import StudioRequest
from generations.web.sheets import Cell
from generations.web.team import without_team

Rows = Iterable[tuple[Sequence[str | date], Sums]]
Maker = Callable[[Scope, Period], tuple[list[str], Rows]]


@require_safe
@without_team
def table(request: StudioRequest, name: str) -> HttpResponseBase:
    maker = MAKERS.get(name)
    if maker is None:
        raise Http404
    scope, period = scope_of(request), chosen(request.GET.dict())
    heads, rows = maker(scope, period)
    whose = scope.team.slug if scope.team else _("all teams")
    take_note(request, scope, f"usage/{name}", format="csv")
    title = f"{whose} {name} {period.since:%Y-%m-%d} {period.last:%Y-%m-%d}"
    return sheets.answer(title, [*heads, *figure_heads()], ([*names, *figures(sums)] for names, sums in rows))


def figure_heads() -> list[str]:
    money = settings.CURRENCY
    counts = [_("Requests"), _("Images delivered"), _("Missing"), _("Approved"), _("Rejected"), _("Otherwise than promised")]
    endings = [_("Refused"), _("Failed"), _("Unknown"), _("Paid, nothing came")]
    amounts = [_("Spent"), _("Held"), _("Spent on nothing"), _("Per approved image")]
    return [*counts, *endings, *(f"{name} ({money})" for name in amounts), _("Promises kept (%)")]


def figures(sums: Sums) -> list[Cell]:
    counts = [sums.requests, sums.delivered, sums.missing, sums.approved, sums.rejected, sums.broken]
    endings = [sums.refused, sums.failed, sums.unknown, sums.empty]
    amounts = [sheets.amount(micro) for micro in (sums.spent, sums.held, sums.wasted, sums.per_approved)]
    return [*counts, *endings, *amounts, None if sums.kept is None else round(sums.kept, 2)]


# --- which ---


def by_day(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    found = grouped(tables.rows_of(scope, period), "day")
    return [_("Day")], sorted((((day,), sums) for day, sums in found), key=lambda row: row[0])


def by_engine(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    lines = engines(scope, period).lines
    return [_("Engine"), _("Account")], (((line.name, line.more), line.sums) for line in lines)


def engines(scope: Scope, period: Period) -> tables.Table:
    return tables.engines(tables.summed(tables.rows_of(scope, period), period))


def by_person(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    return [_("Person")], tables.named(tables.people(tables.rows_of(scope, period), scope).lines)


def by_team(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    return [_("Team")], tables.named(tables.teams(tables.rows_of(scope, period)).lines)


def by_account(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    if not scope.user.is_superuser:
        raise PermissionDenied(_("Figures of provider accounts are for site administrators."))
    return [_("Account")], tables.named(tables.accounts(engines(scope, period)).lines)


def everything(scope: Scope, period: Period) -> tuple[list[str], Rows]:
    if not scope.names:
        raise PermissionDenied(_("What each person spent is for reviewers and team administrators."))
    heads = [_("Day"), _("Team"), _("Person"), _("Engine"), _("Account")]
    return heads, tables.everything(tables.rows_of(scope, period))


MAKERS: dict[str, Maker] = {
    "days": by_day,
    "engines": by_engine,
    "people": by_person,
    "teams": by_team,
    "accounts": by_account,
    "lines": everything,
}
