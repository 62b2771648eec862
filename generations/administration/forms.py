from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from generations.connecting import Unusable, read_address, read_key
from generations.models import Dialect, ProviderAccount

MOST = 1000


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
        self.fields["key"].required = account is None
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
