"""SO-07: an order to understand that nobody can read is obeyed by chance."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A mustUnderstand other than 0 or 1; SOAP 1.2 also has true and false."""
    allowed = ("0", "1", "true", "false") if envelope.version == "1.2" else ("0", "1")
    for block in envelope.blocks:
        if block.must_understand is not None and block.must_understand not in allowed:
            yield Breach(block.where, f"mustUnderstand={block.must_understand!r} on {block.name}")


RULE = Rule(
    id="SO-07",
    requires="mustUnderstand to be 0 or 1",
    source="WS-I BP 1.1 (mustUnderstand attribute), SOAP 1.1 section 4.2.3",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=('<s:Header><a:Tracking xmlns:a="urn:utility" s:mustUnderstand="0">7</a:Tracking></s:Header>',),
    fails=('<s:Header><a:Tracking xmlns:a="urn:utility" s:mustUnderstand="no">7</a:Tracking></s:Header>',),
    why="One receiver refuses the delivery and the next one takes it.",
    mend="Write 1 where the receiver has to refuse what it does not know, else 0 or nothing.",
)
