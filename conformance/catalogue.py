"""The catalogue: everything that the judge asks, family by family."""

from typing import Final

from conformance.families import (
    addressing,
    bytes_and_xml,
    choreographies,
    configuration,
    controls,
    conversation,
    events,
    files,
    header,
    http,
    master_data_linkage,
    message,
    meter_readings,
    names,
    operations,
    packed,
    queries,
    reading_qualities,
    reading_schedules,
    reading_types,
    reply,
    schema,
    security,
    service_requests,
    soap_envelope,
    wsdl,
)
from conformance.family import Family
from conformance.rule import Demand, Rule

FAMILIES: Final[tuple[Family, ...]] = (
    files.FAMILY,
    bytes_and_xml.FAMILY,
    http.FAMILY,
    soap_envelope.FAMILY,
    addressing.FAMILY,
    security.FAMILY,
    message.FAMILY,
    schema.FAMILY,
    header.FAMILY,
    reply.FAMILY,
    operations.FAMILY,
    packed.FAMILY,
    meter_readings.FAMILY,
    reading_types.FAMILY,
    reading_qualities.FAMILY,
    queries.FAMILY,
    events.FAMILY,
    controls.FAMILY,
    reading_schedules.FAMILY,
    service_requests.FAMILY,
    master_data_linkage.FAMILY,
    configuration.FAMILY,
    names.FAMILY,
    conversation.FAMILY,
    choreographies.FAMILY,
    wsdl.FAMILY,
)
"""In the order in which a message is read. To add a rule, add it to the file of its family."""

EVERYTHING: Final[tuple[Demand | Rule, ...]] = tuple(asked for family in FAMILIES for asked in family.asked)

RULES: Final[tuple[Rule, ...]] = tuple(asked for asked in EVERYTHING if isinstance(asked, Rule))

DEMANDS: Final[tuple[Demand, ...]] = tuple(asked for asked in EVERYTHING if isinstance(asked, Demand))
"""What is asked of bytes, XML, SOAP, wrapping and schema, before any rule."""

RULES_BY_VIEW: Final[dict[type, tuple[Rule, ...]]] = {
    view: tuple(rule for rule in RULES if rule.works_on is view) for view in dict.fromkeys(rule.works_on for rule in RULES)
}

OWED: Final = frozenset(rule.id for rule in RULES if rule.is_owed)
"""Rules about answers that are missing: whom the message went to has to mend it, not who sent it."""

ABOUT_DATA: Final = frozenset({"MR-15", "MR-16", "MR-17", "MR-18", "CV-09"})
"""Rules that a well-written message breaks when a meter measures nonsense: a scenario that breaks a meter expects them."""
