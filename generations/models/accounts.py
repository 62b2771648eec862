from django.db import models
from django.utils.translation import gettext_lazy as _


class Dialect(models.TextChoices):
    """Wire formats an account can speak; proper names, so they are not translated."""

    TENSORSLAB = "tensorslab", "TensorsLab"
    APIMART = "apimart", "APIMart"
    ANYFAST = "anyfast", "Anyfast"
    GATEWAY = "gateway", "Gateway"
    ARK = "ark", "Ark"


class ProviderAccount(models.Model):
    """An address at somebody who speaks a dialect. Sandbox accounts have none: their provider runs beside the studio."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    dialect = models.CharField(max_length=12, choices=Dialect.choices)
    address = models.URLField(blank=True)
    sandbox = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sandbox=True) | ~models.Q(address=""), name="account_has_an_address"),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def sandbox_wanted() -> bool:
        return ProviderAccount.objects.filter(sandbox=True, enabled=True).exists()
