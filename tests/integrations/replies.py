"""Canned replies to a TRS client, over real HTTP."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

from register_ects.integrations.trs import (
    TRSClient,
)


@dataclass
class Reply:
    """A server that gives one reply to everything."""

    address: str
    asked: list[str] = field(default_factory=list)

    def client(self):
        return TRSClient(self.address, "key", "20260120")


@contextmanager
def canned(status, body="", headers=None, kind="application/json"):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            reply.asked.append(self.path)
            self.send_response_only(status)
            for name, value in {"Content-Type": kind, **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_PUT = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        reply = Reply(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield reply
        finally:
            server.shutdown()
            thread.join()
