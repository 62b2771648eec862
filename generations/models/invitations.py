import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from generations.models.people import User
from generations.models.teams import Membership, Role, Team


class InvitationSet(models.QuerySet["Invitation"]):
    def unused(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())

    def open(self) -> Self:
        """Those that let somebody in: whoever wrote one might still write it today. A command is nobody, and always may."""
        writer = User.objects.filter(pk=OuterRef("invited_by_id"), is_active=True)
        leads = Membership.objects.filter(team=OuterRef("team_id"), user=OuterRef("invited_by_id"), role=Role.ADMIN)
        return self.unused().filter(Q(invited_by=None) | Exists(writer.filter(is_superuser=True)) | (Exists(writer) & Exists(leads)))

    def withdraw(self) -> "list[Invitation]":
        """Their lines in the journal belong to it, last in the transaction."""
        found = list(self.unused().select_related("team").select_for_update(no_key=True, of=("self",)).order_by("pk"))
        Invitation.objects.filter(pk__in=[one.pk for one in found]).update(withdrawn_at=timezone.now())
        return found

    def by_token(self, token: str) -> Self:
        return self.filter(digest=digest_of(token))


class Invitation(models.Model):
    """A link that lets one person in, once, before it expires. Without a team it is the set-up link of a new studio."""

    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.DESIGNER)
    digest = models.CharField(max_length=64, unique=True)  # the token itself is shown once and kept nowhere
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationSet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(team=None) | ~Q(email=""), name="invitation_to_a_team_has_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.email or 'set-up'} {self.team or ''}".strip()

    @classmethod
    def write(cls, team: Team | None, email: str, role: Role, by: User | None, lasts: timedelta) -> "tuple[Invitation, str]":
        """The invitation and its token; asking the same person again replaces the link that is still open."""
        email = email.strip().lower()
        cls.objects.unused().filter(team=team, email=email).update(withdrawn_at=timezone.now())
        token = secrets.token_urlsafe(24)
        expires = timezone.now() + lasts
        invitation = cls.objects.create(team=team, email=email, role=role, digest=digest_of(token), invited_by=by, expires_at=expires)
        return invitation, token

    def take(self, user: User) -> bool:
        """Use it up; of two people with the same link only one gets True."""
        taken = Invitation.objects.open().filter(pk=self.pk).update(accepted_at=timezone.now(), accepted_by=user)
        return taken == 1


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
