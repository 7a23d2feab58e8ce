"""HT-01: the media type says which SOAP a body is."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView

MEDIA_TYPES: Final = {"1.1": "text/xml", "1.2": "application/soap+xml"}


def check(http: HttpView) -> Iterator[Breach]:
    """A Content-Type other than that of the envelope's version of SOAP."""
    expected = MEDIA_TYPES.get(http.version)
    if expected is not None and http.media_type != expected:
        yield http.breach(f"Content-Type {http.capture.content_type!r} on SOAP {http.version}")


RULE = Rule(
    id="HT-01",
    requires="Content-Type to be text/xml for SOAP 1.1 and application/soap+xml for SOAP 1.2",
    source="WS-I BP 1.1 (HTTP binding), SOAP 1.2 part 2 section 7",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=(
        '<capture method="POST"/>',
        '<capture soap="1.2" method="POST" content_type="application/soap+xml; charset=utf-8"/>',
    ),
    fails=(
        '<capture method="POST" content_type="application/xml; charset=utf-8"/>',
        '<capture method="POST" content_type="application/soap+xml; charset=utf-8"/>',
    ),
    why="The server refuses the delivery before it looks at a single reading.",
    mend="Send text/xml with SOAP 1.1.",
)
