"""Amounts of money as people type them, in millionths for us. Empty is none at all."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from generations.pipeline.money import MILLION, SIGNS, format_money

MOST = 1_000_000 * MILLION
LONGEST = 20
# 1,000 may mean a thousand or one: whoever writes it is asked
FIGURE = re.compile(r"\d{1,12}(\.\d{0,6})?|\.\d{1,6}|\d{1,12},\d{1,2}|0,\d{1,6}", re.ASCII)


class AmountField(forms.CharField):
    """Its value is a whole number of millionths, or None."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "class": "field amount"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        return read(str(value or ""))


def read(text: str) -> int | None:
    plain = "".join(text.split())
    for sign in SIGNS.values():
        plain = plain.removeprefix(sign)
    if not plain:
        return None
    if not FIGURE.fullmatch(plain):
        sentence = _("“%(typed)s” is no amount of money. Write a figure such as 0.50, with at most six decimals.")
        raise ValidationError(sentence % {"typed": text.strip()[:LONGEST]})
    amount = int(Decimal(plain.replace(",", ".")) * MILLION)
    if amount > MOST:
        raise ValidationError(_("%(typed)s is too much: at most %(most)s.") % {"typed": format_money(amount), "most": format_money(MOST)})
    return amount


def typed(micro: int | None) -> str:
    """As it stands in a field: 0.50, 12.00, 0.035."""
    if micro is None:
        return ""
    whole, _point, part = f"{Decimal(micro) / MILLION:.6f}".partition(".")
    return f"{whole}.{part.rstrip('0'):0<2}"
