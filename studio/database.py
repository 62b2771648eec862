"""The two databases we run on, each set up so that money written down stays written down."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dj_database_url

from studio.env import Environment, driver

# FULL, not NORMAL: a power cut must not forget a paid call. No mmap: it has turned the WAL-reset bug into corruption.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=ON"
)
# Kilobytes of pages in memory. The web server has a connection for every thread; what they share, the system keeps for them.
CACHE, CACHE_EACH = 20_000, 4_000
POOL = {"min_size": 1, "max_size": 20, "timeout": 10}


def read_database(env: Environment, data: Path) -> dict[str, Any]:
    url = env.address("DATABASE_URL", ("postgres", "postgresql", "sqlite"), hidden=True)
    # Only the web server pools (its configuration says so): a pool does not survive the forks of the worker cluster.
    pooled = env.flag("STUDIO_DATABASE_POOL")
    if not url:
        return sqlite(pooled, {"NAME": str(data / "studio.sqlite3")})
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    if not found["ENGINE"].endswith("sqlite3"):
        if not find_spec("psycopg_pool"):
            env.problem("DATABASE_URL", f"names PostgreSQL, whose driver is missing. Install it: {driver('postgres')}.")
        return postgres(found, pooled)
    file = Path(found["NAME"]).absolute()
    if file.is_dir() or not file.parent.is_dir():
        env.problem("DATABASE_URL", f"names {file}, where no file can be made.")
    return sqlite(pooled, {**found, "NAME": str(file)})


def sqlite(pooled: bool, found: dict[str, Any]) -> dict[str, Any]:
    # IMMEDIATE: a transaction that reads first and writes later otherwise fails under load with "database is locked".
    cache = CACHE_EACH if pooled else CACHE
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": f"{SQLITE_PRAGMAS}; PRAGMA cache_size=-{cache}"}
    # To open a file and set it up costs more than what a picture or a page asks of it, or the workers, who look five times a second.
    return {**found, "ENGINE": "studio.embedded", "OPTIONS": options, "CONN_MAX_AGE": 600 if pooled else 60}


def postgres(found: dict[str, Any], pooled: bool) -> dict[str, Any]:
    given = found.get("OPTIONS", {})
    # A stopped process must not hold rows for ever, and no page is worth a query of more than 15 seconds.
    limits = "-c idle_in_transaction_session_timeout=60s" + (" -c statement_timeout=15s" if pooled else "")
    options = {"connect_timeout": 5, **given, "options": f"{limits} {given.get('options', '')}".strip()}
    if pooled:
        options["pool"] = POOL
    return {**found, "OPTIONS": options, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0 if pooled else 60}
