"""JSON for programs, as `docs/check.schema.json` describes it."""

from collections.abc import Sequence
from functools import lru_cache
from json import dumps
from textwrap import indent
from typing import Final

from ami.ports import Json
from conformance.checking import Checked, Located
from conformance.form import Form
from conformance.layers import Reached, Standing, standing
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


def written(value: dict[str, Json]) -> str:
    """The object as text: a message with findings over several lines, and one without in one, of which there can be ten thousand."""
    files = value["files"]
    if not isinstance(files, list) or not files:
        return _indented(value)
    lines = ",\n".join(indent(_one(file), "    ") for file in files)
    before, _, after = _indented(value | {"files": []}).partition('"files": []')
    return f'{before}"files": [\n{lines}\n  ]{after}'


def _one(file: Json) -> str:
    has_findings = isinstance(file, dict) and file["findings"]
    return _indented(file) if has_findings else dumps(file, ensure_ascii=False)


def _indented(value: Json) -> str:
    return dumps(value, ensure_ascii=False, indent=2)


def _message(checked: Checked) -> Json:
    return {
        "file": checked.file,
        "part": checked.part or None,
        "form": (checked.form or Form.OTHER).value,
        "message": checked.what or None,
        "dialect": checked.dialect or None,
        "told": checked.told or None,
        "schemas": [{"element": used.element, "origin": used.origin, "file": used.file} for used in checked.schemas],
        "layers": (_layers(standings.of(checked)) if checked.findings else _clean(checked.reached)) if checked.reached else None,
        "findings": [_finding(located) for located in checked.findings],
    }


@lru_cache(maxsize=256)
def _clean(reached: Reached) -> Json:
    """That of all messages alike in which nothing was found."""
    return _layers(standing(reached, ()))


def _layers(stands: Standing) -> Json:
    return {
        "fine": [layer.value for layer in stands.fine],
        "found": {layer.value: number for layer, number in stands.found.items()},
        "absent": {layer.value: why for layer, why in stands.absent.items()},
        "not_reached": {layer.value: why for layer, why in stands.not_reached.items()},
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
