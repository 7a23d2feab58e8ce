"""RE-02: a refusal without a reason cannot be mended."""

from collections.abc import Iterator
from typing import Final

from ami import reply_codes
from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView

NO_REASON: Final = frozenset({reply_codes.OK, reply_codes.ACKNOWLEDGED, ""})


def check(reply: ReplyView) -> Iterator[Breach]:
    """A FAILED whose errors are missing or say that all is well."""
    if reply.result.text == "FAILED" and not reply.codes() - NO_REASON:
        codes = ", ".join(sorted(reply.codes())) or "no error"
        yield Breach(reply.result.where, f"FAILED with {codes}")


RULE = Rule(
    id="RE-02",
    requires="a reply that says FAILED to name at least one error",
    source="IEC 61968-100, Reply.Result and Reply.Error",
    severity=Severity.ERROR,
    works_on=ReplyView,
    check=check,
    passes=("<Reply><Result>FAILED</Result><Error><code>2.4</code><level>FATAL</level></Error></Reply>",),
    fails=(
        "<Reply><Result>FAILED</Result></Reply>",
        "<Reply><Result>FAILED</Result><Error><code>0.0</code><level>FATAL</level></Error></Reply>",
    ),
    why="Somebody has to ring up the other side to learn why a meter was not read.",
    mend="Add an Error with the code that fits.",
)
