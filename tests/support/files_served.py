"""A file behind an HTTP server that breaks off, and goes on from where it is asked to."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Served:
    """A file, its address, and where each request began.

    The first `breaks` answers end in the middle. `halts`: they stand still there instead, until `go`.
    `tag` and `data` may be changed: another version of the file. `told`: whether its size is.
    """

    def __init__(self, data, breaks, status):
        self.data = data
        self.breaks = breaks
        self.status = status
        self.tag = '"one"'
        self.told = True
        self.halts = False
        self.halted = threading.Event()
        self.go = threading.Event()
        self.url = ""
        self.begins: list[int] = []


@contextlib.contextmanager
def served_file(data: bytes, *, breaks: int = 0, status: int = 200):
    """One that is served."""
    served = Served(data, breaks, status)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked, data = self.headers.get("Range"), served.data
            if asked and self.headers.get("If-Range", served.tag) != served.tag:
                asked = None
            begin = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            served.begins.append(begin)
            self.send_response(206 if asked else served.status)
            self.send_header("ETag", served.tag)
            if served.told:
                self.send_header("Content-Length", str(len(data) - begin))
            if asked:
                self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
            self.end_headers()
            rest = data[begin:]
            if len(served.begins) <= served.breaks:
                rest = rest[: len(rest) // 2]
            with contextlib.suppress(OSError):  # whoever asked may have been killed
                self.wfile.write(rest)
                self.wfile.flush()
                if served.halts and len(served.begins) <= served.breaks:
                    served.halted.set()
                    served.go.wait(30)

        def log_message(self, format, *args):  # noqa: A002 - the base class names it so
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/file"
    try:
        yield served
    finally:
        served.go.set()
        server.shutdown()
        server.server_close()
        thread.join()
