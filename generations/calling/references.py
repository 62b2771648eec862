"""Pictures that a program gives along: links, bytes, hashes of what it uploaded. They become uploads, as if a person had given them."""

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import file_digest
from io import BytesIO
from time import monotonic
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from django.core.cache import cache
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from generations.calling import deposits
from generations.calling import links as handed_out
from generations.calling.caller import Caller
from generations.calling.errands import Errand, errands
from generations.catalogue.request import Reference
from generations.catalogue.sizes import Size
from generations.media import clean, names, staging
from generations.media.look import NotAPicture
from generations.media.store import store
from generations.models import Image, Role, Upload
from generations.uploading import links, shelf
from generations.uploading.copies import copy
from generations.uploading.keep import MOST_BYTES, keep, refuse_heavy
from generations.uploading.unfit import Unfit

Given = Sequence[str | bytes]
Taker = Callable[[Caller, Given], tuple[Reference, ...]]
How = Callable[[Caller, IO[bytes], str], Reference]

SECONDS = 60.0  # for all of them together
WEB = ("http://", "https://")
KNOWN_FOR = 24 * 3600  # seconds that a file is known by its hash: the same one need not be cleaned again
STAND_IN = Reference("0" * 64, "jpeg", Size(1024, 1024), 1024)


def stand_ins(given: Given) -> tuple[Reference, ...]:
    """Until they are here: pictures that any engine takes."""
    return (STAND_IN,) * len(given)


def take(caller: Caller, given: Given) -> tuple[Reference, ...]:
    return gather(caller, given, keep_one)


def look(caller: Caller, given: Given) -> tuple[Reference, ...]:
    """As they would be; nothing is kept."""
    return gather(caller, given, measure)


def gather(caller: Caller, given: Given, how: How) -> tuple[Reference, ...]:
    end, found = monotonic() + SECONDS, []
    own = {text: ours(caller, text) for text in given if isinstance(text, str)}
    abroad = (text for text, here in own.items() if here is None and text.lower().startswith(WEB))
    with errands(abroad, partial(bring, end, get_language())) as away:
        for place, one in enumerate(given, start=1):
            try:
                refuse_late(end)
                found.append(from_bytes(caller, one, how) if isinstance(one, bytes) else from_text(caller, own[one], away.get(one), how))
            except Unfit as unfit:
                raise Unfit(_("Reference {place}: {why}").format(place=place, why=unfit), unfit.status) from None
    return tuple(found)


def bring(end: float, language: str | None, link: str, into: BinaryIO) -> str:
    """In a thread that knows nothing of the call: what goes wrong is told in the language of its program all the same."""
    with override(language):
        refuse_late(end)
        return links.follow(link, MOST_BYTES, into, end - monotonic())


def refuse_late(end: float) -> None:
    if monotonic() >= end:
        said = _("There is no time left for it: all of them together have {seconds} seconds. Upload it first.")
        raise Unfit(said.format(seconds=int(SECONDS)))


def from_bytes(caller: Caller, picture: bytes, how: How) -> Reference:
    refuse_heavy(len(picture))
    return how(caller, BytesIO(picture), "")


def from_text(caller: Caller, own: Upload | Image | None, away: Errand | None, how: How) -> Reference:
    if isinstance(own, Upload):
        return shelf.touch(own).asked()
    if isinstance(own, Image):
        return copy(own, caller.user, caller.team).asked() if how is keep_one else from_store(caller, own)
    if away is None:
        raise Unfit(_("It is neither a link nor the hash of a picture of your team."))
    return how(caller, *away.end())


def ours(caller: Caller, text: str) -> Upload | Image | None:
    """What is here already, by its hash or by a link of our own, is taken from the store: nobody calls himself."""
    sha = text if shelf.HASH.fullmatch(text) else deposits.named(path(text))
    return shelf.find(caller.team, [sha]).get(sha) or pictured(caller, text)


def path(link: str) -> str:
    try:
        return urlsplit(link).path
    except ValueError:
        return ""


def pictured(caller: Caller, link: str) -> Image | None:
    """The image behind an address that the studio handed out, if its program may see it."""
    uid = handed_out.named(path(link))
    seen = Image.objects.seen_by(caller.user, caller.team, administrates=caller.membership.may(Role.ADMIN)).stored().kept()
    return seen.filter(uid=uid).select_related("generation").first() if uid else None


def from_store(caller: Caller, image: Image) -> Reference:
    try:
        with store().open(names.original(image.sha256, image.format)) as file:
            return measure(caller, file, "")
    except FileNotFoundError:
        raise Unfit(_("The file of this picture is missing. Tell whoever runs the studio."), 404) from None


# --- what becomes of a file ---


def keep_one(caller: Caller, file: IO[bytes], name: str) -> Reference:
    """Scripts send the same logo a thousand times: it is cleaned once a day."""
    known = f"given-{caller.team.pk}-{file_digest(file, 'sha256').hexdigest()}"  # type: ignore[arg-type]
    file.seek(0)
    if upload := here(caller, cache.get(known, "")):
        return shelf.touch(upload).asked()
    upload = keep(file, name, caller.user, caller.team)
    cache.set(known, upload.sha256, KNOWN_FOR)
    return upload.asked()


def here(caller: Caller, sha: str) -> Upload | None:
    upload = shelf.find(caller.team, [sha]).get(sha)
    return upload if upload and store().has(names.reference(upload.sha256, upload.format)) else None


def measure(caller: Caller, file: IO[bytes], name: str) -> Reference:
    with staging.desk() as desk:
        staged = desk / "given"
        with staged.open("wb") as copied:
            shutil.copyfileobj(file, copied)
        try:
            taken = clean.clean(staged)
        except NotAPicture as refusal:
            raise Unfit(_(refusal.message).format(**refusal.values), 503 if refusal.message == clean.BUSY else 422) from None
    facts = taken.facts
    return Reference(taken.sha256, facts.format, Size(facts.width, facts.height), facts.bytes)
