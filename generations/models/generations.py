import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations import bells
from generations.catalogue.request import GenerationRequest
from generations.models.accounts import ProviderAccount
from generations.models.people import User
from generations.models.teams import Team


class Status(models.TextChoices):
    ASKING = "asking", _("Waits for approval")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    WAITING = "waiting", _("Waiting")
    COLLECTING = "collecting", _("Collecting")
    DONE = "done", _("Done")
    PARTIAL = "partial", _("Partial")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Unknown")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


# From where to where. Everything else is a fault of ours, and changes nothing.
WAYS: dict[Status, tuple[Status, ...]] = {
    Status.ASKING: (Status.QUEUED, Status.CANCELLED),  # its price is for somebody else to decide
    # elsewhere, where nothing may be sent here; or back to where an earlier call is still in doubt
    Status.QUEUED: (Status.QUEUED, Status.SENDING, Status.REFUSED, Status.CANCELLED, Status.UNKNOWN),
    Status.SENDING: (Status.QUEUED, Status.WAITING, Status.COLLECTING, Status.REFUSED, Status.FAILED, Status.UNKNOWN, Status.CANCELLED),
    Status.WAITING: (Status.COLLECTING, Status.FAILED, Status.UNKNOWN, Status.EXPIRED),
    Status.COLLECTING: (Status.DONE, Status.PARTIAL, Status.FAILED, Status.EXPIRED),
    # somebody decided, asked again, or what had been saved was found
    Status.UNKNOWN: (Status.UNKNOWN, Status.QUEUED, Status.SENDING, Status.WAITING, Status.COLLECTING, Status.REFUSED, Status.FAILED),
}
RUNNING = (Status.QUEUED, Status.SENDING, Status.WAITING, Status.COLLECTING)
UNSENT = (Status.ASKING, Status.QUEUED)  # what costs nothing to cancel
AT_PROVIDER = (Status.SENDING, Status.WAITING)
STUCK = timedelta(minutes=30)  # no task is worked on as long as that; it is asked about all the same


class GenerationSet(models.QuerySet["Generation"]):
    def seen_by(self, user: User, team: Team, *, administrates: bool = False) -> Self:
        """The team's, and of the private ones only one's own; team administrators see all."""
        found = self.filter(team=team)
        return found if administrates else found.filter(Q(private=False) | Q(user=user))

    def running(self) -> Self:
        return self.filter(status__in=RUNNING)

    def at_provider(self, now: datetime) -> Self:
        """What counts against an account's limit."""
        return self.filter(status__in=AT_PROVIDER, due_at__isnull=False).moving(now)

    def moving(self, now: datetime) -> Self:
        """Without tasks that are stuck at their provider: a few of them would shut its account for days."""
        return self.exclude(status=Status.WAITING, sent_at__lt=now - STUCK)


class Generation(models.Model):
    """A request on its way. This row is the truth about it; queue messages only say “look”."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # its public address
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="generations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="generations")
    private = models.BooleanField(default=False)
    request_key = models.UUIDField()  # one for each form that was shown: sent twice, it is one request
    digest = models.CharField(max_length=64)  # of what was sent with that key
    batch = models.UUIDField(null=True, blank=True)  # requests that were sent with one click
    collection = models.ForeignKey("Collection", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # for its images
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reruns")

    token = models.ForeignKey("Token", null=True, blank=True, on_delete=models.SET_NULL, related_name="generations")  # a program asked
    answered_at = models.DateTimeField(null=True, blank=True)  # when that program was told the end; another try of its is meant for others
    spares = models.JSONField(default=list, blank=True)  # where else it may go until somebody takes it on

    request = models.JSONField()
    engine = models.CharField(max_length=80)
    prompt = models.TextField()
    images_asked = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)  # promised; none where the engine chooses
    height = models.PositiveIntegerField(null=True, blank=True)
    account = models.ForeignKey(ProviderAccount, on_delete=models.PROTECT, related_name="generations")

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    fence = models.PositiveIntegerField(default=0)  # grows with every claim: who holds an older one may not write
    driver = models.UUIDField(null=True, blank=True)  # who is at work on it
    due_at = models.DateTimeField(null=True, blank=True)  # when somebody has to look again
    tries = models.PositiveSmallIntegerField(default=0)  # how often in a row it could not be sent
    trouble = models.JSONField(null=True, blank=True)  # why it waits or how it ended: next, sent, sentence, said, code
    stopped_at = models.DateTimeField(null=True, blank=True)  # its author stopped waiting; what comes is kept

    price = models.PositiveBigIntegerField(null=True, blank=True)  # for an image, in millionths; none: nobody has said
    held = models.PositiveBigIntegerField(default=0)
    charged = models.PositiveBigIntegerField(default=0)

    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)  # of what its card shows

    objects = GenerationSet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "request_key"], name="one_generation_per_request_key"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="generation_status_known"),
            # what runs is due at some time, or nobody would ever look at it again
            models.CheckConstraint(condition=~Q(status__in=RUNNING) | Q(due_at__isnull=False), name="running_generation_is_due"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="generation_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["account", "status"], name="generation_account", condition=Q(due_at__isnull=False)),
            models.Index(fields=["team", "-id"], name="generation_team"),
            models.Index(fields=["user", "team", "-id"], name="generation_user"),
            models.Index(fields=["team", "engine", "-id"], name="generation_engine"),
            models.Index(fields=["status", "-id"], name="generation_status"),
            models.Index(fields=["team", "status", "-id"], name="generation_standing"),
            models.Index(fields=["changed_at"], name="generation_changed"),
            models.Index(fields=["team", "created_at"], name="generation_day"),  # what is summed up
            models.Index(fields=["token", "digest", "-id"], name="generation_token", condition=Q(token__isnull=False)),
            models.Index(fields=["batch"], name="generation_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.engine}: {self.prompt[:40]}"

    def asked(self) -> GenerationRequest:
        return GenerationRequest.read(self.request)

    @property
    def running(self) -> bool:
        return self.status in RUNNING

    def move(self, to: Status, due: datetime | None = None, /, **changes: Any) -> bool:
        """The only way a status changes: one conditional UPDATE, by whoever holds the newest fence. False: somebody else was first."""
        if to not in WAYS.get(Status(self.status), ()):
            return False
        if to not in RUNNING:
            changes |= {"driver": None, "finished_at": timezone.now()}
        moved = self.show(**changes, status=to, due_at=due)
        if moved and to not in RUNNING:
            bells.ring(bells.END, self.pk)
        return moved

    def show(self, /, **changes: Any) -> bool:
        """Something about it that its card shows."""
        return self.alter(changes, {"version": F("version") + 1, "changed_at": timezone.now()})

    def write(self, /, **changes: Any) -> bool:
        """Something that nobody sees."""
        return self.alter(changes, {})

    def alter(self, changes: dict[str, Any], marks: dict[str, Any]) -> bool:
        mine = Generation.objects.filter(pk=self.pk, status=self.status, fence=self.fence)
        if not mine.update(**changes, **marks):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True
