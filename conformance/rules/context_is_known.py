"""HE-10: Context keeps tests and production apart, so it must be a word that both sides know."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A Context that the dialect does not list."""
    context = header.text("Context")
    if context is not None and context not in header.wrapping.dialect.contexts:
        yield header.breach("Context")


RULE = Rule(
    id="HE-10",
    requires="Header.Context to be PRODUCTION, TESTING, DEVELOPMENT, STUDY or TRAINING",
    source="IEC 61968-100, Header.Context",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<Context>TESTING</Context>", "<MessageID>5f0c</MessageID>"),
    fails=("<Context>Testing</Context>",),
    why="A test that is taken for production ends on a customer's bill.",
    mend="Use one of the five words, in capitals.",
)
