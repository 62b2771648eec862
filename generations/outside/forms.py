from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.models import Share
from generations.outside.entrance import LONGEST

DAYS, MOST_DAYS = 14, 365
SHORTEST = 8


class LinkForm(forms.ModelForm):  # type: ignore[type-arg]
    until = forms.DateField(
        label=gettext_lazy("Works until"),
        input_formats=["%Y-%m-%d"],
        help_text=gettext_lazy("The end of this day, at most a year from now."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    secret = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=gettext_lazy("If you want one: at least 8 characters. Tell it another way than the link."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = Share
        fields = ["title", "commenting", "prompt", "originals", "private"]
        labels = {
            "title": gettext_lazy("Title"),
            "commenting": gettext_lazy("Visitors may comment"),
            "prompt": gettext_lazy("Show the prompts"),
            "originals": gettext_lazy("Originals can be downloaded"),
            "private": gettext_lazy("Show my private images too"),
        }
        help_texts = {"title": gettext_lazy("Visitors see it.")}
        widgets = {"title": forms.TextInput(attrs={"autocomplete": "off"})}

    field_order = ["title", "until", "secret", "commenting", "prompt", "originals", "private"]

    def __init__(self, *args: Any, own: int, **options: Any) -> None:
        """`own`: how many of the images are private to whoever makes the link."""
        super().__init__(*args, **options)
        today = timezone.localdate()
        until = self.fields["until"]
        until.initial = today + timedelta(days=DAYS)
        until.widget.attrs |= {"min": today.isoformat(), "max": (today + timedelta(days=MOST_DAYS)).isoformat()}
        if not own:
            del self.fields["private"]

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        last = timezone.localdate() + timedelta(days=MOST_DAYS)
        if until < timezone.localdate():
            raise forms.ValidationError(_("This day is over."))
        if until > last:
            raise forms.ValidationError(_("A link works for at most a year: until %(day)s.") % {"day": date_format(last)})
        return until

    def fill(self, share: Share) -> Share:
        share.expires_at = end_of(self.cleaned_data["until"])
        if secret := self.cleaned_data["secret"]:
            share.password = make_password(secret)
        return share


class GuestForm(forms.Form):
    guest = forms.CharField(label=gettext_lazy("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Everybody with this link sees it, and the team."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_guest(self) -> str:
        return " ".join(self.cleaned_data["guest"].split())

    def clean_text(self) -> str:
        """Browsers send two signs for the end of a line."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
