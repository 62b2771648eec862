import secrets
import string
import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.invitations import digest_of
from generations.models.teams import Team

LETTERS = string.ascii_letters + string.digits
BEGINS, NAMED, SECRET = "sk-studio-", 6, 43  # 43 letters of 62 are more than 256 bits: nobody guesses them, so one quick hash will do


class Scope(models.TextChoices):
    """What a program may do with a token; what its person may not, it may not either."""

    GENERATE = "generate", _("Make images")
    READ = "read", _("Look at images and requests")
    REVIEW = "review", _("Decide about images")


class TokenSet(models.QuerySet["Token"]):
    def alive(self) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class Token(models.Model):
    """A program of one person in one team. What it is called by is shown once and kept nowhere."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=60)
    scopes = models.JSONField(default=list)
    begins = models.CharField(max_length=24, editable=False)  # its first letters, to know it by
    digest = models.CharField(max_length=64, unique=True, editable=False)
    per_minute = models.PositiveSmallIntegerField(_("calls per minute"), default=120)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # written once a minute at most
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = TokenSet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(per_minute__gte=1), name="token_lets_something_through")]
        indexes = [models.Index(fields=["team", "-id"], name="token_team")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def write(cls, lasts: timedelta | None, **fields: object) -> "tuple[Token, str]":
        """The row, and the words that open the door."""
        text = BEGINS + "".join(secrets.choice(LETTERS) for _letter in range(NAMED + SECRET))
        expires = timezone.now() + lasts if lasts else None
        begins = text[: len(BEGINS) + NAMED]
        return cls.objects.create(begins=begins, digest=digest_of(text), expires_at=expires, **fields), text

    def may(self, scope: Scope) -> bool:
        return scope in self.scopes

    @property
    def alive(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())
