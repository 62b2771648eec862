"""The bell. A queue message only says “look”: the rows are the truth, so a lost or repeated message costs nothing.

The only module that knows django-q2.
"""

import socket

from django.core.management.base import BaseCommand
from django.db import transaction
from django_q.brokers import get_broker
from django_q.tasks import async_task

from generations import bells

LONG = {"drive": 1200, "nightly": 2400}  # seconds, for tasks that may take longer than the usual ones; far below Q_CLUSTER's `retry`


def ring(task: str, *args: int | str) -> None:
    """Ask a worker to run `generations.tasks.<task>` once what we are writing has been committed."""
    options = {"timeout": LONG[task]} if task in LONG else {}
    # no partial: Django would fail over the name of a function that has none, where it is to say that a bell could not be rung
    transaction.on_commit(lambda: call(f"generations.tasks.{task}", *args, q_options=options), robust=True)


def call(task: str, *args: int | str, q_options: dict[str, int]) -> None:
    """A bell that cannot be rung costs a little time: the sweeper finds the rows."""
    if task.endswith(".drive"):
        bells.strike(bells.WORK)  # one that drives here already need not wait for the queue
    async_task(task, *args, q_options=q_options)  # type: ignore[no-untyped-call]


def waiting() -> int:
    """How many bells nobody has answered yet."""
    return int(get_broker().queue_size())  # type: ignore[no-untyped-call]


def cluster(group: int) -> str:
    """How the heartbeats of one cluster begin. Its supervisor gave it a process group of its own, and listens for that alone."""
    return f"{socket.gethostname()}/{group}/"


def workers() -> type[BaseCommand]:
    """The command that runs them. Read where it is run alone: everybody else would read the whole cluster for nothing."""
    from django_q.management.commands.qcluster import Command

    return Command
