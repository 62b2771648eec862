"""An image to take away: the original byte for byte, or a copy that says how it was made."""

import re
import unicodedata
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.access import sees_original
from generations.media import names
from generations.media.export import FORMATS, export
from generations.media.metadata import Label
from generations.media.store import store
from generations.models import Image, Team
from generations.web import seen
from generations.web.facts import engine_name
from generations.web.files import closed
from generations.web.requests import StudioRequest
from generations.web.sending import handed

SIDES = (2560, 1920, 1280, 640)
IN_MEMORY = 4 * 1024 * 1024
LONGEST = 80  # letters of the prompt in a file's name
FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')  # on one system or another
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


class CopyForm(forms.Form):
    format = forms.ChoiceField(choices=[(name, name.upper()) for name in FORMATS], required=False)
    side = forms.TypedChoiceField(choices=[(side, side) for side in SIDES], coerce=int, empty_value=None, required=False)


@require_safe
def download(request: StudioRequest, uid: UUID) -> HttpResponseBase:
    image = seen.image(request, uid)
    form = CopyForm(request.GET)
    if not form.is_valid():
        return render(request, "web/400.html", status=400)
    if not sees_original(request.membership, image):
        raise closed()
    wanted, side = form.cleaned_data["format"], form.cleaned_data["side"]
    try:
        return copy_of(image, wanted or image.format, side, request.team) if wanted or side else original_of(request, image)
    except FileNotFoundError:
        raise Http404 from None


def original_of(request: StudioRequest, image: Image) -> HttpResponseBase:
    return handed(request, names.original(image.sha256, image.format), file_name(image))


def copy_of(image: Image, form: str, side: int | None, team: Team) -> FileResponse:
    out = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the answer closes it
    with store().open(names.original(image.sha256, image.format)) as original:
        export(original, out, form, side, label(image, team))
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=file_name(image, form))


def label(image: Image, team: Team) -> Label:
    return Label(
        engine=f"{engine_name(image.engine)} ({image.engine})",
        tool=f"Seedbed {settings.VERSION}",
        made=image.created_at,
        original=image.sha256,
        prompt=image.generation.prompt if team.prompt_travels else "",
    )


def file_name(image: Image, form: str = "") -> str:
    """The beginning of the prompt, and enough of its number to tell it from the others."""
    return f"{clean(image.generation.prompt)} {str(image.uid)[:8]}.{names.EXTENSIONS[form or image.format]}".lstrip()


def clean(text: str) -> str:
    """What every system takes as a name: one line, no path, no device, nothing that turns the rest around."""
    line = " ".join(unicodedata.normalize("NFC", text[: LONGEST * 4]).split())
    seen = "".join(sign for sign in FORBIDDEN.sub(" ", line) if unicodedata.category(sign)[0] not in "CZ" or sign == " ")
    short = " ".join(seen.split())[:LONGEST].strip(" .-")
    return f"_{short}" if DEVICES.fullmatch(short.partition(".")[0].strip()) else short
