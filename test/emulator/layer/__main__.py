"""python -m layer PORT: serves until standard input closes, so that it cannot outlive the test run."""

from __future__ import annotations

import json
import os
import sys
import threading

os.environ.setdefault("MOTO_ALLOW_NONEXISTENT_REGION", "true")
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("TZ", "UTC")

from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: E402

from . import patches  # noqa: E402


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *arguments: object) -> None:
        """The request log of the application is enough."""


def main() -> None:
    patches.apply()
    from .server import Application

    server = make_server("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0, Application(), threaded=True, request_handler=Handler)
    server.daemon_threads = True

    def watch_parent() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        os._exit(0)

    threading.Thread(target=watch_parent, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


main()
