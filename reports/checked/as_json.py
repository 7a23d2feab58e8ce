"""JSON for programs, as `docs/check.schema.json` describes it."""

from collections.abc import Sequence
from typing import Final

from ami.ports import Json
from conformance.checking import Checked, Located
from conformance.form import Form
from conformance.layers import Standing
from reports.checked import standings
from reports.checked.asked import broken
from reports.checked.outcome import counted

SCHEMA: Final = "metergate-check/1"


def as_json(checked: Sequence[Checked], named: Sequence[str], dialect: str, code: int) -> dict[str, Json]:
    """The whole object. named: the files and folders that were asked for; code: the exit code."""
    return {
        "schema": SCHEMA,
        "dialect": dialect,
        "named": list(named),
        "files": [_message(each) for each in checked],
        "layers": {row.layer.value: row.figures() for row in standings.rows(checked)},
        "counted": {severity.value: number for severity, number in counted(checked).items()},
        "messages": sum(each.is_judged for each in checked),
        "exit_code": code,
    }


def _message(checked: Checked) -> Json:
    return {
        "file": checked.file,
        "part": checked.part or None,
        "form": (checked.form or Form.OTHER).value,
        "message": checked.what or None,
        "dialect": checked.dialect or None,
        "told": checked.told or None,
        "schemas": [{"element": used.element, "origin": used.origin, "file": used.file} for used in checked.schemas],
        "layers": _layers(standings.of(checked)) if checked.reached else None,
        "findings": [_finding(located) for located in checked.findings],
    }


def _layers(standing: Standing) -> Json:
    return {
        "fine": [layer.value for layer in standing.fine],
        "found": {layer.value: number for layer, number in standing.found.items()},
        "absent": {layer.value: why for layer, why in standing.absent.items()},
        "not_reached": {layer.value: why for layer, why in standing.not_reached.items()},
    }


def _finding(located: Located) -> Json:
    finding, rule = located.finding, broken(located.finding.rule_id)
    excerpt: Json = None
    if located.excerpt is not None:
        text, column, begin, end = located.excerpt
        excerpt = {"text": text, "column": column, "begin": begin, "end": end}
    return {
        "rule": finding.rule_id,
        "severity": finding.severity.value,
        "path": finding.where.path,
        "line": finding.where.line,
        "file_line": located.line,
        "expected": finding.expected,
        "found": finding.found,
        "clause": rule.clause,
        "why": rule.why,
        "mend": rule.mend or None,
        "excerpt": excerpt,
    }
