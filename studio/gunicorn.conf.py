"""How the web server runs, under `manage.py up` and in a container alike."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "studio.wsgi:application"
worker_class = "gthread"
# Processes, not threads, render pages in parallel; threads are for waiting calls and slow readers.
workers = int(os.environ.get("STUDIO_WEB_PROCESSES", "2"))
threads = int(os.environ.get("STUDIO_WEB_THREADS", "8"))
raw_env = ["STUDIO_DATABASE_POOL=yes"]
timeout = 60
graceful_timeout = 20
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
loglevel = "warning"
