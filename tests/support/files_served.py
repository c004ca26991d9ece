"""A file behind an HTTP server that breaks off, and goes on from where it is asked to."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextlib.contextmanager
def served_file(data: bytes, *, breaks: int = 0, status: int = 200):
    """Its URL, and where each request began; the first `breaks` answers end in the middle."""
    begins: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = self.headers.get("Range")
            begin = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            begins.append(begin)
            self.send_response(206 if asked else status)
            self.send_header("ETag", '"one"')
            self.send_header("Content-Length", str(len(data) - begin))
            if asked:
                self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            rest = data[begin:]
            if len(begins) <= breaks:
                rest = rest[: len(rest) // 2]
            self.wfile.write(rest)

        def log_message(self, format, *args):  # noqa: A002 - the base class names it so
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/file", begins
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
