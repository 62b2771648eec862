"""How often something may happen: so many times in any 60 seconds, counted over all web processes and nodes, and exactly.

The times of the last ones stand in a ring that is as long as the limit. Then one look is enough: one more is let through if the one
that many before it was a minute ago. The ring is a file, or lies in Redis where there is one. It is not in the database, where each
call would be a write that waits for the disk.
"""

import logging
import os
from functools import cache
from pathlib import Path
from struct import Struct
from time import time
from typing import Any

from django.conf import settings
from django.core.files import locks

MINUTE, DAY = 60, 24 * 3600
COUNT, MOMENT = Struct("<q"), Struct("<d")

# One step of its own: nobody comes between looking and writing. The time is that of Redis, the same for every node.
SCRIPT = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local first = redis.call('LINDEX', KEYS[1], ARGV[1] - 1)
if first and now - first < 60000 then return first + 60000 - now end
redis.call('LPUSH', KEYS[1], now)
redis.call('LTRIM', KEYS[1], 0, ARGV[1] - 1)
redis.call('EXPIRE', KEYS[1], 60)
return 0
"""

log = logging.getLogger("studio.pace")


def hold(name: str, limit: int) -> float:
    """So many seconds until there is room. 0: there is, and this one is counted."""
    try:
        return in_redis(name, limit) if settings.REDIS_URL else in_file(name, limit)
    except troubles() as error:  # a full disk or a Redis that is down shuts nobody out
        log.warning("Calls are not counted: %s.", type(error).__name__)
        return 0


# --- a file for each ring: how many there were, then the moments ---


def in_file(name: str, limit: int) -> float:
    file = os.open(ring(name, limit), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locks.lock(file, locks.LOCK_EX)  # other threads wait for it too; it goes with the file, also when a process dies
        return turn(file, limit)
    finally:
        os.close(file)


def turn(file: int, limit: int) -> float:
    (count,) = COUNT.unpack(os.pread(file, COUNT.size, 0).ljust(COUNT.size, b"\0"))
    place = COUNT.size + count % limit * MOMENT.size
    (first,) = MOMENT.unpack(os.pread(file, MOMENT.size, place).ljust(MOMENT.size, b"\0"))
    now = time()
    if now - MINUTE < first <= now:  # a later one comes from a clock that was moved since
        return float(first + MINUTE - now)
    os.pwrite(file, MOMENT.pack(now), place)
    os.pwrite(file, COUNT.pack(count + 1), 0)
    return 0


def ring(name: str, limit: int) -> Path:
    path: Path = settings.DATA / "pace" / f"{name}-{limit}"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        sweep(path.parent)
    return path


def sweep(folder: Path) -> None:
    """Those of tokens that nobody uses any longer."""
    for path in folder.iterdir():
        if path.stat().st_mtime < time() - DAY:
            path.unlink(missing_ok=True)


# --- a list for each ring ---


def in_redis(name: str, limit: int) -> float:
    return float(script()(keys=[f"pace:{name}-{limit}"], args=[limit])) / 1000


@cache
def script() -> Any:
    from redis import Redis

    return Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3).register_script(SCRIPT)


@cache
def troubles() -> tuple[type[Exception], ...]:
    if not settings.REDIS_URL:
        return (OSError,)
    from redis.exceptions import RedisError

    return (OSError, RedisError)
