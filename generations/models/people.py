from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


def usual_mails() -> list[str]:
    """What nobody should miss who was not looking: money in doubt, money to decide about, a call by name, and what stands still."""
    return ["generation.unknown", "spending.asked", "budget.reached", "comment.mention", "account.paused", "webhook.off"]


class People(BaseUserManager["User"]):
    """What Django's own commands expect, by e-mail instead of a user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields, is_staff=True, is_superuser=True)

    def administrators(self) -> "models.QuerySet[User]":
        return self.filter(is_superuser=True, is_active=True)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person. `is_superuser` makes a site administrator: keys, users, teams."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail"), unique=True)
    # what the person chose last, so that a new browser looks the same
    theme = models.CharField(max_length=8, default="system", choices=[("system", "system"), ("light", "light"), ("dark", "dark")])
    language = models.CharField(max_length=12, blank=True)
    signed_out = models.PositiveIntegerField(default=0)  # how often all their sessions were ended at once
    mails = models.JSONField(default=usual_mails, blank=True)  # events that also come by e-mail
    team = models.ForeignKey("Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[People] = People()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Every session carries it: when it changes, all of them are over, also those that nobody has listed."""
        found: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return salted_hmac("signed-out", f"{found}{self.signed_out}", secret).hexdigest() if self.signed_out else found

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def initials(self) -> str:
        """Two letters for the round mark; a Chinese name shows its family name."""
        name = str(self).split("@")[0].strip()
        if "\u3400" <= name[:1] <= "\u9fff":
            return name[0]
        words = name.replace(".", " ").split()
        return "".join(word[0] for word in [words[0], *words[1:][-1:]]).upper() if words else "?"
