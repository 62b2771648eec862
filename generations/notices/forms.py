from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generations.models import Event, Team, Webhook
from generations.providers.failure import Forbidden
from generations.telling import calls

MOST = 10  # webhooks of a team
SILENT = (Event.PAUSED, Event.OFF)  # these are no team's business, or could not be told
OTHERWISE = {  # what people are told of themselves, programs are told of everybody
    Event.MENTIONED: gettext_lazy("Somebody is mentioned"),
    Event.COMMENTED: gettext_lazy("Somebody comments on an image"),
    Event.ALLOWED: gettext_lazy("The price of a request was decided on"),
}
EVENTS: list[tuple[str, Any]] = [(event.value, OTHERWISE.get(event, event.label)) for event in Event if event not in SILENT]


class WebhookForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("An address of your program that takes POST, such as https://hooks.example.com/seedbed."),
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off", "spellcheck": "false"}),
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Tell it"), choices=EVENTS, error_messages={"required": gettext_lazy("Choose at least one event.")}
    )

    def __init__(self, *args: Any, team: Team, hook: Webhook | None = None, **options: Any) -> None:
        usual = {"url": hook.url, "events": hook.events} if hook else {"events": [Event.DONE, Event.FAILED, Event.UNKNOWN]}
        options["initial"] = usual
        super().__init__(*args, **options)
        self.team, self.hook = team, hook

    @property
    def choices(self) -> list[tuple[str, Any, bool]]:
        chosen = self["events"].value() or []
        return [(value, label, value in chosen) for value, label in EVENTS]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            calls.fit(url)
        except Forbidden as problem:
            raise forms.ValidationError(_(problem.message).format(**problem.values)) from None
        return url

    def clean(self) -> dict[str, Any]:
        count = Webhook.objects.filter(team=self.team).count()
        if self.hook is None and count >= MOST:
            text = _("A team has at most %(most)s webhooks, and this one has %(count)s. Delete one first.")
            raise forms.ValidationError(text % {"most": MOST, "count": count})
        return self.cleaned_data
