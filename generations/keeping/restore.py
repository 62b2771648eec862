"""A studio as it was when the backup was made, except that nothing in it pays by itself for what may have been paid since.

All that can be known to be wrong is looked for before anything is touched. What is in the way moves aside and is never thrown away.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection, transaction

from generations import journal, vault
from generations.health.backups import SUBJECT
from generations.integrity.share import Share
from generations.integrity.survey import CannotCheck, Leave, inspect
from generations.journal import Deed
from generations.keeping import Refusal, files, postgres, record, rows, sqlite, verify
from generations.keeping.backup import ANCHORS, ROOMS
from generations.keeping.files import UNHASHED, Entry
from generations.keeping.record import PICTURES, Manifest
from generations.models import Driver, Generation, ProviderAccount, Status
from generations.models.drivers import CLOSED
from generations.pipeline.trouble import RESTORED
from generations.supervisor import preflight
from generations.supervisor.terminal import first_line
from studio import keys
from studio.settings import env

SAMPLE = 5  # of a hundred files, read again when all is done
OURS = ("spool", "secrets", "staging", "cache", ANCHORS)  # of the data folder, apart from database and pictures

Tell = Callable[[int], object]


@dataclass
class Restored:
    manifest: Manifest
    aside: Path | None
    held: int
    findings: list[str] = field(default_factory=list)
    sealed: int = 0  # provider keys that cannot be read


def restore(path: Path, replace: bool, tell: Tell = lambda count: None) -> Restored:
    path = record.chosen(path)
    manifest = Manifest.read(path / "manifest.json")
    fits(path, manifest)
    with preflight.locked(settings.DATA):
        still_empty(replace)
        verify.verify(path, tell)
        aside = Path(settings.DATA) / f"before-restore-{record.stamp()}"
        try:
            put_back(path, manifest, aside)
        except (OSError, Error) as error:
            kept = f" What was here before is in {aside}." if aside.exists() else ""
            raise Refusal(f"The backup could not be put back: {first_line(error)}.{kept}") from None
        return finish(path, manifest, aside if aside.exists() else None)


# --- before anything is touched ---


def fits(path: Path, manifest: Manifest) -> None:
    if newer := record.unknown(manifest):
        raise Refusal(f"{path} was made by a newer version, {manifest.version} (it has {newer[-1]}). Install that version first.")
    if manifest.database != connection.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise Refusal(f"{path} holds a {names[manifest.database]} database, and DATABASE_URL names none. Correct DATABASE_URL.")
    here = settings.STORAGE if isinstance(settings.STORAGE, str) else ""
    if manifest.storage != here:
        where = manifest.storage or "a folder"
        raise Refusal(f"{path} belongs to a studio with its pictures in {where}. Set STUDIO_STORAGE to match.")


def still_empty(replace: bool) -> None:
    occupied = postgres.found() if connection.vendor == "postgresql" else sqlite.found()
    if occupied and connection.vendor == "postgresql" and driven():
        raise Refusal("A worker of this studio is at work, or was half a minute ago. Stop every node first, then try again.")
    rooms = [Path(settings.DATA) / "spool", *(settings.STORAGE / room for room in ROOMS if isinstance(settings.STORAGE, Path))]
    occupied = occupied or any(next(room.iterdir(), None) for room in rooms if room.is_dir())
    if occupied and not replace:
        raise Refusal(
            f"There is a studio in {settings.DATA} already. Choose an empty folder with STUDIO_DATA, "
            "or say --replace: what is there moves aside, and nothing of it is deleted."
        )


def driven() -> bool:
    """On another machine, where our lock is not seen."""
    try:
        return Driver.objects.alive().exclude(process=CLOSED).exists()
    except Error:  # what is damaged is to be replaced
        return False
    finally:
        connection.close()


# --- the way back ---


def put_back(path: Path, manifest: Manifest, aside: Path) -> None:
    """Pictures first, for they only add; the database last, for with it all of it becomes true."""
    listing = path / "files.txt.gz"
    for entry in files.entries(listing):
        if entry.name.startswith(f"{PICTURES}/"):
            bring_picture(verify.place(path, entry), entry, aside)
    draft = Path(settings.DATA) / "staging-restore"
    files.throw_away(draft)
    files.folder(draft)
    try:
        for name in ("spool", "secrets", ANCHORS):
            lay_out(path / name, draft / name)
        copied = draft / rows.name()
        if connection.vendor == "sqlite":
            files.copy(path / rows.name(), copied)
            sqlite.hold(copied)
        files.settle()
        swap(path, draft, aside)
        files.settle()
    finally:
        files.throw_away(draft)


def bring_picture(source: Path, entry: Entry, aside: Path) -> None:
    name = entry.name.removeprefix(f"{PICTURES}/")
    target = Path(settings.STORAGE) / name
    if target.exists():
        if verify.sound(target, entry):
            return
        move(target, aside / "media" / name)
    near = Path(settings.STORAGE) / "staging" / f"restore-{target.name}"
    near.unlink(missing_ok=True)
    found = files.bring(source, near)
    if found is not None and entry.sha256 not in (UNHASHED, found):
        raise OSError(f"{source} was damaged on its way")
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    near.rename(target)


def lay_out(source: Path, target: Path) -> None:
    for file in [source] if source.is_file() else sorted(source.glob("*")):
        files.copy(file, target if source.is_file() else target / file.name)


def swap(path: Path, draft: Path, aside: Path) -> None:
    data = Path(settings.DATA)
    for name in OURS:
        if (data / name).exists() and (name != "secrets" or (draft / name).exists()):
            move(data / name, aside / name)
        if (draft / name).exists():
            (draft / name).rename(data / name)
    if connection.vendor == "postgresql":
        postgres.restore(path / rows.name(), aside.name.rpartition("-")[2], postgres.found())
        connection.close()
        return
    connection.close()
    for file in sqlite.files():
        if file.exists():
            move(file, aside / file.name)
    shutil.move(draft / rows.name(), sqlite.place())


def move(source: Path, target: Path) -> None:
    files.folder(target.parent)
    shutil.move(source, target)


# --- afterwards ---


def finish(path: Path, manifest: Manifest, aside: Path | None) -> Restored:
    read_keys()
    call_command("migrate", interactive=False, verbosity=0)
    held = Generation.objects.filter(status=Status.UNKNOWN, trouble__sentence=RESTORED).count()
    with transaction.atomic():
        journal.write(Deed.RESTORE, subject=SUBJECT, made=path.name, files=manifest.files, held=held)
    restored = Restored(manifest, aside, held, sealed=sum(unreadable(account) for account in ProviderAccount.objects.all()))
    try:
        inspect(Share(SAMPLE), Leave(), lambda finding, mended: restored.findings.append(str(finding)))
    except (CannotCheck, OSError) as error:
        restored.findings.append(str(error))
    return restored


def read_keys() -> None:
    """Those that came back; this process still has the ones that were here before."""
    file = settings.SECRETS / "encryption_keys"
    if env.readings["STUDIO_ENCRYPTION_KEYS"].source.startswith("generated") and file.exists():
        settings.ENCRYPTION_KEYS = keys.split(file.read_text(encoding="utf-8"))


def unreadable(account: ProviderAccount) -> bool:
    try:
        account.read_key()
    except vault.Unreadable:
        return True
    return False
