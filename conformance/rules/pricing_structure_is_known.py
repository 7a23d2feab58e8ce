"""CF-20: who names a tariff names one that the receiver was told of."""

from collections.abc import Iterator

from ami.findings import Severity, Where
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView
from conformance.views.conversation import Conversation, Said
from conformance.views.linkage import LinkageView


def check(conversation: Conversation) -> Iterator[Breach]:
    """A PricingStructure that an agreement or a linkage names to a system that was told of others, and never of this one."""
    told: dict[str, set[str]] = {}
    for said in conversation.messages:
        if said.capture.wire is None:
            continue
        target = said.capture.wire.target
        view = said.view(ConfigurationView)
        described = [each.name for each in view.objects if each.kind == "PricingStructure"] if view is not None else []
        if described:
            told.setdefault(target, set()).update(described)
        for name, where in _named(said) if target in told else ():
            if name not in told[target]:
                yield Breach(where, f"PricingStructure {name!r}", said.index)


def _named(said: Said) -> Iterator[tuple[str, Where]]:
    linkage, view = said.view(LinkageView), said.view(ConfigurationView)
    for kind, name, where in linkage.linked if linkage is not None else ():
        if kind == "PricingStructure" and name:
            yield name, where
    for each in view.objects if view is not None else ():
        for pointer in each.of_kind("PricingStructures", "PricingStructure"):
            if pointer.name:
                yield pointer.name, pointer.where


def _conversation(tariff: str) -> str:
    return (
        "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID><PricingStructureConfig><PricingStructure><mRID>flat</mRID>"
        "</PricingStructure></PricingStructureConfig></capture><capture wire='cis-&gt;mdms'><MessageID>b</MessageID>"
        "<UsagePointConfig><UsagePoint><mRID>UP-1</mRID>"
        f"<PricingStructures><mRID>{tariff}</mRID></PricingStructures></UsagePoint></UsagePointConfig></capture></conversation>"
    )


RULE = Rule(
    id="CF-20",
    requires="a PricingStructure that is named to be one that the receiver was told of",
    source="IEC 61968-9, PricingStructureConfig; CustomerAgreement.PricingStructures",
    severity=Severity.REMARK,
    works_on=Conversation,
    check=check,
    passes=(_conversation("flat"),),
    fails=(_conversation("night"),),
    why="The customer is billed by the default price until somebody complains.",
    mend="Send the PricingStructure before the first agreement that names it, and by the same name.",
)
