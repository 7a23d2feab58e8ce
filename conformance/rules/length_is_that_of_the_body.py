"""HT-09: a body that is shorter than announced was cut off on its way."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """A Content-Length that is not the number of bytes of the body."""
    told = http.header("content-length")
    if told is not None and http.header("content-encoding") in (None, "identity") and told != str(len(http.capture.body)):
        yield http.breach(f"Content-Length {told} on {len(http.capture.body)} bytes")


RULE = Rule(
    id="HT-09",
    requires="Content-Length to be the number of bytes of the body",
    source="RFC 9112 section 6.2",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=('<capture method="POST"/>',),
    fails=('<capture method="POST" content_length="17"/>',),
    why="Half of a delivery is read as if it were all of it.",
    mend="Count the bytes after encoding, not the characters.",
)
