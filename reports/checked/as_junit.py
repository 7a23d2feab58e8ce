"""JUnit XML: a suite per file, a test case per message."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from lxml import etree

from conformance.checking import Checked
from reports.checked.text import line, not_judged
from reports.legible import legible

_COUNTS = ("tests", "failures", "errors", "skipped")


def as_junit(checked: Sequence[Checked], at: datetime) -> bytes:
    """The whole document. at: when it was judged."""
    root = etree.Element("testsuites", name="metergate check")
    for file, messages in groupby(checked, lambda each: each.file):
        _suite(root, file, list(messages), at)
    for key in _COUNTS:
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))
    root.set("time", "0.000")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _suite(root: etree._Element, file: str, messages: Sequence[Checked], at: datetime) -> None:
    failed = sum(each.has_errors for each in messages)
    skipped = sum(not each.is_judged and not each.has_errors for each in messages)
    suite = etree.SubElement(root, "testsuite", name=legible(file))
    for key, number in zip(_COUNTS, (len(messages), failed, 0, skipped), strict=True):
        suite.set(key, str(number))
    suite.set("time", "0.000")
    suite.set("timestamp", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
    named: dict[str, int] = {}
    for each in messages:
        name = each.part.removeprefix("#") or each.what or "message"
        named[name] = again = named.get(name, 0) + 1
        _case(suite, each, f"{name} ({again})" if again > 1 else name)


def _case(suite: etree._Element, checked: Checked, name: str) -> None:
    case = etree.SubElement(
        suite, "testcase", name=legible(name), classname=legible(checked.file), file=legible(checked.file), time="0.000"
    )
    is_skipped = not checked.is_judged and not checked.has_errors
    left_out = "" if is_skipped else not_judged(checked)
    lines = "\n".join([*(line(checked, located) for located in checked.findings), *([f"not judged: {left_out}"] if left_out else ())])
    if checked.has_errors:
        first = next(each.finding for each in checked.findings if each.finding.severity == "error")
        element = etree.SubElement(case, "failure", message=legible(str(first)), type=first.rule_id)
        element.text = legible(lines)
        return
    if is_skipped:
        etree.SubElement(case, "skipped", message=legible(checked.told or "no message in it"), type="no message")
    if lines:
        etree.SubElement(case, "system-out").text = legible(lines)
