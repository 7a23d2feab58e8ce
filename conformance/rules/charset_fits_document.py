"""HT-02: two places name the encoding, and the receiver believes the wrong one."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def _same(encoding: str) -> str:
    """An encoding by one of its names; every document in ASCII is one in UTF-8, and UTF-16 is told by its byte order mark."""
    plain = encoding.lower().replace("_", "-")
    return {"us-ascii": "utf-8", "ascii": "utf-8", "utf8": "utf-8", "utf-16le": "utf-16", "utf-16be": "utf-16"}.get(plain, plain)


def check(http: HttpView) -> Iterator[Breach]:
    """A charset of Content-Type that is not the encoding of the document."""
    charset = http.parameter("charset")
    if charset is not None and http.encoding and _same(charset) != _same(http.encoding):
        yield http.breach(f"charset {charset!r} on a document in {http.encoding}")


RULE = Rule(
    id="HT-02",
    requires="the charset of Content-Type to be the encoding of the document",
    source="WS-I BP 1.1 (character encoding), RFC 7303 section 3",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=(
        '<capture method="POST"/>',
        '<capture method="POST" content_type="text/xml"/>',
    ),
    fails=('<capture method="POST" content_type="text/xml; charset=iso-8859-1"/>',),
    why="Names and addresses with accents reach the bill as nonsense.",
    mend="Write charset=utf-8 and a document in UTF-8.",
)
