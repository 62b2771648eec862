from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def icon(name: str, more: str = "") -> SafeString:
    """A drawing from the sprite; the words beside it name it, so it stays silent for screen readers."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', more, static("icons.svg"), name)
