"""What pydantic says of a value that does not fit, as a sentence with its figures."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

SENTENCES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("This is needed."),
    "string_type": lambda: _("This must be text."),
    "string_unicode": lambda: _("This text holds half a character."),
    "string_too_short": lambda: _("At least %(min_length)s characters are needed."),
    "string_too_long": lambda: _("At most %(max_length)s characters are taken."),
    "int_type": lambda: _("This must be a whole number."),
    "int_parsing": lambda: _("This must be a whole number."),
    "int_from_float": lambda: _("This must be a whole number."),
    "int_parsing_size": lambda: _("This number is too large."),
    "float_type": lambda: _("This must be a number."),
    "float_parsing": lambda: _("This must be a number."),
    "finite_number": lambda: _("This must be a number with an end."),
    "bool_type": lambda: _("This must be true or false."),
    "bool_parsing": lambda: _("This must be true or false."),
    "list_type": lambda: _("This must be a list."),
    "too_long": lambda: _("At most %(max_length)s are taken."),
    "too_short": lambda: _("At least %(min_length)s are needed."),
    "model_type": lambda: _("This must be an object with named fields."),
    "model_attributes_type": lambda: _("This must be an object with named fields."),
    "dict_type": lambda: _("This must be an object with named fields."),
    "greater_than_equal": lambda: _("This must be at least %(ge)s."),
    "greater_than": lambda: _("This must be more than %(gt)s."),
    "less_than_equal": lambda: _("This must be at most %(le)s."),
    "less_than": lambda: _("This must be less than %(lt)s."),
    "enum": lambda: _("This must be one of: %(expected)s."),
    "literal_error": lambda: _("This must be one of: %(expected)s."),
    "uuid_parsing": lambda: _("This is no id of ours."),
    "uuid_type": lambda: _("This is no id of ours."),
    "datetime_parsing": lambda: _("This must be a time such as 2026-11-20T18:03:07Z."),
    "datetime_from_date_parsing": lambda: _("This must be a time such as 2026-11-20T18:03:07Z."),
    "date_parsing": lambda: _("This must be a day such as 2026-11-20."),
    "date_from_datetime_parsing": lambda: _("This must be a day such as 2026-11-20."),
    "string_pattern_mismatch": lambda: _("This does not look as it must."),
}


def sentence(kind: str, figures: Mapping[str, Any], otherwise: str) -> str:
    found = SENTENCES.get(kind)
    return found() % figures if found else otherwise
