from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from generations.pipeline.money import MILLION, SIGNS, format_money
from generations.web.rail import rail as drawn_rail

register = template.Library()
register.filter("money", format_money)

# the first that fits: Edge and Opera also say Chrome, Chrome also says Safari
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")]


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """A drawing from the sprite; the words beside it name it, so it stays silent for screen readers."""
    return drawn(name, more)


@cache
def drawn(name: str, more: str) -> SafeString:
    """A page has dozens, of a few dozen kinds."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', more, static("icons.svg"), name)


@register.simple_tag(takes_context=True)
def rail(context: Any) -> SafeString:
    return drawn_rail(context.flatten())


@register.filter
def figure(count: int) -> str:
    """With its thousands apart, the same in every language, as amounts of money are."""
    return f"{count:,}"


@register.filter
def rounded(micro: int | None, places: int = 2) -> str:
    """In a column, where the points stand below one another; exactly where it would look like nothing."""
    if micro is None or 0 < micro < MILLION // 10**places // 2:
        return format_money(micro)
    sign = SIGNS.get(settings.CURRENCY, f"{settings.CURRENCY}\N{NO-BREAK SPACE}")
    return f"{sign}{Decimal(micro).scaleb(-6):,.{places}f}"


@register.filter
def percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1f}\N{NO-BREAK SPACE}%"


@register.filter
def browser(agent: str) -> str:
    """What a person would call it: “Firefox, Windows”."""
    known = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or agent[:40]
