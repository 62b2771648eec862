from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from generations.models import Invitation, Membership, Role, Team, User

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

    def write(self, by: User) -> tuple[Invitation, str]:
        return Invitation.write(self.team, self.cleaned_data["email"], Role(self.cleaned_data["role"]), by, LASTS)
