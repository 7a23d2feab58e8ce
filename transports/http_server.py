"""HTTP servers on sockets of their own, all in one background thread."""

import asyncio
import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate

import uvloop

from ami.errors import ConfigurationError, UnreachableError
from transports.http_connection import Connection, Service
from transports.http_limits import DRAIN_FACTOR, LIMIT_BYTES, Limits
from transports.http_message import Handler, HttpRequest, HttpResponse, Quick

__all__ = ["DRAIN_FACTOR", "LIMIT_BYTES", "Handler", "HttpRequest", "HttpResponse", "HttpServers", "Limits", "Quick"]

STOP_TIMEOUT_S = 10.0
GRACE_S = 2.0
"""How long a stopping server waits for answers under way."""

ROUNDS_A_SECOND = 4
"""How often connections are looked over, within the shortest time that a client is given."""

LONGEST_ROUND_S = 0.5


class _Server:
    """One listening socket; everything but its making happens on the loop."""

    def __init__(self, listener: socket.socket, service: Service, workers: ThreadPoolExecutor, tls: ssl.SSLContext | None) -> None:
        self.service = service
        self.workers = workers
        self._listener = listener
        self._tls = tls
        limits = service.limits
        shortest = min(limits.head_s, limits.body_s, limits.idle_s, limits.linger_s)
        self._round_s = min(LONGEST_ROUND_S, shortest / ROUNDS_A_SECOND)

    async def start(self) -> None:
        """Take connections."""
        self._loop = asyncio.get_running_loop()
        self._server = await self._loop.create_server(lambda: Connection(self.service), sock=self._listener, ssl=self._tls)
        self._look_over()

    def _look_over(self) -> None:
        self.service.date = formatdate(usegmt=True)
        now = self.service.now()
        for connection in [each for each in self.service.connections if each.deadline <= now]:
            connection.expire()
        self._next_round = self._loop.call_later(self._round_s, self._look_over)

    async def stop(self) -> None:
        """Let answers under way be given for a while, then end every connection."""
        self.service.is_stopping = True
        self._server.close()
        for connection in list(self.service.connections):
            connection.close_when_idle()
        give_up_at = self._loop.time() + GRACE_S
        while self.service.connections and self._loop.time() < give_up_at:
            await asyncio.sleep(0.005)
        for connection in list(self.service.connections):
            connection.abort()
        self._next_round.cancel()
        await self._server.wait_closed()


class HttpServers:
    """Any number of servers; a context manager that stops them all."""

    def __init__(self) -> None:
        self._crashes: list[BaseException] = []
        self._loop = uvloop.new_event_loop()
        self._running: list[_Server] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="http-servers", daemon=True)
        self._thread.start()

    def __enter__(self) -> "HttpServers":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def take_crashes(self) -> list[BaseException]:
        """What handlers raised since the last call; what one raises meanwhile is there at the next."""
        taken = []
        while self._crashes:
            taken.append(self._crashes.pop(0))
        return taken

    def serve(
        self,
        handler: Handler,
        *,
        quick: Quick | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        limit_bytes: int = LIMIT_BYTES,
        limits: Limits | None = None,
        workers: int = 4,
        tls: ssl.SSLContext | None = None,
    ) -> str:
        """Serve `handler` and return the address, without a slash at its end; port 0 takes any free one.

        The handler is called on one of `workers` threads; `quick`, where given, is asked first, on the thread that serves all
        connections, and must not wait for anything. tls: what https is spoken with, where it is. Raises ConfigurationError where
        the port cannot be had.
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
        pool = ThreadPoolExecutor(workers, thread_name_prefix="http")
        service = Service(
            handler, quick, limits or Limits(body_bytes=limit_bytes), pool, self._loop.time, self._loop.call_soon_threadsafe, self._crashes
        )
        server = _Server(listener, service, pool, tls)
        asyncio.run_coroutine_threadsafe(server.start(), self._loop).result(STOP_TIMEOUT_S)
        self._running.append(server)
        return f"{'http' if tls is None else 'https'}://{host}:{listener.getsockname()[1]}"

    def stop(self) -> None:
        """Stop every server and the thread. Raises UnreachableError where one does not end."""
        for stopping in [asyncio.run_coroutine_threadsafe(server.stop(), self._loop) for server in self._running]:
            try:
                stopping.result(STOP_TIMEOUT_S)
            except TimeoutError:
                raise UnreachableError("a server of ours did not stop") from None
        for server in self._running:
            server.workers.shutdown(wait=False, cancel_futures=True)
        self._running.clear()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(STOP_TIMEOUT_S)
        if not self._loop.is_running():
            self._loop.close()
