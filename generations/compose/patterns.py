"""The words of a template: `{name}` in them is asked for. And a few to begin with, for a team that has none yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


@dataclass(frozen=True)
class Starter:
    """Stands beside the templates that people wrote, with a word for its number."""

    pk: str
    name: str | Promise
    text: str | Promise
    shared: bool = True


# The words in braces are translated too, so they are no format of Python's.
STARTERS = [
    Starter(
        "packshot",
        _("Packshot"),
        # xgettext:no-python-brace-format
        _("{product} on a plain plinth, soft north light, one long shadow, packshot, grey background"),
    ),
    Starter(
        "poster",
        _("Poster"),
        # xgettext:no-python-brace-format
        _("Poster for {occasion}, flat gouache shapes, three colours, wide empty margin at the top, no text"),
    ),
    Starter(
        "social",
        _("Social set"),
        # xgettext:no-python-brace-format
        _("{subject} from above on {surface}, morning light, room for a caption on the left"),
    ),
    Starter(
        "pattern",
        _("Pattern"),
        # xgettext:no-python-brace-format
        _("Seamless pattern of {motif}, cut paper, six inks, even spacing, no borders"),
    ),
    Starter(
        "portrait",
        _("Portrait"),
        # xgettext:no-python-brace-format
        _("Portrait of {person}, window light from the left, muted background, calm expression"),
    ),
    Starter(
        "room",
        _("Room"),
        # xgettext:no-python-brace-format
        _("{room} in the style of {style}, eye level, late afternoon sun, nobody in it, architectural photograph"),
    ),
]


def places(text: str) -> list[str]:
    """What has to be filled in, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """What was left empty stays as it is, to be seen in the prompt."""
    return PLACE.sub(lambda found: values.get(found[1]) or found[0], text)


def starter(pk: str) -> Starter | None:
    return next((one for one in STARTERS if one.pk == pk), None)
