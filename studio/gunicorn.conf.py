"""How the web server runs, under `manage.py up` and in a container alike."""

import os
from pathlib import Path
from typing import Any

host = os.environ.get("HOST", "127.0.0.1")
bind = f"[{host}]:{os.environ.get('PORT', '8000')}" if ":" in host else f"{host}:{os.environ.get('PORT', '8000')}"
wsgi_app = "studio.wsgi:application"
worker_class = "gthread"
# Processes, not threads, render pages in parallel; threads are for slow readers, and for calls that wait. Those come on top of the
# others, so that pages have theirs however many wait. Threads that nobody needs are not started.
workers = int(os.environ.get("STUDIO_WEB_PROCESSES", "2"))
threads = int(os.environ.get("STUDIO_WEB_THREADS", "8")) + int(os.environ.get("STUDIO_WEB_WAITING", "32"))
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

PATIENCE = 30  # seconds for somebody who has stopped sending, or reading, before the thread goes on to others


def pre_request(worker: object, request: Any) -> None:
    request.unreader.sock.settimeout(PATIENCE)


def post_worker_init(worker: Any) -> None:
    """Calls that wait are answered as soon as their process has to stop, not when its grace is over."""
    from generations.calling.lookout import lookout

    lookout.over = lambda: not worker.alive
