"""The catalogue: everything that the judge asks, family by family, and the page that shows it."""

from collections.abc import Iterator
from typing import Final

from conformance.families import (
    bytes_and_xml,
    controls,
    conversation,
    events,
    files,
    header,
    master_data_linkage,
    message,
    meter_readings,
    queries,
    reading_qualities,
    reading_schedules,
    reading_types,
    reply,
    schema,
    service_requests,
    soap_envelope,
)
from conformance.family import Family
from conformance.rule import Demand, Rule

FAMILIES: Final[tuple[Family, ...]] = (
    files.FAMILY,
    bytes_and_xml.FAMILY,
    soap_envelope.FAMILY,
    message.FAMILY,
    schema.FAMILY,
    header.FAMILY,
    reply.FAMILY,
    meter_readings.FAMILY,
    reading_types.FAMILY,
    reading_qualities.FAMILY,
    queries.FAMILY,
    events.FAMILY,
    controls.FAMILY,
    reading_schedules.FAMILY,
    service_requests.FAMILY,
    master_data_linkage.FAMILY,
    conversation.FAMILY,
)
"""In the order in which a message is read. To add a rule, add it to the file of its family."""

EVERYTHING: Final[tuple[Demand | Rule, ...]] = tuple(asked for family in FAMILIES for asked in family.asked)

RULES: Final[tuple[Rule, ...]] = tuple(asked for asked in EVERYTHING if isinstance(asked, Rule))

DEMANDS: Final[tuple[Demand, ...]] = tuple(asked for asked in EVERYTHING if isinstance(asked, Demand))
"""What is asked of bytes, XML, SOAP, wrapping and schema, before any rule."""

RULES_BY_VIEW: Final[dict[type, tuple[Rule, ...]]] = {
    view: tuple(rule for rule in RULES if rule.works_on is view) for view in dict.fromkeys(rule.works_on for rule in RULES)
}

ABOUT_DATA: Final = frozenset({"MR-15", "MR-16", "MR-17", "MR-18", "CV-09"})
"""Rules that a well-written message breaks when a meter measures nonsense: a scenario that breaks a meter expects them."""


def as_markdown() -> str:
    """The page `docs/rules.md`."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield "# What the judge asks"
    yield ""
    yield "Made from the rules by `conformance.catalogue.as_markdown`; a test keeps it current. An *error* fails a scenario; a *warning*"
    yield "and a *remark* do not."
    for family in FAMILIES:
        yield ""
        yield f"## {family.title}"
        yield ""
        for asked in family.asked:
            yield from _entry(asked)


def _entry(asked: Demand | Rule) -> Iterator[str]:
    yield f"- **{asked.id}** ({asked.severity}) asks for {asked.requires}. {asked.why}"
    if isinstance(asked, Rule) and asked.mend:
        yield f"  To mend it: {asked.mend[0].lower()}{asked.mend[1:]}"
    yield f"  *{asked.source}*"
