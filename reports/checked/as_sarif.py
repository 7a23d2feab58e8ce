"""SARIF for code scanning: each finding at the line of its file."""

from collections.abc import Sequence

from ami.ports import Json
from conformance.checking import Checked
from harness.product import product_version
from reports.checked.asked import everything
from reports.sarif import Issue, log

STANDARD_INPUT = "standard-input"


def as_sarif(checked: Sequence[Checked]) -> dict[str, Json]:
    """The whole log."""
    return log([issue for each in checked for issue in _issues(each)], everything(), product_version())


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
                STANDARD_INPUT if checked.file == "-" else checked.file,
                line,
                excerpt.column if is_own and excerpt else 0,
                f"{checked.part}{finding.where.path}",
                excerpt.text if is_own and excerpt else "",
                (checked.part, finding.expected, finding.found),
            )
        )
    return issues
