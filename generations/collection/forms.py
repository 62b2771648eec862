from django import forms
from django.utils.translation import gettext_lazy as _

from generations.models import Collection


class CollectionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Collection
        fields = ["name", "private"]
        labels = {"private": _("Only I see it")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}
