"""A PostgreSQL: by its own programs, which have to be as new as the server."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from generations.keeping import Refusal
from generations.keeping.hold import statements

ASIDE = "before_restore_"  # schemas; they are never part of a backup


def program(name: str) -> str:
    if found := shutil.which(name):
        return found
    raise Refusal(f"The program {name} is missing. Install the package postgresql-client, in the version of the server.")


def address() -> tuple[list[str], dict[str, str]]:
    """Options that all its programs understand, the database last, and the password where nobody sees it."""
    words, given = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return words[1:], {**os.environ, **(given or {})}


def snapshot(target: Path, counted: Sequence[str]) -> dict[str, int]:
    """What is counted and what is dumped is one and the same moment."""
    tool, (words, environment) = program("pg_dump"), address()
    with transaction.atomic(durable=not connection.in_atomic_block), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        found = {name: count(cursor, name) for name in counted}
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*", f"--snapshot={moment}"]
        run([tool, *options, f"--file={target}", *words], environment)
    target.chmod(0o600)
    check(target)
    return found


def count(cursor: object, name: str) -> int:
    cursor.execute(f"SELECT count(*) FROM generations_{name}")  # type: ignore[attr-defined]  # noqa: S608
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]


def check(file: Path) -> None:
    run([program("pg_restore"), "--list", str(file)], dict(os.environ))


def run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{Path(command[0]).name} failed: {said(done.stderr)}")


def said(errors: str) -> str:
    return next((line.partition("error: ")[2] or line for line in errors.splitlines() if line.strip()), "it did not say why") + "."


def found() -> bool:
    return bool(connection.introspection.table_names())


def restore(file: Path, stamp: str, aside: bool) -> None:
    """One transaction for all of it: the old tables move aside, the new ones come, and what might be paid twice is held."""
    words, environment = address()
    source = subprocess.Popen(
        [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(file)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    command = [program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-", *words]
    target = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    whole = pour(source, target, stamp, aside)
    errors = (target.stderr.read() if target.stderr else b"").decode(errors="replace")
    if target.wait() or not whole:
        raise Refusal(f"The database could not be restored: {said(errors)} It is as it was.")


def pour(source: "subprocess.Popen[bytes]", target: "subprocess.Popen[bytes]", stamp: str, aside: bool) -> bool:
    """Without COMMIT nothing has happened, whichever of the two fails."""
    into: IO[bytes] = target.stdin  # type: ignore[assignment]
    try:
        into.write(b"BEGIN;\n")
        if aside:
            into.write(f"ALTER SCHEMA public RENAME TO {ASIDE}{stamp.lower()};\nCREATE SCHEMA public;\n".encode())
        shutil.copyfileobj(source.stdout, into)  # type: ignore[arg-type]
        if whole := source.wait() == 0:
            into.write(";\n".join(["SET search_path = public", *statements("+00:00"), "COMMIT"]).encode() + b";\n")
        into.close()
    except BrokenPipeError:
        source.kill()
        whole = False
    finally:
        source.stdout.close()  # type: ignore[union-attr]
        source.wait()
    return whole
