"""What somebody gives as a reference, wherever it is: files, a link, a picture of the gallery, one that is here already."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from tempfile import TemporaryFile

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from generations.catalogue.engine import NO_REFERENCES, References
from generations.compose.engines import known
from generations.media import names
from generations.models import Upload
from generations.uploading import links, mend, shelf
from generations.uploading.copies import come_from
from generations.uploading.keep import MOST_BYTES, keep, refuse_heavy, remake
from generations.uploading.unfit import Unfit
from generations.web.gifts import from_gallery
from generations.web.requests import StudioRequest

MOST = 20  # in one form
MENDS = ("crop", "pad", "lighten")
MOVES = {"earlier": -1, "later": 1}

Gift = tuple[str, Callable[[], Upload]]


@dataclass
class Basket:
    """The references of a composer, as they are changed."""

    references: list[str]
    taken: list[Upload] = field(default_factory=list)
    refused: list[tuple[str, Unfit]] = field(default_factory=list)  # with the name, where there is one

    def add(self, name: str, gift: Callable[[], Upload], instead: str = "") -> None:
        try:
            upload = gift()
            if upload.sha256 in self.references:
                place = self.references.index(upload.sha256) + 1
                raise Unfit(_("This picture is here already, as reference {n}.").format(n=place))
        except Unfit as refusal:
            self.refused.append((name, refusal))
            return
        self.taken.append(upload)
        self.put(upload.sha256, instead)

    def put(self, sha: str, instead: str) -> None:
        if instead in self.references:
            self.references[self.references.index(instead)] = sha
        else:
            self.references.append(sha)

    def move(self, sha: str, by: int) -> None:
        if sha in self.references:
            place = self.references.index(sha)
            self.references.insert(max(0, place + by), self.references.pop(place))


def take(request: StudioRequest, references: list[str]) -> Basket:
    basket = Basket(shelf.once(references))
    for name, gift in list(gifts(request))[:MOST]:
        basket.add(name, gift)
    for how in MENDS:
        for sha in request.POST.getlist(how)[:1]:
            basket.add("", partial(mended, request, how, sha), instead=sha)
    for word, by in MOVES.items():
        basket.move(request.POST.get(word, ""), by)
    basket.references = [sha for sha in basket.references if sha not in request.POST.getlist("drop")]
    return basket


def gifts(request: StudioRequest) -> Iterator[Gift]:
    for file in request.FILES.getlist("file"):
        yield names.shown(file.name or ""), partial(from_file, request, file)
    for link in filter(None, map(str.strip, request.POST.getlist("link"))):
        yield "", partial(from_link, request, link)
    for uid in request.POST.getlist("image"):
        yield "", partial(from_gallery, request, uid)
    for sha in request.POST.getlist("reference"):
        yield "", partial(from_shelf, request, sha)


def from_file(request: StudioRequest, file: "UploadedFile[bytes]") -> Upload:
    refuse_heavy(file.size or 0)
    return keep(file, file.name or "", request.user, request.team)


def from_link(request: StudioRequest, link: str) -> Upload:
    with TemporaryFile() as file:
        name = links.follow(link, MOST_BYTES, file)
        file.seek(0)
        return keep(file, name, request.user, request.team)


def from_shelf(request: StudioRequest, sha: str) -> Upload:
    return shelf.touch(found(request, sha))


def mended(request: StudioRequest, how: str, sha: str) -> Upload:
    upload = found(request, sha)
    if how not in mend.ways(upload, rules(request)):
        raise Unfit(_("The engine takes this picture as it is."))
    mended = remake(upload, mend.way(how, upload, rules(request), request.POST.get("end", "")), request.user)
    return come_from(mended, upload.image_id)


def found(request: StudioRequest, sha: str) -> Upload:
    upload = shelf.find(request.team, [sha]).get(sha)
    if upload is None:
        raise Unfit(_("This picture cannot be read; add it again."), 404)
    return upload


def rules(request: StudioRequest) -> References:
    engine = known(request.POST.get("engine", ""))
    return engine.references if engine else NO_REFERENCES
