from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do; each role may also do what the ones before it may."""

    VIEWER = "viewer", _("Viewer")
    DESIGNER = "designer", _("Designer")
    REVIEWER = "reviewer", _("Reviewer")
    ADMIN = "admin", _("Team administrator")

    def covers(self, needed: "Role") -> bool:
        ladder = list(Role)
        return ladder.index(self) >= ladder.index(needed)


class Reviewing(models.TextChoices):
    OFF = "off", _("Nothing is reviewed")
    ASKED = "asked", _("What somebody asks for")
    EVERY = "every", _("Every image")


class Team(models.Model):
    """People who share a history, and the rules they work by."""

    name = models.CharField(_("team name"), max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # nothing new is made; what there is can be looked at

    private = models.BooleanField(default=False)  # what is made is at first its author's
    review = models.CharField(max_length=5, choices=Reviewing.choices, default=Reviewing.ASKED)
    sealed = models.BooleanField(default=False)  # originals are given out when they are approved, not before
    prompt_travels = models.BooleanField(default=True)  # in the files that people take away
    watermark = models.BooleanField(default=False)  # what a new request begins with
    engines = models.JSONField(default=list, blank=True)  # names of those that may be used; none named: all
    ask_above = models.PositiveBigIntegerField(null=True, blank=True)  # what may cost more waits for a team administrator

    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="teams")

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(review__in=Reviewing.values), name="team_review_known")]

    def __str__(self) -> str:
        return self.name

    def uses(self, engine: str) -> bool:
        return not self.engines or engine in self.engines

    @staticmethod
    def free_slug(name: str) -> str:
        """An address for a new team; a name without Latin letters becomes `team`, `team-2`, …"""
        wanted = slugify(name)[:50] or "team"
        taken = set(Team.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
        return next(slug for slug in numbered if slug not in taken)


class Membership(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.DESIGNER)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_team"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.team}"

    def may(self, needed: Role) -> bool:
        return Role(self.role).covers(needed)
