"""How gunicorn serves the service: ``gunicorn --config python:register_ects.gunicorn``.

``BIND`` (address and port), ``WEB_CONCURRENCY`` (processes) and ``WEB_THREADS`` (threads in each)
come from the environment. Requests are logged by the service itself, not here.
"""

import gc
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


#: What a command line or GUNICORN_CMD_ARGS must not change, and why.
_NOT_OURS = "requests would not be read as the service expects"
_SPOOFED = "whoever sends a request could say where it came from, or which page it asks for"


def on_starting(server: Any) -> None:
    """Refuse to start with what a command line made unsafe: it wins over this file."""
    cfg = server.cfg
    for setting, is_wrong, why in (
        ("forwarder-headers", bool(cfg.forwarder_headers), _SPOOFED),
        ("forwarded-allow-ips", "*" in cfg.forwarded_allow_ips, _SPOOFED),
        ("proxy-allow-from", _is_on(cfg) and "*" in cfg.proxy_allow_ips, _SPOOFED),
        ("header-map", cfg.header_map == "dangerous", _SPOOFED),
        ("worker-class", cfg.settings["worker_class"].get() != worker_class, _NOT_OURS),
        ("strip-header-spaces", cfg.strip_header_spaces, _NOT_OURS),
        ("permit-obsolete-folding", cfg.permit_obsolete_folding, _NOT_OURS),
        (
            "permit-unconventional-http-method",
            cfg.permit_unconventional_http_method,
            _NOT_OURS,
        ),
        (
            "permit-unconventional-http-version",
            cfg.permit_unconventional_http_version,
            _NOT_OURS,
        ),
    ):
        if is_wrong:
            raise SystemExit(f"gunicorn: --{setting} must not be set like this: {why}")


def _is_on(cfg: Any) -> bool:
    return str(cfg.proxy_protocol).lower() not in ("off", "false")


def when_ready(_server: Any) -> None:
    """Load every page's code before the processes part, not at the first request of each.

    What is loaded stays: the search for garbage need not look at it again in the middle of a page.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  reading it imports them
    gc.collect()
    gc.freeze()
