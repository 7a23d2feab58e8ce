"""HT-07: a message is sent, not fetched."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView


def check(http: HttpView) -> Iterator[Breach]:
    """A message in a request of another method than POST."""
    if http.is_request and http.capture.method is not None and http.capture.method != "POST":
        yield http.breach(f"method {http.capture.method}")


RULE = Rule(
    id="HT-07",
    requires="a message to be sent by POST",
    source="WS-I BP 1.1 (HTTP POST), SOAP 1.1 section 6",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=('<capture method="POST"/>',),
    fails=('<capture method="PUT"/>',),
    why="Caches and firewalls treat it as something else, and it may arrive twice or never.",
    mend="Send messages by POST.",
)
