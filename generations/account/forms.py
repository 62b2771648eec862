from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from generations import tokens
from generations.models import Event, Membership, Role, Scope, Token, User

SITE = (Event.PAUSED,)  # for site administrators
LASTS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until it is revoked"))]
MOST = 50  # tokens of one person in a team that work
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


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("Of the program, or of the computer that it runs on."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(label=_("It may"), error_messages={"required": _("Choose at least one.")})
    days = forms.ChoiceField(label=_("It works for"), choices=LASTS, required=False, initial="90")
    per_minute = forms.IntegerField(
        label=_("Calls per minute, at most"), min_value=1, max_value=tokens.FASTEST, initial=tokens.USUAL, widget=forms.NumberInput
    )
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, member: Membership, **options: Any) -> None:
        super().__init__(*args, **options)
        self.member, self.reach = member, tokens.reach(member)
        self.fields["scopes"].choices = [(scope.value, scope.label) for scope in self.reach]  # type: ignore[attr-defined]
        self.fields["scopes"].initial = [scope for scope in self.reach if scope != Scope.REVIEW]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        chosen = self["scopes"].value() or []
        return [(scope.value, str(scope.label), scope.value in chosen) for scope in self.reach]

    def clean(self) -> dict[str, Any]:
        working = Token.objects.alive().filter(user=self.member.user_id, team=self.member.team_id)
        if working.count() >= MOST:
            raise forms.ValidationError(
                _("You have %(most)s tokens in this team. Revoke one that is not needed any more.") % {"most": MOST}
            )
        return self.cleaned_data

    def plan(self) -> tokens.Plan:
        wanted = self.cleaned_data
        lasts = timedelta(days=int(wanted["days"])) if wanted["days"] else None
        scopes = [Scope(scope) for scope in wanted["scopes"]]
        return tokens.Plan(wanted["name"], scopes, lasts, wanted["per_minute"], wanted["uid"])
