"""Raw records, for emergencies, to look at only: what changes one has a page or a command, with its rules and a line in the journal.

A site of our own: packages register tables on the usual one in which secrets lie.
"""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from generations.models import (
    Attempt,
    Budget,
    Decision,
    Entry,
    Generation,
    Heartbeat,
    Image,
    Invitation,
    JournalLine,
    Membership,
    ProviderAccount,
    Purse,
    Team,
    Token,
    User,
)


class Records(admin.AdminSite):
    site_header = site_title = "Seedbed"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


records = Records(name="admin")
# The same door as everywhere: limits on wrong passwords, second factors, passkeys.
records.login = secure_admin_login(records.login)  # type: ignore[method-assign, no-untyped-call]


class Looking(admin.ModelAdmin):  # type: ignore[type-arg]
    """Nothing is added, changed or removed. Pages are as cheap as they can be: the whole is never counted."""

    list_per_page = 50
    show_full_result_count = False
    list_max_show_all = 0

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(User, site=records)
class PersonAdmin(Looking):
    """Whoever changes one here would pass by the last administrator, the journal, open sessions, tokens and money in line."""

    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_superuser", "last_login", "date_joined", "theme", "language", "mails", "team"]


@admin.register(Team, site=records)
class TeamAdmin(Looking):
    list_display = ["name", "slug", "created_at", "closed_at"]
    search_fields = ["name", "slug"]


@admin.register(Membership, site=records)
class MembershipAdmin(Looking):
    list_display = ["team", "user", "role", "joined_at"]
    list_select_related = ["team", "user"]


@admin.register(Invitation, site=records)
class InvitationAdmin(Looking):
    """A link can only be shown by whoever writes it."""

    list_display = ["email", "team", "role", "created_at", "expires_at", "accepted_at", "withdrawn_at"]
    exclude = ["digest"]


@admin.register(Token, site=records)
class TokenAdmin(Looking):
    list_display = ["pk", "team", "user", "name", "begins", "expires_at", "used_at", "revoked_at"]
    list_select_related = ["team", "user"]
    exclude = ["digest"]


@admin.register(ProviderAccount, site=records)
class ProviderAccountAdmin(Looking):
    """Where a key travels is changed on a page of its own, which asks for the password and opens no wrong address."""

    list_display = ["name", "dialect", "sandbox", "enabled"]
    fields = ["name", "dialect", "address", "key_end", "bearer", "private", "in_flight", "per_minute", "sandbox", "enabled", "created_at"]


@admin.register(Generation, site=records)
class GenerationAdmin(Looking):
    list_display = ["pk", "team", "user", "engine", "status", "held", "charged", "created_at"]
    list_select_related = ["team", "user"]
    exclude = ["digest", "request_key", "token"]


@admin.register(Attempt, site=records)
class AttemptAdmin(Looking):
    """What was sent and what came back is shown elsewhere, without keys."""

    list_display = ["pk", "generation_id", "number", "account", "outcome", "charge", "sent_at", "answered_at"]
    list_select_related = ["account"]
    exclude = ["key", "sent", "answer", "trouble"]


@admin.register(Image, site=records)
class ImageAdmin(Looking):
    list_display = ["pk", "generation_id", "index", "status", "review", "sha256", "stored_at"]
    exclude = ["link", "placeholder", "trouble"]


@admin.register(Entry, site=records)
class EntryAdmin(Looking):
    list_display = ["pk", "generation_id", "kind", "amount", "month", "at"]


@admin.register(Purse, site=records)
class PurseAdmin(Looking):
    list_display = ["team", "user", "month", "held", "spent"]
    list_select_related = ["team", "user"]


@admin.register(Budget, site=records)
class BudgetAdmin(Looking):
    list_display = ["team", "user", "soft", "hard"]
    list_select_related = ["team", "user"]


@admin.register(Decision, site=records)
class DecisionAdmin(Looking):
    list_display = ["pk", "image_id", "number", "verdict", "user", "at"]
    list_select_related = ["user"]


@admin.register(JournalLine, site=records)
class JournalAdmin(Looking):
    list_display = ["pk", "at", "actor", "team", "deed", "subject"]


@admin.register(Heartbeat, site=records)
class HeartbeatAdmin(Looking):
    list_display = ["name", "beat_at"]
