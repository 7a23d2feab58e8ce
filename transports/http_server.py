"""HTTP servers on sockets of their own, all in one background thread."""

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import uvicorn
import uvloop

from ami.errors import ConfigurationError, UnreachableError

LIMIT_BYTES = 16 * 1024 * 1024
"""The largest body that a server takes unless told otherwise."""

DRAIN_FACTOR = 4
"""How many times the limit is still read and thrown away, so that the refusal reaches a client that is still writing."""

STOP_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What came in. `path` is decoded, `query` raw, header names are in lower case; `too_large`: the body was thrown away."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    too_large: bool = False


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What goes out."""

    status: int
    body: bytes
    content_type: str = "text/xml; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[HttpRequest], HttpResponse]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class _Application:
    """An ASGI application that hands every request to a plain function on a worker thread."""

    def __init__(self, handler: Handler, limit_bytes: int, workers: int, crashes: list[BaseException]) -> None:
        self._handler = handler
        self._crashes = crashes
        self._limit_bytes = limit_bytes
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="http")

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        received = await self._body(receive)
        if received is None:
            return
        body, too_large = received
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        request = HttpRequest(
            scope["method"], unquote(scope["raw_path"].decode("latin-1")), scope["query_string"].decode("latin-1"), headers, body, too_large
        )
        answering = asyncio.get_running_loop().run_in_executor(self._workers, self._handler, request)
        await asyncio.wait([answering])
        crash = answering.exception()
        if crash is not None:
            self._crashes.append(crash)
        response = HttpResponse(500, b"", "text/plain") if crash is not None else answering.result()
        sent_headers = {"content-type": response.content_type, "content-length": str(len(response.body)), **response.headers}
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent_headers.items()]
        await send({"type": "http.response.start", "status": response.status, "headers": encoded})
        await send({"type": "http.response.body", "body": response.body})

    async def _body(self, receive: Receive) -> tuple[bytes, bool] | None:
        """The body and whether it is too large; None where the client left before its end: half a request is none."""
        chunks: list[bytes] = []
        size = 0
        more = True
        while more and size <= self._limit_bytes * DRAIN_FACTOR:
            event = await receive()
            if event["type"] == "http.disconnect":
                return None
            chunk = event.get("body", b"")
            size += len(chunk)
            if size <= self._limit_bytes:
                chunks.append(chunk)
            more = event.get("more_body", False)
        too_large = size > self._limit_bytes
        return (b"" if too_large else b"".join(chunks)), too_large

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)


class HttpServers:
    """Any number of servers; a context manager that stops them all. crashes: what their handlers raised."""

    def __init__(self) -> None:
        self.crashes: list[BaseException] = []
        self._loop = uvloop.new_event_loop()
        self._running: list[tuple[uvicorn.Server, Future[None], _Application]] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="http-servers", daemon=True)
        self._thread.start()

    def __enter__(self) -> "HttpServers":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def serve(self, handler: Handler, *, host: str = "127.0.0.1", port: int = 0, limit_bytes: int = LIMIT_BYTES, workers: int = 4) -> str:
        """Serve `handler` and return the address, without a slash at its end; port 0 takes any free one.

        Raises ConfigurationError where the port cannot be had.
        """
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            listener.close()
            raise ConfigurationError(f"cannot listen on {host}:{port} ({error.strerror}): name a free port") from None
        # Listening before the server runs means that nobody has to wait for it: early connections queue.
        listener.listen(1024)
        application = _Application(handler, limit_bytes, workers, self.crashes)
        config = uvicorn.Config(
            application,
            http="httptools",
            ws="none",
            lifespan="off",
            loop="none",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=60,
            timeout_graceful_shutdown=2,
        )
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        server = uvicorn.Server(config)
        ended = asyncio.run_coroutine_threadsafe(server._serve([listener]), self._loop)
        self._running.append((server, ended, application))
        return f"http://{host}:{listener.getsockname()[1]}"

    def stop(self) -> None:
        """Stop every server and the thread. Raises UnreachableError where one does not end."""
        for server, _, _ in self._running:
            server.should_exit = True
        for _, ended, application in self._running:
            try:
                ended.result(STOP_TIMEOUT_S)
            except TimeoutError:
                raise UnreachableError("a server of ours did not stop") from None
            application.close()
        self._running.clear()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_TIMEOUT_S)
        if not self._loop.is_running():
            self._loop.close()
