"""SO-06: a header block without a namespace belongs to nobody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.envelope import EnvelopeView


def check(envelope: EnvelopeView) -> Iterator[Breach]:
    """A block of the SOAP header that stands in no namespace."""
    for block in envelope.blocks:
        if not block.namespace:
            yield Breach(block.where, f"{block.name} without a namespace")


RULE = Rule(
    id="SO-06",
    requires="every block of the SOAP header to stand in a namespace",
    source="SOAP 1.1 section 4.2, SOAP 1.2 part 1 section 5.2",
    severity=Severity.ERROR,
    works_on=EnvelopeView,
    check=check,
    passes=('<s:Header><a:Tracking xmlns:a="urn:utility">7</a:Tracking></s:Header>',),
    fails=("<s:Header><Tracking>7</Tracking></s:Header>",),
    why="Two products use the same word for different things, and one acts on what was meant for the other.",
    mend="Give the block a namespace of your own, or leave it out.",
)
