"""Serves the built front end and fixture documents from memory, on 127.0.0.1 alone."""

from __future__ import annotations

import zlib
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from typing_extensions import override

HERE = Path(__file__).parent
WIDGETS = HERE.parents[1] / "iree_explorer" / "widgets"
FIXTURES = WIDGETS / "frontend" / "test" / "fixtures"

FILES = {
    "/harness.html": (HERE / "harness.html", "text/html"),
    "/explorer.js": (WIDGETS / "static" / "explorer.js", "text/javascript"),
    "/explorer.css": (WIDGETS / "static" / "explorer.css", "text/css"),
}


class Site:
    """A running server: its address, and documents by name; those not given here are fixture files.

    `documents` are JSON text, `packed` the bytes of a widget's trait.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.documents: dict[str, str] = {}
        self.packed: dict[str, bytes] = {}

    def document(self, name: str) -> bytes:
        if name in self.packed:
            return self.packed[name]
        text = self.documents.get(name) or (FIXTURES / f"{name}.json").read_text("utf-8")
        return zlib.compress(text.encode("utf-8"))


@contextmanager
def serve() -> Generator[Site]:
    """A server on a free port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path.startswith("/documents/"):
                self.reply(site.document(path.removeprefix("/documents/")), "application/octet-stream")
            elif path in FILES:
                file, kind = FILES[path]
                self.reply(file.read_bytes(), kind)
            else:
                self.send_error(404)

        def reply(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Access-Control-Allow-Origin", "*")  # for sandboxed frames, which are of no origin
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Site(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield site
        server.shutdown()
        thread.join()
