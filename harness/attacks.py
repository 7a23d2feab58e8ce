"""What an attacker, a broken client or a curious neighbour sends: bytes that no system should take."""

from collections.abc import Callable

from ami.names import SOAP_11

MEGABYTE = 1024 * 1024
DEPTH = 1000

_OPEN = f'<soap:Envelope xmlns:soap="{SOAP_11}"><soap:Body>'.encode()
_CLOSE = b"</soap:Body></soap:Envelope>"


def oversized(proper: bytes) -> bytes:
    """A proper message with twenty megabytes of comment in it."""
    return proper.replace(b"<soap:Body>", b"<soap:Body><!--" + b"x" * (20 * MEGABYTE) + b"-->", 1)


def external_entity(proper: bytes) -> bytes:
    """A proper message whose comment is to be read from a file of the server's."""
    declared = proper.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>', 1)
    return declared.replace(b"<soap:Body>", b"<soap:Body>&secret;", 1)


def billion_laughs(proper: bytes) -> bytes:
    """A proper message with an entity that unfolds into a billion words."""
    laughs = b"".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10))
    declared = proper.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b"]>", 1)
    return declared.replace(b"<soap:Body>", b"<soap:Body>&l9;", 1)


def half(proper: bytes) -> bytes:
    """The first half of a proper message."""
    return proper[: len(proper) // 2]


def deep(_: bytes) -> bytes:
    """A thousand elements, each within the one before."""
    return _OPEN + b"<a>" * DEPTH + b"</a>" * DEPTH + _CLOSE


def unchanged(proper: bytes) -> bytes:
    """A proper message."""
    return proper


BODIES: dict[str, Callable[[bytes], bytes]] = {
    "a message of 20 megabytes": oversized,
    "an external entity": external_entity,
    "a billion laughs": billion_laughs,
    "half a message": half,
    "a thousand elements in depth": deep,
    "an unknown SOAPAction": unchanged,
}

UNKNOWN_ACTION = "an unknown SOAPAction"
UNKNOWN_VERB = "erase"
"""No system takes it; the SOAPAction is made from it."""
