"""The bell. A queue message only says “look”: the rows are the truth, so a lost or repeated message costs nothing.

The only module that knows django-q2.
"""

import socket
from functools import partial

from django.db import transaction
from django_q.brokers import get_broker
from django_q.tasks import async_task


def ring(task: str, *args: int | str) -> None:
    """Ask a worker to run `generations.tasks.<task>` once what we are writing has been committed."""
    transaction.on_commit(partial(async_task, f"generations.tasks.{task}", *args))


def waiting() -> int:
    """How many bells nobody has answered yet."""
    return int(get_broker().queue_size())  # type: ignore[no-untyped-call]


def cluster(group: int) -> str:
    """How the heartbeats of one cluster begin. Its supervisor gave it a process group of its own, and listens for that alone."""
    return f"{socket.gethostname()}/{group}/"
