"""Is every picture here, whole, with its smaller copies, and does every file belong to one?"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial

from generations.integrity import mend
from generations.integrity.bundles import Bundle, again, bundles, old
from generations.integrity.finding import Finding, Kind
from generations.integrity.share import Share, blurred, damage
from generations.media import names
from generations.media.names import Kept
from generations.media.store import store
from generations.models import Image, Upload

FETCH = "Run fsck --repair: it is fetched again while its provider has it. Else restore it from a backup."
REPLACE = "Run fsck --repair: it is fetched again while its provider has it, or else put aside. Then restore it from a backup."
PUT_ASIDE = "Run fsck --repair: it is put aside. Then add the same picture again in the composer, or restore the file from a backup."
ADD_AGAIN = "Add the same picture again in the composer, or restore the file from a backup."
DERIVE = "Run fsck --repair: they are made again."
SHOW = "Run fsck --repair: it is shown again."
REMOVE = "Run fsck --delete-orphans: it goes once it is older than seven days."
WRONG = {
    Kind.SIZE: "has the wrong size",
    Kind.HASH: "is not what came: its bytes have changed",
    Kind.UNDECODABLE: "cannot be read",
}


def check(share: Share, now: datetime, pulse: Callable[[], object]) -> Iterator[Finding]:
    for bundle in bundles():
        pulse()
        yield from judge(bundle, share, now)


def judge(bundle: Bundle, share: Share, now: datetime) -> Iterator[Finding]:
    yield from originals(bundle, share)
    yield from references(bundle, share)
    yield from derived(bundle, share)
    yield from back(bundle)
    yield from orphans(bundle, now)


def originals(bundle: Bundle, share: Share) -> Iterator[Finding]:
    for image in first_of_each(bundle.stored):
        name = names.original(bundle.sha256, image.format)
        who, subject = f"The original of image {image.pk}", f"image/{image.pk}"
        if name in bundle.files:
            if flaw := flaw_of(bundle.files[name], image, share):
                yield Finding(flaw, subject, f"{who} {WRONG[flaw]}: {name}.", REPLACE, partial(mend.replace, bundle.sha256, name))
        elif not store().has(name) and again(bundle.sha256).stored:
            yield Finding(Kind.MISSING, subject, f"{who} is missing: {name}.", FETCH, partial(mend.fetch, bundle.sha256, name))


def references(bundle: Bundle, share: Share) -> Iterator[Finding]:
    for upload in first_of_each(bundle.uploads):
        name = names.reference(bundle.sha256, upload.format)
        who, subject = f"The file of reference {upload.pk}", f"upload/{upload.pk}"
        if name in bundle.files:
            if flaw := flaw_of(bundle.files[name], upload, share):
                yield Finding(flaw, subject, f"{who} {WRONG[flaw]}: {name}.", PUT_ASIDE, partial(mend.put_aside, name))
        elif not store().has(name) and again(bundle.sha256).uploads:
            yield Finding(Kind.REFERENCE, subject, f"{who} is missing: {name}.", ADD_AGAIN)


def first_of_each(rows: Iterable[Image] | Iterable[Upload]) -> Iterable[Image | Upload]:
    """The same bytes are one file, however many rows show them."""
    return {row.format: row for row in rows}.values()


def flaw_of(kept: Kept, row: Image | Upload, share: Share) -> Kind | None:
    if kept.bytes != row.bytes:
        return Kind.SIZE
    return damage(kept.name, row.sha256) if share.has(row.sha256) else None


def derived(bundle: Bundle, share: Share) -> Iterator[Finding]:
    if not bundle.stored and not bundle.uploads:
        return
    who = f"image {bundle.stored[0].pk}" if bundle.stored else f"reference {bundle.uploads[0].pk}"
    remake, subject = partial(mend.derive, bundle.sha256), who.replace(" ", "/")
    gone = [name for name in bundle.derived() if name not in bundle.files and not store().has(name)]
    if gone and (again(bundle.sha256).stored or again(bundle.sha256).uploads):
        yield Finding(Kind.MISSING, subject, f"Smaller copies of {who} are missing: {', '.join(gone)}.", DERIVE, remake)
    bad = [name for name in bundle.derived() if name in bundle.files and unusable(bundle.files[name], share)]
    if bad:
        yield Finding(Kind.UNDECODABLE, subject, f"Smaller copies of {who} are no pictures: {', '.join(bad)}.", DERIVE, remake)


def unusable(kept: Kept, share: Share) -> bool:
    return kept.bytes == 0 or (share.has(kept.name.rpartition("/")[2]) and bool(blurred(kept.name)))


def back(bundle: Bundle) -> Iterator[Finding]:
    for image in first_of_each(bundle.aside):
        name = names.original(bundle.sha256, image.format)
        if name in bundle.files and flaw_of(bundle.files[name], image, Share()) is None:
            said = f"The original of image {image.pk}, once put aside, is here again."
            yield Finding(Kind.BACK, f"image/{image.pk}", said, SHOW, partial(mend.welcome, bundle.sha256))


def orphans(bundle: Bundle, now: datetime) -> Iterator[Finding]:
    known = bundle.known()
    strange = [kept for name, kept in bundle.files.items() if name not in known and old(kept, now)]
    if strange:
        known = again(bundle.sha256).known()
    for kept in strange:
        if kept.name not in known:
            yield orphan(kept, now)


def orphan(kept: Kept, now: datetime) -> Finding:
    kind = Kind.ORPHAN_DERIVED if kept.name.startswith("d/") else Kind.ORPHAN
    remove = partial(mend.remove, kept.name) if old(kept, now, mend.GRACE) else None
    return Finding(kind, kept.name, f"Nothing shows or uses {kept.name}.", REMOVE, remove, deletes=True)
