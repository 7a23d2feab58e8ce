"""The schema layer: messages against the XSDs of their dialect, with what the validator says put in plain words."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from lxml import etree

from ami import schemas
from ami.dialect import Dialect, dialect
from ami.findings import Finding, Severity, Where
from ami.schemas import compiling
from conformance.rule import MOST_FINDINGS, Demand
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

_NAMESPACE = re.compile(r"\{[^}']*\}")
_NAMESPACES = re.compile(r"\{([^}']*)\}")
_NO_DECLARATION: Final = "SCHEMAV_CVC_ELT_1"
_QUOTED = re.compile(r"'([^']*)'")
_LONGEST_VALUE: Final = 80

_Words = Callable[[re.Match[str]], tuple[str, str]]
_SAYINGS: Final[tuple[tuple[re.Pattern[str], _Words], ...]] = (
    (
        re.compile(r"\[facet 'enumeration'\] The value '(.*)' is not an element of the set \{(.*)\}\.", re.DOTALL),
        lambda m: (f"one of {', '.join(_QUOTED.findall(m[2]))}", f"{_short(m[1])!r}"),
    ),
    (
        re.compile(r"\[facet '(\w+)'\] The value '(.*?)' (.*)\.", re.DOTALL),
        lambda m: (f"a value that keeps to its {m[1]}", f"{_short(m[2])!r}"),
    ),
    (
        re.compile(r"'(.*)' is not a valid value of the (?:local )?(?:atomic|union|list) type(?: '(.*)')?\.", re.DOTALL),
        lambda m: (f"a value of type {m[2] or 'of its own'}", f"{_short(m[1])!r}"),
    ),
    (
        re.compile(r"This element is not expected\. Expected is (?:one of )?\( (.*) \)\.", re.DOTALL),
        lambda m: (f"{m[1].replace(', ', ' or ').replace('##other*', 'an element of another namespace')} here", "{element}"),
    ),
    (re.compile(r"This element is not expected\."), lambda _: ("no further element here", "{element}")),
    (
        re.compile(r"Missing child element\(s\)\. Expected is (?:one of )?\( (.*) \)\.", re.DOTALL),
        lambda m: (f"{m[1].replace(', ', ' or ')} in {{element}}", "{element} without it"),
    ),
    (re.compile(r"The attribute '(.*)' is required but missing\."), lambda m: (f"an attribute {m[1]}", "{element} without it")),
    (re.compile(r"The attribute '(.*)' is not allowed\."), lambda m: (f"no attribute {m[1]}", f"{{element}} with {m[1]}")),
    (
        re.compile(r"Character content (?:other than whitespace )?is not allowed.*", re.DOTALL),
        lambda _: ("nothing but elements in {element}", "text among them"),
    ),
    (re.compile(r"Element content is not allowed.*", re.DOTALL), lambda _: ("nothing but text in {element}", "an element")),
)


@cache
def compiled(dialect_name: str) -> etree.XMLSchema:
    """All schemas of a dialect as one. To be used by one thread at a time."""
    spoken = dialect(dialect_name)
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    parser.resolvers.add(_Documents(spoken))
    return compiling.compiled(etree.fromstring(schemas.entry(spoken).encode(), parser), schemas.roots(spoken))


class _Documents(etree.Resolver):
    """Gives the parser a dialect's documents instead of files."""

    def __init__(self, spoken: Dialect) -> None:
        self._documents = schemas.documents(spoken)

    def resolve(self, system_url: str | None, _public_id: str | None, context: Any) -> Any:
        name = (system_url or "").rpartition("/")[2]
        return self.resolve_string(self._documents.get(name, ""), context)


def breaches(element: etree._Element, dialect_name: str) -> list[Finding]:
    """What the schema has against an element (a message or a bare payload); empty when it is valid."""
    schema = compiled(dialect_name)
    if schema.validate(element):
        return list(_undeclared(element, dialect_name))
    errors = list(schema.error_log)[:MOST_ERRORS_READ]
    if errors and errors[0].type_name == _NO_DECLARATION:
        return [KNOWN_SCHEMA.finding(where(element), f"{local_name(element)}, which no schema of dialect {dialect_name} declares")]
    findings = list(_read(errors, element))
    more = len(findings) - MOST_FINDINGS
    if more > 0:
        findings[MOST_FINDINGS:] = [VALID.finding(Where("/", 0), f"{more:,} more places that the schema does not allow")]
    return [*findings, *_undeclared(element, dialect_name)]


def _undeclared(message: etree._Element, dialect_name: str) -> Iterator[Finding]:
    """A remark for each payload or query that the envelope lets pass, and that no schema describes."""
    spoken = dialect(dialect_name)
    own = (namespace(message), spoken.header_namespace)
    for part in children(message):
        for carried in children(part) if local_name(part) in ("Payload", "Request") else ():
            space, name = namespace(carried), local_name(carried)
            if space not in own and not (name in schemas.PAYLOADS and spoken.payload(name) == space):
                yield KNOWN_SCHEMA.finding(where(carried), f"{name} in namespace {space!r}, which no schema declares")


def _read(errors: list[Any], top: etree._Element) -> Iterator[Finding]:
    """One finding for each place: the validator often says two things about one value, the first of them the exact one."""
    seen = set()
    for error in errors:
        if error.path in seen:
            continue
        seen.add(error.path)
        element = _at(error.path or "", top)
        expected, found = _plainly(error.message, local_name(element))
        if expected == f"{found} here":
            found = f"{found} in namespace {namespace(element)!r}"
            spaces = map(repr, _NAMESPACES.findall(error.message.partition("Expected")[2]))
            expected = f"{local_name(element)} in namespace {' or '.join(spaces)} here"
        yield VALID.finding(Where(path(element), line(element)), found, expected)


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


def _plainly(message: str, element: str) -> tuple[str, str]:
    """(expected, found) of a validator's message."""
    said = _NAMESPACE.sub("", message).partition(": ")[2] or message
    for pattern, words in _SAYINGS:
        match = pattern.search(said)
        if match:
            expected, found = words(match)
            return expected.replace("{element}", element), found.replace("{element}", element)
    return VALID.requires, said


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
