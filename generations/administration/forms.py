from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from generations.connecting import Unusable, read_address, read_key
from generations.models import Dialect, ProviderAccount, Role, Team, User
from generations.web.amounts import AmountField
from generations.web.confirm import LOST

MOST = 1000


class LimitsForm(forms.Form):
    """All that can be changed about an account of the sandbox."""

    in_flight = forms.IntegerField(label=_("Calls at once"), min_value=1, max_value=MOST, initial=4)
    per_minute = forms.IntegerField(label=_("Calls a minute"), min_value=1, max_value=MOST, initial=60)

    def __init__(self, *args: Any, account: ProviderAccount, **options: Any) -> None:
        self.account = account
        options["initial"] = {name: getattr(account, name) for name in self.base_fields}
        super().__init__(*args, **options)

    def keep(self) -> ProviderAccount:
        self.account.in_flight, self.account.per_minute = self.cleaned_data["in_flight"], self.cleaned_data["per_minute"]
        self.account.save(update_fields=["in_flight", "per_minute"])
        return self.account


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As it stands beside the engine, such as “APIMart, main account”."))
    dialect = forms.ChoiceField(label=_("Dialect"), choices=Dialect.choices)
    address = forms.CharField(
        label=_("Address"), max_length=200, widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    )
    key = forms.CharField(
        label=_("Key"), max_length=5000, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False)
    )
    private = forms.BooleanField(label=_("On this machine or in our own network"), required=False)
    in_flight = forms.IntegerField(label=_("Calls at once"), min_value=1, max_value=MOST, initial=4)
    per_minute = forms.IntegerField(label=_("Calls a minute"), min_value=1, max_value=MOST, initial=60)

    def __init__(self, *args: Any, account: ProviderAccount | None = None, **options: Any) -> None:
        self.account = account
        if account:
            options["initial"] = {name: getattr(account, name) for name in self.base_fields if name != "key"}
        super().__init__(*args, **options)
        kept = account.key_end if account else ""
        self.fields["key"].required = account is None and LOST not in self.data
        self.fields["key"].help_text = self.key_note(account is not None, kept)

    @staticmethod
    def key_note(kept: bool, end: str) -> str:
        if not kept:
            return str(_("Kept encrypted, and never shown again."))
        shown = f"…{end}" if end else "…"
        return str(_("The one that ends in %(end)s is kept. Fill in only to replace it.")) % {"end": shown}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        found = ProviderAccount.objects.filter(name=name).first()
        if found and found != self.account:
            raise forms.ValidationError(_("There is an account with this name already."))
        return name

    def clean_key(self) -> str:
        typed: str = self.cleaned_data["key"]
        if LOST in self.data:
            raise forms.ValidationError(_("Type the key once more: it was not kept while you confirmed who you are."))
        try:
            return read_key(typed) if typed or self.account is None else ""
        except Unusable as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "address" in given:
            try:
                given["address"] = read_address(given["address"], given.get("private", False))
            except Unusable as problem:
                self.add_error("address", str(problem))
        return given

    def keep(self) -> ProviderAccount:
        account = self.account or ProviderAccount()
        for name in ("name", "dialect", "address", "private", "in_flight", "per_minute"):
            setattr(account, name, self.cleaned_data[name])
        if self.cleaned_data["key"]:
            account.keep_key(self.cleaned_data["key"])
        account.save()
        return account


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Team name"), max_length=60)


class BudgetForm(forms.Form):
    """For a month."""

    soft = AmountField(label=_("Warn above"))
    hard = AmountField(label=_("Stop at"), help_text=_("For a calendar month. Empty: no limit."))

    def clean(self) -> dict[str, Any]:
        soft, hard = (self.cleaned_data.get(name) for name in ("soft", "hard"))
        if soft is not None and hard is not None and soft > hard:
            self.add_error("soft", _("The warning is above the limit, so it would never come."))
        return self.cleaned_data


class MemberForm(forms.Form):
    """Somebody who has an account here already."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DESIGNER)

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:
        super().__init__(*args, **options)
        self.team = team

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        found = User.objects.filter(email=email).first()
        if found is None:
            raise forms.ValidationError(_("%(email)s has no account here. Invite them under People.") % {"email": email})
        if found.memberships.filter(team=self.team).exists():
            raise forms.ValidationError(_("%(email)s is in %(team)s already.") % {"email": email, "team": self.team})
        self.person = found
        return email


class NewPersonForm(forms.Form):
    """Gets a link that works once."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.filter(closed_at=None), empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DESIGNER)

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].strip().lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("%(email)s has an account here already. Add them to a team on their page.") % {"email": email})
        return email


class JoinForm(forms.Form):
    """A team the person is not in."""

    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.DESIGNER)

    def __init__(self, *args: Any, person: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].queryset = Team.objects.exclude(memberships__user=person)  # type: ignore[attr-defined]
