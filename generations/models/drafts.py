from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from generations.models.teams import Team


class Draft(models.Model):
    """What stands in a person's composer, so that a closed tab costs nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="drafts")
    form = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team"], name="one_draft_per_composer")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class PromptTemplate(models.Model):
    """Words to begin with. `{name}` in them is filled in before sending."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="prompt_templates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="prompt_templates")
    name = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("text"))
    shared = models.BooleanField(default=False)  # with the team
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user", "name"], name="one_template_per_name")]

    def __str__(self) -> str:
        return self.name
