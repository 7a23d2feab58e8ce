"""What a schema has against a part of a message with very many things wrong side by side, in time in proportion to their number.

For each error in a tree, libxml2 walks over everything beside and before its place: tens of thousands of them side by side take
minutes, and a few megabytes take days. While it parses it does not, but then it does not know where an error is.
"""

import re
from itertools import islice
from typing import Final

from lxml import etree

from ami.findings import Finding, Where
from ami.schemas.padding import is_only_padded
from conformance.rule import MOST_FINDINGS, Demand
from conformance.schema_words import plainly
from conformance.views.place import line, local_name, path

FLOODED_FROM_BYTES: Final = 100 * 1024
"""Smaller messages have no room for so many errors that they take time."""

WIDE: Final = 2000
"""Elements right in another; fewer cannot cost much time."""

MANY: Final = 1000
"""Errors; so many at most are looked for in the tree, each with its place."""

_NAMED = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")
_IS_WIDE: Final = etree.XPath(f"boolean(descendant-or-self::*[*[{WIDE}]])")


def flood(part: etree._Element, schema: etree.XMLSchema, demand: Demand) -> list[Finding]:
    """One finding for each kind of error in a part with very many, and their number; none where the tree can be asked."""
    if not _IS_WIDE(part):
        return []
    parser = etree.XMLParser(schema=schema, no_network=True, load_dtd=False, resolve_entities=False, collect_ids=False)
    try:
        etree.fromstring(etree.tostring(part, with_tail=False), parser)
    except etree.XMLSyntaxError:
        errors = [error for error in parser.error_log if not is_only_padded(error.message)]
    else:
        return []
    if len(errors) <= MANY:
        return []
    place = Where(path(part), line(part))
    kinds = list(islice(dict.fromkeys(error.message for error in errors), MOST_FINDINGS))
    findings = []
    for message in kinds:
        named = _NAMED.match(message)
        expected, found = plainly(message, named[1] if named else local_name(part), demand.requires)
        findings.append(demand.finding(place, found, expected))
    return [*findings, demand.finding(Where("/", 0), f"{len(errors) - len(kinds):,} more places that the schema does not allow")]
