"""The schema layer: messages against the XSDs of their dialect, with what the validator says put in plain words."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from lxml import etree

from ami.dialect import dialect
from ami.findings import Finding, Severity, Where
from ami.schemas.padding import is_only_padded
from conformance.rule import MOST_FINDINGS, Demand
from conformance.schema_choice import FOLDER, parts, used_for
from conformance.schema_flood import FLOODED_FROM_BYTES, flood
from conformance.schema_folder import SchemaFolder
from conformance.schema_words import plainly
from conformance.views.place import children, line, local_name, namespace, path, where

VALID = Demand(
    "XS-01",
    "a message that its schema allows",
    "IEC 61968-9, schema of the payload; IEC 61968-100, schema of the message",
    Severity.ERROR,
    "A receiver that validates refuses the whole message, with every reading in it.",
    "Validate what you send against the schema: `metergate schemas` lists which there are.",
    ("{payload}",),
    ('<MeterReadings xmlns="http://iec.ch/TC57/2011/MeterReadings#"><Reading/></MeterReadings>',),
)
KNOWN_SCHEMA = Demand(
    "XS-02",
    "a noun that there is a schema for",
    "MeterGate (schemas at hand)",
    Severity.REMARK,
    "What no schema describes is judged by the rules alone.",
    "Write the schema of the noun, or do without it.",
    ("{payload}",),
    ("{message about something without a schema}",),
)
DEMANDS: Final = (VALID, KNOWN_SCHEMA)

MOST_ERRORS_READ: Final = 500

_NAMESPACES = re.compile(r"\{([^}']*)\}")
_ALONE: Final = {
    "Compressed": "in a wrapper it stands beside its noun, which may be empty; alone only in a generic message",
    "OperationSet": "a set of operations is about no single noun, and stands in a generic message",
}
"""What the published wrappers do not let stand without the noun that their root is named for, and where it may stand."""

_ONE_CONTENT: Final = "one of documents, OperationSet, Compressed or ID in a Payload"
_NO_DECLARATION: Final = "SCHEMAV_CVC_ELT_1"


def breaches(
    element: etree._Element, payloads: Iterable[etree._Element], dialect_name: str, folder: SchemaFolder | None = None, size: int = 0
) -> list[Finding]:
    """What the schemas have against an element (a message or a bare payload); empty when it is valid.

    payloads: those that the message carries. folder: schemas that take the place of ours. size: bytes of the message.
    """
    findings: list[Finding] = []
    for part, schema in parts(element, payloads, dialect_name, folder):
        if schema is None:
            found = f"{local_name(part)} in namespace {namespace(part)!r}, which no schema declares"
            findings.append(KNOWN_SCHEMA.finding(where(part), found))
        elif size > FLOODED_FROM_BYTES and (very_many := flood(part, schema, VALID)):
            findings += very_many
        elif not schema.validate(part):
            findings += _found(_errors(schema), part, dialect_name, folder)
    second = _second_content(element, dialect_name) if not findings else None
    if second is not None:
        findings.append(VALID.finding(where(second), f"{local_name(second)} beside another", _ONE_CONTENT))
    return findings


def _second_content(message: etree._Element, dialect_name: str) -> etree._Element | None:
    """What a Payload of the envelope's own carries beside something of another kind; None where it carries one thing.

    The published envelope has a choice there. Ours has a sequence, since a client that zeep makes of a choice cannot send a document.
    """
    own = dialect(dialect_name).header_namespace
    payload = message.find(f"{{{own}}}Payload")
    first = None
    for part in children(payload) if payload is not None and len(payload) > 1 else ():
        kind = local_name(part) if namespace(part) == own else ""
        if kind == "Format":
            continue
        if first is not None and kind != first:
            return part
        first = kind
    return None


def _errors(schema: etree.XMLSchema) -> list[Any]:
    """What a schema has against what it validated last, as much as is read of it; what only the validator dislikes is left out."""
    errors = (error for error in schema.error_log if not is_only_padded(error.message))
    return list(islice(errors, MOST_ERRORS_READ))


def _found(errors: list[Any], top: etree._Element, dialect_name: str, folder: SchemaFolder | None) -> list[Finding]:
    if errors and errors[0].type_name == _NO_DECLARATION:
        return [KNOWN_SCHEMA.finding(where(top), f"{local_name(top)}, which no schema of dialect {dialect_name} declares")]
    findings = list(_read(errors, top, dialect_name, folder))
    more = len(findings) - MOST_FINDINGS
    if more > 0:
        findings[MOST_FINDINGS:] = [VALID.finding(Where("/", 0), f"{more:,} more places that the schema does not allow")]
    return findings


def _read(errors: list[Any], top: etree._Element, dialect_name: str, folder: SchemaFolder | None) -> Iterator[Finding]:
    """One finding for each place: the validator often says two things about one value, the first of them the exact one."""
    seen = set()
    for error in errors:
        if error.path in seen:
            continue
        seen.add(error.path)
        element = _at(error.path or "", top)
        expected, found = plainly(error.message, local_name(element), VALID.requires)
        if expected == f"{found} here":
            found = f"{found} in namespace {namespace(element)!r}"
            spaces = map(repr, _NAMESPACES.findall(error.message.partition("Expected")[2]))
            expected = f"{local_name(element)} in namespace {' or '.join(spaces)} here"
        elif found in _ALONE and local_name(element) == found:
            found = f"{found} alone; {_ALONE[found]}"
        yield VALID.finding(Where(path(element), line(element)), found, expected + _by_whom(element, dialect_name, folder))


def _by_whom(element: etree._Element, dialect_name: str, folder: SchemaFolder | None) -> str:
    """Whose demand it is, where it is not that of a published schema: ours could be mistaken, and a folder is the user's own."""
    for place in (element, *element.iterancestors()):
        judge = used_for(place, dialect_name, folder)
        if judge is not None:
            if judge.origin == FOLDER:
                return f" (schema {judge.file} of the folder)"
            return f" (schema of {judge.element}, {judge.origin})" if judge.origin == "derived" else ""
    return ""


def _at(node_path: str, top: etree._Element) -> etree._Element:
    """The element that a validator's path names. Its steps count from `top`; `*` stands for a name without a prefix."""
    element = top
    for step in node_path.strip("/").split("/")[1:]:
        name, _, number = step.rstrip("]").partition("[")
        prefix, _, own_name = name.rpartition(":")
        alike = [inner for inner in children(element) if name == "*" or (local_name(inner) == own_name and (inner.prefix or "") == prefix)]
        place = int(number or 1) - 1
        if place >= len(alike):
            return element
        element = alike[place]
    return element
