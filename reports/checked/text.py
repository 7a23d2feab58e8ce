"""Findings for people: in full with the piece of the message, or one line each, as editors and CI servers read them."""

from collections.abc import Iterator

from rich.text import Text

from ami.findings import Severity
from conformance import layers
from conformance.checking import Checked, Located
from reports.checked.asked import broken
from reports.legible import in_one_line, legible

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.REMARK: "cyan"}


def line(checked: Checked, located: Located) -> str:
    """One finding in one line: file, line, and all the rest."""
    finding = located.finding
    said = f"{finding.rule_id} {finding.severity} {finding.where.path}: expected {finding.expected}; found {finding.found}"
    # A part is a message of its own, and its lines are what its reader sees.
    number = finding.where.line if checked.part else located.line
    return f"{in_one_line(checked.name)}:{number}: {' '.join(legible(said).split())}"


def not_judged(checked: Checked) -> str:
    """What of a message, or of a file without one, was not judged, and why; empty where all of it was."""
    return checked.told or layers.told(checked.reached)


def lines(checked: Checked) -> Iterator[str]:
    """A line for each finding, and one for what was not judged."""
    yield from (line(checked, located) for located in checked.findings)
    left_out = not_judged(checked)
    if left_out:
        yield f"{in_one_line(checked.name)}: not judged: {in_one_line(left_out)}"


def in_full(checked: Checked) -> Iterator[Text]:
    """Each finding with the piece of the message, what was expected and found, the clause, and how to mend it."""
    for located in checked.findings:
        yield from _finding(checked, located)
    left_out = not_judged(checked)
    if left_out:
        yield Text.assemble((in_one_line(checked.name), "bold"), (f"  not judged: {in_one_line(left_out)}", "cyan"))
        if checked.findings:
            yield Text("")


def _finding(checked: Checked, located: Located) -> Iterator[Text]:
    finding, rule = located.finding, broken(located.finding.rule_id)
    colour = COLOURS[finding.severity]
    place = f":{located.line}" if located.line and not checked.part else ""
    inside = f"  line {finding.where.line}" if checked.part and finding.where.line else ""
    yield Text.assemble((f"{in_one_line(checked.name)}{place}", "bold"), (f"  {finding.severity}", colour), f"  {finding.rule_id}")
    yield Text(f"  {in_one_line(finding.where.path)}{inside}", "dim")
    if located.excerpt is not None and located.excerpt.text.strip():
        text, _, begin, end = located.excerpt
        margin = f"{finding.where.line:>6} | "
        yield Text.assemble((margin, "dim"), in_one_line(text.replace("\t", " ")))
        if end > begin:
            yield Text.assemble((f"{'| ':>{len(margin)}}", "dim"), " " * begin, ("^" * (end - begin), colour))
    told = {"expected": legible(finding.expected), "found": legible(finding.found), "clause": rule.clause, "mend": rule.mend}
    for name, said in told.items():
        if said:
            yield Text.assemble((f"  {name:<9}", "dim"), " ".join(said.split()))
    yield Text("")
