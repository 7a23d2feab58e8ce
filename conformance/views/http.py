"""How a message came over HTTP: method, status and headers, beside what the message itself says."""

import re
from dataclasses import dataclass
from typing import Final

from ami.findings import Where
from conformance.capture import REQUEST, Capture
from conformance.rule import Breach

_PARAMETER: Final = re.compile(r""";\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s;"]*))""")


@dataclass(frozen=True, slots=True)
class HttpView:
    """One message of an HTTP exchange whose headers are known.

    version: of its SOAP, empty where it has no envelope; is_fault: whether the envelope holds a Fault. encoding: of the document, as
    the parser read it; empty where nobody could. action: the SOAPAction that its verb and noun stand for; None where they are not known.
    """

    capture: Capture
    version: str
    is_fault: bool
    encoding: str
    action: str | None

    @property
    def is_request(self) -> bool:
        """Whether it is what a connection was opened with."""
        return self.capture.leg == REQUEST

    @property
    def media_type(self) -> str:
        """The media type of Content-Type in small letters, without its parameters."""
        return (self.capture.content_type or "").partition(";")[0].strip().lower()

    def parameter(self, name: str) -> str | None:
        """A parameter of Content-Type, without its quotes."""
        for found, quoted, plain in _PARAMETER.findall(self.capture.content_type or ""):
            if found.lower() == name:
                return str(quoted or plain)
        return None

    def header(self, name: str) -> str | None:
        """A header by its name in small letters."""
        return self.capture.headers.get(name) if self.capture.headers is not None else None

    def breach(self, found: str) -> Breach:
        """A breach in what stands around the document."""
        return Breach(Where("/", 0), found)
