"""A neighbour that takes connections and then does not do what HTTP asks."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

Behave = Callable[["socket.socket", "threading.Event"], None]


def silent(connection: socket.socket, ended: threading.Event) -> None:
    """Half open: it reads the request and says nothing."""
    connection.recv(65536)
    ended.wait(20)


def resetting(connection: socket.socket, _: threading.Event) -> None:
    """It breaks the connection off, with a reset."""
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hanging_up(connection: socket.socket, _: threading.Event) -> None:
    """It closes the connection without a word."""
    connection.recv(65536)


def breaking_off(connection: socket.socket, _: threading.Event) -> None:
    """It promises more than it sends."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<Envelope>")


def dripping_headers(connection: socket.socket, ended: threading.Event) -> None:
    """A header a moment, for ever."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    number = 0
    while not ended.wait(0.02):
        number += 1
        connection.sendall(f"x-{number}: y\r\n".encode() if number < 50 else b"x")


def dripping_body(connection: socket.socket, ended: threading.Event) -> None:
    """A byte a moment, for ever."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
    while not ended.wait(0.02):
        connection.sendall(b" ")


def endless(connection: socket.socket, ended: threading.Event) -> None:
    """More than anybody can hold."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    while not ended.is_set():
        connection.sendall(chunk)


def babbling(connection: socket.socket, _: threading.Event) -> None:
    """No HTTP at all."""
    connection.recv(65536)
    connection.sendall(b"\x00\xff hello there\r\n\r\n")


def twice(connection: socket.socket, _: threading.Event) -> None:
    """Each answer, which is the question's body, once more, unasked, on the same connection."""
    request = b""
    while received := connection.recv(65536):
        request += received
        if request.endswith(b"/>"):
            connection.sendall(2 * (b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n" + request[-4:]))


NO_REPLY: Final = (silent, resetting, hanging_up, breaking_off, dripping_headers, dripping_body, endless, babbling)
"""Those from whom no reply comes."""


@contextmanager
def standing(behave: Behave) -> Iterator[str]:
    """Its address, for as long as the block lasts."""
    ended = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            behave(connection, ended)

    def accept(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                opened.append((connection, threading.Thread(target=serve, args=(connection,))))
                opened[-1][1].start()

    opened: list[tuple[socket.socket, threading.Thread]] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept, args=(listener,))
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for connection, thread in opened:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                thread.join()
