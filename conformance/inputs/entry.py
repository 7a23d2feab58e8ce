"""One message out of a file, or what stands in its place where the file holds none."""

from typing import Final, NamedTuple

from ami.findings import Finding, Severity, Where
from conformance.capture import Capture
from conformance.rule import Demand

READABLE = Demand(
    "IN-01",
    "a file that can be opened as what it says it is",
    "MeterGate (files that messages are taken from)",
    Severity.ERROR,
    "Messages that cannot be taken out of their file are not judged, and nobody knows whether they are right.",
    "Save the recording again, as the kind of file that its ending names.",
    ("{envelope}",),
    ("HTTP/1.1 200 OK\nContent-Encoding: br\n\n<a/>",),
)
BOUNDED = Demand(
    "IN-02",
    "an archive within bounds",
    "MeterGate (files that messages are taken from)",
    Severity.ERROR,
    "A few kilobytes that unpack to gigabytes stop whoever opens them.",
    "Pack fewer or smaller files into one archive.",
    ("{envelope}",),
    ("{zip archives, four deep}",),
)
DEMANDS: Final = (READABLE, BOUNDED)


class Entry(NamedTuple):
    """One message and where it is from.

    file: as it was named. part: which of the file's messages, such as `#12 response`; empty where the file is the message.
    conversation: shared by the messages that were heard together, in their order; None where one stands alone. first_line: the line
    of the file that the message begins on, 0 where the file has no lines. follows_lines: whether its lines are lines of the file.
    capture: None where there is nothing to judge, and `told` says why; `refused` is a fault of the file itself. A capture that is told
    something about belongs to its conversation, but nobody is to blame for what is wrong with it.
    """

    file: str
    part: str = ""
    capture: Capture | None = None
    conversation: str | None = None
    first_line: int = 1
    follows_lines: bool = True
    told: str = ""
    refused: Finding | None = None

    @property
    def name(self) -> str:
        """File and part as a report names them."""
        return f"{self.file}{self.part}"

    def inside(self, holder: str, part: str) -> "Entry":
        """The same entry, found in a file that itself stands in an archive."""
        conversation = f"{part}{self.conversation}" if self.conversation is not None else None
        return self._replace(file=holder, part=f"{part}{self.part}", conversation=conversation, first_line=0, follows_lines=False)


def without_message(file: str, why: str) -> Entry:
    """A file that holds no message."""
    return Entry(file, told=why)


def unreadable(file: str, found: str, line: int = 0) -> Entry:
    """A file that is not what it says it is."""
    return Entry(file, refused=READABLE.finding(Where("/", line), found))


def unbounded(file: str, found: str) -> Entry:
    """An archive that is not opened any further."""
    return Entry(file, refused=BOUNDED.finding(Where("/", 0), found))
