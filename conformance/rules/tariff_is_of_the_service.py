"""CF-25: electricity is not billed by the price of gas."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part
from conformance.views.conversation import Conversation


def check(conversation: Conversation) -> Iterator[Breach]:
    """An agreement or a usage point of one service with a PricingStructure that was described as one of another."""
    services: dict[str, str] = {}
    for said in conversation.messages:
        view = said.view(ConfigurationView)
        if view is None:
            continue
        services |= {each.name: _service(each) for each in view.objects if each.kind == "PricingStructure" and each.name and _service(each)}
        for each in view.objects:
            own = _service(each)
            for pointer in each.of_kind("PricingStructures") if own else ():
                if services.get(pointer.name, own) != own:
                    found = f"{each.kind} {each.name!r} of {own} with PricingStructure {pointer.name!r} of {services[pointer.name]}"
                    yield Breach(pointer.where, found, said.index)


def _service(part: Part) -> str:
    """The kind of service that an object says it is of; empty where it does not."""
    return next((category.fields["kind"].text for category in part.of_kind("ServiceCategory") if "kind" in category.fields), "")


def _conversation(kind: str) -> str:
    return (
        "<conversation><capture wire='cis-&gt;mdms'><MessageID>a</MessageID><PricingStructureConfig><PricingStructure><mRID>flat</mRID>"
        f"<ServiceCategory><kind>{kind}</kind></ServiceCategory></PricingStructure></PricingStructureConfig></capture>"
        "<capture wire='cis-&gt;mdms'><MessageID>b</MessageID><UsagePointConfig><UsagePoint><mRID>UP-1</mRID>"
        "<PricingStructures><mRID>flat</mRID></PricingStructures><ServiceCategory><kind>electricity</kind></ServiceCategory>"
        "</UsagePoint></UsagePointConfig></capture></conversation>"
    )


RULE = Rule(
    id="CF-25",
    requires="an agreement and a usage point to have a PricingStructure of their own service",
    source="IEC 61968-9, PricingStructure.ServiceCategory and UsagePoint.ServiceCategory",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("electricity"),),
    fails=(_conversation("gas"),),
    why="The kilowatt-hours of the flat are billed at the price of gas.",
    mend="Point to a PricingStructure of the same service.",
)
