"""How the web server runs, under `manage.py up` and in a container alike."""

import os
from contextlib import suppress
from pathlib import Path
from socket import SHUT_RD
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

PATIENCE = 30  # seconds for somebody who has stopped sending, or reading, before the thread goes on to others
SLOWEST = 64 * 1024  # bytes of a body in each second more than that


class Timely(ThreadWorker):
    """Of itself it would keep a thread for ever for whoever begins a request and does not bring its head to an end."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heads: dict[Any, float] = {}  # sockets, and until when

    def handle(self, conn: Any) -> Any:
        self.heads[conn.sock] = monotonic() + PATIENCE
        try:
            return super().handle(conn)
        finally:
            self.heads.pop(conn.sock, None)

    def notify(self) -> None:
        """Comes by every second."""
        super().notify()
        for line in [line for line, until in list(self.heads.items()) if until < monotonic()]:
            with suppress(OSError):
                line.shutdown(SHUT_RD)  # the thread reads it as the end


host = os.environ.get("HOST", "127.0.0.1")
bind = f"[{host}]:{os.environ.get('PORT', '8000')}" if ":" in host else f"{host}:{os.environ.get('PORT', '8000')}"
wsgi_app = "studio.wsgi:application"
worker_class = Timely
preload_app = True  # read once, and the same memory for all
# Processes, not threads, render pages in parallel; threads are for slow readers, and for calls that wait. Those come on top of the
# others, so that pages have theirs however many wait. Threads that nobody needs are not started.
workers = int(os.environ.get("STUDIO_WEB_PROCESSES", "2"))
threads = int(os.environ.get("STUDIO_WEB_THREADS", "8")) + int(os.environ.get("STUDIO_WEB_WAITING", "44"))
raw_env = ["STUDIO_DATABASE_POOL=yes"]
timeout = 60
graceful_timeout = 20
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
# workers prove by touching a file that they live: in memory, where no slow disk can make them look dead
memory = Path("/dev/shm")  # noqa: S108
worker_tmp_dir = str(memory) if memory.is_dir() else None
loglevel = "warning"


def pre_request(worker: Timely, request: Any) -> None:
    worker.heads.pop(request.unreader.sock, None)
    request.unreader.sock.settimeout(PATIENCE)
    hasten(request.unreader)


def post_request(worker: object, request: Any, environ: Any, response: Any) -> None:
    vars(request.unreader).pop("chunk", None)


def hasten(unreader: Any) -> None:
    """A body has to come to its end: a byte now and then keeps nobody's thread. What is too slow reads as broken off."""
    began, came, chunk = monotonic(), 0, unreader.chunk

    def hastened(size_hint: int | None = None) -> bytes:
        nonlocal came
        if monotonic() > began + PATIENCE + came / SLOWEST:
            raise TimeoutError
        piece: bytes = chunk(size_hint)
        came += len(piece)
        return piece

    unreader.chunk = hastened


def post_worker_init(worker: Any) -> None:
    """Calls that wait are answered as soon as their process has to stop, not when its grace is over."""
    from generations.calling.lookout import lookout

    lookout.over = lambda: not worker.alive
