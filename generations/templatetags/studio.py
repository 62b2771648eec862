from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from generations.pipeline.money import format_money

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


@register.filter
def browser(agent: str) -> str:
    """What a person would call it: “Firefox, Windows”."""
    known = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or agent[:40]
