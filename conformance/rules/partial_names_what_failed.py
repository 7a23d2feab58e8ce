"""RE-03: who is told that a part failed must be told which."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reply import ReplyView

MORE_TO_COME: Final = "0.1"


def check(reply: ReplyView) -> Iterator[Breach]:
    """A PARTIAL that names no object, unless nothing failed and the rest is to come."""
    if reply.result.text == "PARTIAL" and not reply.failed and not reply.named and reply.codes() != {MORE_TO_COME}:
        yield Breach(reply.result.where, f"PARTIAL with {len(reply.errors) or 'no'} errors that name nothing")


RULE = Rule(
    id="RE-03",
    requires="a reply that says PARTIAL to name what failed, in the ID or object of an Error",
    source="IEC 61968-100, Reply.Result and Error.ID",
    severity=Severity.ERROR,
    works_on=ReplyView,
    check=check,
    passes=(
        "<Reply><Result>PARTIAL</Result><Error><code>2.4</code><ID>M-7</ID></Error></Reply>",
        "<Reply><Result>PARTIAL</Result><Error><code>0.1</code></Error></Reply>",
        "<Reply><Result>PARTIAL</Result><Error><code>2.4</code><object><mRID>M-7</mRID></object></Error></Reply>",
        "<Reply><Result>PARTIAL</Result><Error><code>2.4</code><object><Name><name>M-7</name></Name></object></Error></Reply>",
    ),
    fails=(
        "<Reply><Result>PARTIAL</Result><Error><code>2.4</code></Error></Reply>",
        "<Reply><Result>PARTIAL</Result></Reply>",
    ),
    why="A hundred meters have to be sent again because one of them, nobody knows which, was refused.",
    mend="Give each Error the id or the name of its meter.",
)
