"""What was heard: the bytes of one message, and what is known of how they came."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from ami.names import Wire

REQUEST: Final = "request"
REPLY: Final = "reply"


class Capture(NamedTuple):
    """One message as it was heard. All but the bytes may be unknown, and what is unknown is not judged.

    at: the landscape's own time (virtual or real) when it was heard, aware. leg: `request` for what a connection was opened with,
    `reply` for what came back on it. exchange: the number that both share. number: the message's number in the run. headers: those
    of HTTP, by lower-case name, as they came; status: of a reply in HTTP; method: of a request.
    """

    body: bytes
    at: datetime | None = None
    wire: Wire | None = None
    leg: str = REQUEST
    exchange: int | None = None
    soap_action: str | None = None
    number: int | None = None
    headers: Mapping[str, str] | None = None
    status: int | None = None
    method: str | None = None

    def __hash__(self) -> int:
        return hash((self.body, self.at, self.wire, self.leg, self.exchange, self.number))

    @property
    def sender(self) -> str | None:
        """The system that said it: a reply comes from where its wire leads to."""
        if self.wire is None:
            return None
        return self.wire.source if self.leg == REQUEST else self.wire.target

    @property
    def content_type(self) -> str | None:
        """Content-Type as it came; None where no headers are known, or none was sent."""
        return self.headers.get("content-type") if self.headers is not None else None


def is_out_of_a_file(capture: Capture) -> bool:
    """Whether nothing is known of how a message came."""
    known = capture.at, capture.wire, capture.exchange, capture.soap_action, capture.number, capture.headers, capture.status, capture.method
    return known.count(None) == len(known) and capture.leg == REQUEST
