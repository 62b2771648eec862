"""Does the database answer, can it be trusted with money, and does it fit the code?

Versions too old for Django do not get as far as here: they are refused when we connect.
"""

import sqlite3
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generations.health.finding import Finding, bad, ok, warn

# before this, two connections that write and check-point in the same moment can damage a file in WAL mode
WAL_RESET_FIXED = (3, 51, 3)
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "fuse.sshfs", "fuse.glusterfs"}
MOUNTS = Path("/proc/mounts")


def answer() -> list[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, ImproperlyConfigured) as error:
        connection.close()
        reason = " ".join(str(error).split())
        return [bad("database", _("The database does not answer."), _("Check DATABASE_URL. It said: {reason}").format(reason=reason))]
    return [ok("database", _("The database answers."))]


def engine() -> list[Finding]:
    if connection.vendor == "sqlite":
        return [sqlite_version(sqlite3.sqlite_version_info[:3]), *sqlite_file()]
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return [ok("database", f"PostgreSQL {cursor.fetchone()[0].split()[0]}.")]


def sqlite_version(version: tuple[int, ...]) -> Finding:
    name = f"SQLite {'.'.join(map(str, version))}"
    if version >= WAL_RESET_FIXED:
        return ok("database", f"{name}.")
    sentence = _("{name} has a rare fault that can damage a database which several processes write.").format(name=name)
    return warn("database", sentence, _("Use the container image or PostgreSQL, or a Python with SQLite 3.51.3 or newer. Keep backups."))


def sqlite_file() -> list[Finding]:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    file = Path(connection.settings_dict["NAME"])
    found = []
    if (journal, synchronous) != ("wal", 2):
        sentence = _("The database is not in the mode that survives a power cut.")
        found.append(bad("database", sentence, _("Move {file} to a local disk; WAL and FULL are needed.").format(file=file)))
    if MOUNTS.exists() and (kind := kind_of_disk(file, MOUNTS.read_text())) in NETWORK:
        sentence = _("The database is on a network disk ({kind}), which breaks SQLite's locks.").format(kind=kind)
        found.append(bad("database", sentence, _("Move {file} to a local disk, or use PostgreSQL.").format(file=file)))
    return found or [ok("database", _("Written in full before anything counts as done (WAL, FULL)."))]


def kind_of_disk(file: Path, mounts: str) -> str:
    """The file system of the deepest mount point above the file, from the text of /proc/mounts."""
    rows = [line.split() for line in mounts.splitlines()]
    points = [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
    above = [(point, kind) for point, kind in points if file.resolve().is_relative_to(point)]
    return max(above, key=lambda pair: len(pair[0]))[1] if above else ""


def migrations() -> list[Finding]:
    executor = MigrationExecutor(connection)
    newer = ahead(executor.loader)
    if newer:
        fix = _("Run the version that wrote it, or put back a backup with manage.py restore. Unknown here: {names}.").format(
            names=", ".join(newer)
        )
        return [bad("migrations", _("The database was changed by a newer version of the studio."), fix)]
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if pending:
        sentence = ngettext("The database waits for {count} change.", "The database waits for {count} changes.", pending)
        return [bad("migrations", sentence.format(count=pending), _("Run manage.py migrate."))]
    return [ok("migrations", _("The database fits this version."))]


def ahead(loader: MigrationLoader) -> list[str]:
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    strange = set(loader.applied_migrations or {}) - set(loader.disk_migrations) - replaced
    # rows of an application that was removed are nobody's business
    return sorted(f"{app}.{name}" for app, name in strange if app in loader.migrated_apps)
