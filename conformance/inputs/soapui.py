"""SoapUI project files: the requests in them and the answers of their mock services."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ami.findings import Finding
from conformance.capture import REPLY, REQUEST, Capture
from conformance.inputs.entry import Entry, without_message
from conformance.parser import parsed
from conformance.views.place import local_name

_LEG: Final = {"request": REQUEST, "responseContent": REPLY}
_NAMED: Final = ("interface", "operation", "call", "testSuite", "testCase", "testStep", "mockService", "mockOperation", "response")
_FILLED_IN: Final = "${"


def entries(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of a project. One that SoapUI still fills in is told, not judged: nobody ever sent it as it stands."""
    root = parsed(raw)
    if isinstance(root, Finding):
        yield Entry(file, refused=root)
        return
    number = 0
    for element in root.iter(etree.Element):
        leg = _LEG.get(local_name(element))
        text = element.text or ""
        if leg is None or not text.lstrip().startswith("<"):
            continue
        number += 1
        part = f"#{number} {_title(element)}"
        line = (element.sourceline or 1) + text[: len(text) - len(text.lstrip())].count("\n")
        if _FILLED_IN in text:
            yield Entry(
                file,
                part,
                first_line=line,
                told="it holds ${…}, which SoapUI fills in when it runs: save the filled message, and check that",
            )
            continue
        yield Entry(file, part, Capture(text.strip().encode("utf-8"), leg=leg, soap_action=_action(element)), None, line)
    if not number:
        yield without_message(file, "no request and no mock response in this SoapUI project")


def _title(element: etree._Element) -> str:
    """The names of what an element stands in, from the outside in."""
    names = [str(owner.get("name")) for owner in element.iterancestors() if local_name(owner) in _NAMED and owner.get("name")]
    return "/".join(reversed(names)) or local_name(element)


def _action(element: etree._Element) -> str | None:
    if local_name(element) != "request":
        return None
    return next((owner.get("action") or None for owner in element.iterancestors() if local_name(owner) == "operation"), None)
