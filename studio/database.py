"""The two databases we run on, each set up so that money written down stays written down."""

from pathlib import Path
from typing import Any

import dj_database_url

from studio.env import Environment

# FULL, not NORMAL: a power cut must not forget a paid call. No mmap: it has turned the WAL-reset bug into corruption.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; "
    "PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=ON"
)


def read_database(env: Environment, data: Path) -> dict[str, Any]:
    default = f"sqlite:///{data / 'studio.sqlite3'}"
    url = env.address("DATABASE_URL", ("sqlite", "postgres", "postgresql"), hidden=True) or default
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, dj_database_url.ParseError):
        env.problem("DATABASE_URL", "cannot be read. Write postgres://user:password@host:5432/name.")
        return dict(dj_database_url.parse(default))
    return sqlite(found) if found["ENGINE"].endswith("sqlite3") else postgres(env, found)


def sqlite(found: dict[str, Any]) -> dict[str, Any]:
    # IMMEDIATE: a transaction that reads first and writes later otherwise fails under load with "database is locked".
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS}
    return {**found, "OPTIONS": options}


def postgres(env: Environment, found: dict[str, Any]) -> dict[str, Any]:
    try:
        import psycopg_pool  # noqa: F401
    except ImportError:
        env.problem("DATABASE_URL", "names PostgreSQL, whose driver is missing. Install the extra: postgres.")
    # Only the web server pools (its configuration says so): a pool does not survive the forks of the worker cluster.
    pooled = env.flag("STUDIO_DATABASE_POOL")
    options = {**found.get("OPTIONS", {}), **({"pool": {"min_size": 1, "max_size": 20, "timeout": 20}} if pooled else {})}
    return {**found, "OPTIONS": options, "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0 if pooled else 60}
