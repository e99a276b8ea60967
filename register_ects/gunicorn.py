"""How gunicorn serves the service: ``gunicorn --config python:register_ects.gunicorn``.

``BIND`` (address and port), ``WEB_CONCURRENCY`` (processes) and ``WEB_THREADS`` (threads in each)
come from the environment. Requests are logged by the service itself, not here.
"""

import multiprocessing
import os
from typing import Any

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() + 1))
threads = int(os.environ.get("WEB_THREADS", "6"))
worker_class = "register_ects.gunicorn_worker.Worker"
#: Bytes of an address, as many as gunicorn allows: lists are filtered by many ids at once.
limit_request_line = 8190
#: A thread keeps its database connection: to open one costs more than most requests.
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))

#: Load the program once, before the processes part: they start faster and share memory.
preload_app = True
timeout = 60
graceful_timeout = 10
keepalive = 5  # seconds; longer than a load balancer needs between two requests of a page
#: Replace a process now and then, at different times, in case it leaks.
max_requests = 10_000
max_requests_jitter = 1_000

#: The heartbeat of a process is a file: on a disk that is busy it could be thought dead.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
control_socket_disable = True
#: No header may say which page was asked for: that is what the request line is for.
forwarder_headers = ""
accesslog = None
errorlog = "-"


def when_ready(_server: Any) -> None:
    """Load every page's code before the processes part, not at the first request of each."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  reading it imports them
