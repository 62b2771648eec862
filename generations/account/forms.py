from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from generations.models import Event, Membership, Role, User

SITE = (Event.PAUSED,)  # for site administrators
NEEDED = {Event.ASKED: Role.REVIEWER, Event.SPENDING: Role.ADMIN, Event.OFF: Role.ADMIN}  # whoever decides is told


class PersonForm(forms.Form):
    """Who somebody is and the password they choose: for the set-up page and for invitations."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A few words in a row are good."),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": 12}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("%(email)s has an account here already. Sign in with it.") % {"email": email})
        return email

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if "password" in found:
            person = User(name=found.get("name", ""), email=found.get("email", ""))
            try:
                password_validation.validate_password(found["password"], person)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return found


class SetUpForm(PersonForm):
    team = forms.CharField(label=_("Team name"), max_length=60, help_text=_("Who shares one history. You can add more teams later."))
    field_order = ["team", "name", "email", "password"]


class JoinForm(PersonForm):
    """The address is the one that was invited; it stands on the page and cannot be changed."""

    def __init__(self, *args: Any, invited: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].disabled = True
        self.fields["email"].initial = invited


class MailsForm(forms.Form):
    """Which messages also come by e-mail: of those that can reach this person at all. The others stay as they were."""

    mails = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, person: User, memberships: Iterable[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.person, roles = person, list(memberships)
        self.offered = [event for event in Event if reaches(event, person, roles)]
        self.fields["mails"].choices = [(event.value, event.label) for event in self.offered]  # type: ignore[attr-defined]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(event.value, str(event.label), event in self.person.mails) for event in self.offered]

    def save(self) -> None:
        kept = [event for event in self.person.mails if event not in self.offered]
        self.person.mails = [*kept, *self.cleaned_data["mails"]]
        self.person.save(update_fields=["mails"])


def reaches(event: Event, person: User, memberships: list[Membership]) -> bool:
    if event in SITE:
        return person.is_superuser
    return event not in NEEDED or any(one.may(NEEDED[event]) for one in memberships)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
