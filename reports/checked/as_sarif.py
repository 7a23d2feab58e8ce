"""SARIF for code scanning: each finding at the line of its file."""

from collections.abc import Sequence

from ami.ports import Json
from conformance.checking import Checked
from harness.product import product_version
from reports.checked import standings
from reports.checked.asked import everything
from reports.checked.text import not_judged
from reports.sarif import Issue, Notice, log

STANDARD_INPUT = "standard-input"


def as_sarif(checked: Sequence[Checked]) -> dict[str, Json]:
    """The whole log."""
    issues = [issue for each in checked for issue in _issues(each)]
    notices = [Notice(_file(each), f"Not judged: {not_judged(each)}", each.part) for each in checked if not_judged(each)]
    counted: Json = {row.layer.value: row.figures() for row in standings.rows(checked)}
    return log(issues, everything(), product_version(), notices=notices, properties={"layers": counted})


def _file(checked: Checked) -> str:
    return STANDARD_INPUT if checked.file == "-" else checked.file


def _issues(checked: Checked) -> list[Issue]:
    issues = []
    for finding, line, excerpt in checked.findings:
        inside = f" in {checked.part.removeprefix('#')}" if checked.part else ""
        # Where the file has no lines of the message's own, a column of the message says nothing about it.
        is_own = excerpt is not None and not checked.part
        issues.append(
            Issue(
                finding.rule_id,
                finding.severity,
                f"Expected {finding.expected}; found {finding.found}{inside}",
                _file(checked),
                line,
                excerpt.column if is_own and excerpt else 0,
                f"{checked.part}{finding.where.path}",
                excerpt.text if is_own and excerpt else "",
                (checked.part, finding.expected, finding.found),
            )
        )
    return issues
