"""RE-07: the same error twice reads like two."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView


def check(reply: ReplyView) -> Iterator[Breach]:
    """Two errors of one code about the same objects and operation."""
    seen: set[tuple[object, ...]] = set()
    for error in reply.errors:
        key = error.code.text, error.named, error.operation_id.text if error.operation_id else None, error.reason
        if key in seen:
            yield Breach(error.where, f"{error.code.text} about {', '.join(error.named) or 'nothing'} again")
        seen.add(key)


RULE = Rule(
    id="RE-07",
    requires="every error of a reply to stand once",
    source="IEC 61968-100, Reply.Error",
    severity=Severity.WARNING,
    works_on=ReplyView,
    check=check,
    passes=(
        (
            "<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level><ID>M-1</ID></Error><Error><code>"
            "2.4</code><level>FATAL</level><ID>M-2</ID></Error></Reply>"
        ),
    ),
    fails=(
        (
            "<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level><ID>M-1</ID></Error><Error><code>"
            "2.4</code><level>FATAL</level><ID>M-1</ID></Error></Reply>"
        ),
    ),
    why="Two meters count as failed, and a crew drives out for the second.",
    mend="Name each object once for each code.",
)
