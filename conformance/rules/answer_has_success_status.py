"""HT-06: an answer that looks like a failure is asked for again."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.http import HttpView

TAKEN: Final = (HTTPStatus.OK, HTTPStatus.ACCEPTED)


def check(http: HttpView) -> Iterator[Breach]:
    """A message that is no Fault, with a status other than 200 or 202."""
    status = http.capture.status
    if http.version and not http.is_request and not http.is_fault and status is not None and status not in TAKEN:
        yield http.breach(f"a message with status {status}")


RULE = Rule(
    id="HT-06",
    requires="an answer that is no Fault to come with status 200 or 202",
    source="WS-I BP 1.1 (HTTP success status codes)",
    severity=Severity.ERROR,
    works_on=HttpView,
    check=check,
    passes=(
        '<capture leg="reply" status="200"><Reply><Result>OK</Result></Reply></capture>',
        '<capture leg="reply" status="202"><Reply><Result>OK</Result></Reply></capture>',
    ),
    fails=(
        '<capture leg="reply" status="500"><Reply><Result>OK</Result></Reply></capture>',
        '<capture leg="reply" status="204"><Reply><Result>OK</Result></Reply></capture>',
    ),
    why="The sender repeats what was taken, and readings are booked twice.",
    mend="Answer with status 200; 500 is for Faults alone.",
)
