from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from generations.models import Invitation, Membership, Reviewing, Role, Team, User
from generations.offers import offers
from generations.pipeline.approval import LONGEST
from generations.web.amounts import AmountField

LASTS = timedelta(days=7)


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DESIGNER)

    def __init__(self, *args: object, team: Team, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.team = team

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if Membership.objects.filter(team=self.team, user__email=email).exists():
            raise forms.ValidationError(_("%(email)s is in %(team)s already.") % {"email": email, "team": self.team})
        return email

    def clean(self) -> dict[str, Any]:
        if self.team.closed_at:
            raise forms.ValidationError(_("%(team)s is closed: nobody joins it now.") % {"team": self.team})
        return self.cleaned_data

    def write(self, by: User) -> tuple[Invitation, str]:
        return Invitation.write(self.team, self.cleaned_data["email"], Role(self.cleaned_data["role"]), by, LASTS)


class PolicyForm(forms.Form):
    private = forms.ChoiceField(
        label=_("Who sees what is made"),
        choices=[("", _("The whole team")), ("on", _("Its author and team administrators"))],
        required=False,
        help_text=_("What requests begin with. Their author may choose otherwise."),
    )
    watermark = forms.BooleanField(
        label=_("Watermark of the provider"), required=False, help_text=_("If ticked, requests begin with it switched on.")
    )
    review = forms.ChoiceField(label=_("What is reviewed"), choices=Reviewing.choices)
    sealed = forms.BooleanField(
        label=_("Originals are closed until they are approved"),
        required=False,
        help_text=_("Others than reviewers and team administrators see previews until then. This also goes for images made before."),
    )
    prompt_travels = forms.BooleanField(
        label=_("Copies carry the prompt in their metadata"), required=False, help_text=_("Originals stay as the provider sent them.")
    )
    ask_above = AmountField(
        label=_("Spend above this needs approval"),
        help_text=_("What one click may cost at most, such as 0.50. Empty: nothing is asked. Team administrators are not asked."),
    )
    engines = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, team: Team, wanted: dict[str, Any] | None = None, **options: Any) -> None:
        known = wanted or {name: getattr(team, name) for name in self.base_fields}
        options["initial"] = {**known, "private": "on" if known["private"] else ""}
        super().__init__(*args, **options)
        self.engine_rows = engines_for(team)
        self.fields["engines"].choices = [(id, name) for id, name, _by in self.engine_rows]  # type: ignore[attr-defined]

    def clean_private(self) -> bool:
        return bool(self.cleaned_data["private"])

    def clean_engines(self) -> list[str]:
        return sorted(self.cleaned_data["engines"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("sealed") and given.get("review") == Reviewing.OFF:
            self.add_error("sealed", _("Where nothing is reviewed, nothing is ever opened. Choose what is reviewed, or leave them open."))
        return given


def engines_for(team: Team) -> list[tuple[str, str, str]]:
    """What is offered now, and what the team has chosen before: an engine that is switched off for a day stays chosen."""
    found: dict[str, tuple[str, list[str]]] = {}
    for offer in offers():
        found.setdefault(offer.engine.id, (offer.engine.name, []))[1].append(offer.account.name)
    for id in team.engines:
        found.setdefault(id, (id, []))
    return [(id, name, ", ".join(accounts)) for id, (name, accounts) in found.items()]


class BudgetForm(forms.Form):
    soft = AmountField(label=_("Warn above"))
    hard = AmountField(label=_("Stop at"))

    def clean(self) -> dict[str, Any]:
        soft, hard = (self.cleaned_data.get(name) for name in ("soft", "hard"))
        if soft is not None and hard is not None and soft > hard:
            self.add_error("soft", _("The warning is above the limit, so it would never come."))
        return self.cleaned_data


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST,
        error_messages={"required": _("Say why: its author reads it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_reason(self) -> str:
        return " ".join(self.cleaned_data["reason"].split())
