from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from generations import vault

LAST = 2**15  # behind all places that were given
SHOWN = 4  # letters of a key that may be shown, and only of a long one


def sandbox_port() -> int:
    """Found anew at each start, and told to the studio's own processes by the environment, to others by a file."""
    told = settings.DATA / "sandbox.port"
    if settings.SANDBOX_PORT or not told.exists():
        return settings.SANDBOX_PORT or 1  # nobody listens at 1: it answers as a provider that is away
    return int(told.read_text(encoding="utf-8"))


class Dialect(models.TextChoices):
    """Wire formats an account can speak; proper names, so they are not translated."""

    TENSORSLAB = "tensorslab", "TensorsLab"
    APIMART = "apimart", "APIMart"
    ANYFAST = "anyfast", "Anyfast"
    GATEWAY = "gateway", "Gateway"
    ARK = "ark", "Ark"


class ProviderAccount(models.Model):
    """An address, a key and limits at somebody who speaks a dialect. Sandbox accounts have neither: their provider runs beside us."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    dialect = models.CharField(_("dialect"), max_length=12, choices=Dialect.choices)
    address = models.URLField(_("address"), blank=True)
    sealed_key = models.TextField(blank=True, editable=False)
    key_end = models.CharField(max_length=SHOWN, blank=True, editable=False)
    bearer = models.BooleanField(default=True)  # off: the key is sent as it is, without the word Bearer
    private = models.BooleanField(default=False)  # its host may be in our own network, and may be reached without TLS
    in_flight = models.PositiveSmallIntegerField(_("at once"), default=4)
    per_minute = models.PositiveSmallIntegerField(_("per minute"), default=60)
    place = models.PositiveSmallIntegerField(default=0)  # in the administrator's order; 0: it was never put anywhere
    sandbox = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(sandbox=True) | ~models.Q(address=""), name="account_has_an_address"),
            models.CheckConstraint(condition=models.Q(in_flight__gte=1, per_minute__gte=1), name="account_limits_let_something_through"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def turn(self) -> tuple[bool, int, int]:
        """When it is asked, of several that serve the same: real ones first, in the administrator's order, and new ones behind those."""
        return self.sandbox, self.place or LAST, self.pk

    @staticmethod
    def sandbox_wanted() -> bool:
        return ProviderAccount.objects.filter(sandbox=True, enabled=True).exists()

    @property
    def base(self) -> str:
        """Where its calls go."""
        return f"http://127.0.0.1:{sandbox_port()}/{self.dialect}" if self.sandbox else self.address

    def keep_key(self, key: str) -> None:
        self.sealed_key = vault.seal(key)
        self.key_end = key[-SHOWN:] if len(key) >= 4 * SHOWN else ""

    def read_key(self) -> str:
        return vault.open(self.sealed_key) if self.sealed_key else "sandbox"


class EngineChoice(models.Model):
    """What the administrator decided about an engine at an account; without a row the catalogue's word counts."""

    account = models.ForeignKey(ProviderAccount, on_delete=models.CASCADE, related_name="choices")
    engine = models.CharField(max_length=80)
    enabled = models.BooleanField(default=True)
    wire_id = models.CharField(max_length=120, blank=True)  # providers rename and retire their models between our releases
    price = models.PositiveBigIntegerField(null=True, blank=True)  # for an image, in millionths of the studio's currency
    priced_at = models.DateTimeField(null=True, blank=True)
    successor = models.CharField(max_length=80, blank=True)  # the engine that is offered where this one was used and is gone

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "engine"], name="one_choice_per_engine")]

    def __str__(self) -> str:
        return f"{self.account}: {self.engine}"

    @property
    def field(self) -> str:
        """How its fields in a form begin."""
        return self.engine.partition("/")[2]
