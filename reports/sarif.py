"""SARIF 2.1.0, the form in which code scanning servers take findings: results with their place, and the rules that they break."""

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

from ami.findings import Severity
from ami.ports import Json
from reports.legible import legible

VERSION: Final = "2.1.0"
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.REMARK: "note"}
_ROOT: Final = "%SRCROOT%"


class Broken(NamedTuple):
    """A rule as a reader of results needs it. asks: in a sentence; why: what a breach costs; mend: what to change, may be empty."""

    id: str
    asks: str
    why: str
    mend: str
    clause: str
    severity: Severity
    address: str = ""


class Issue(NamedTuple):
    """One result. file: a path, relative to where the reader's tree begins, or absolute. line, column: from 1; 0 where unknown.

    place: the element, by its path; text: what a person reads; snippet: the piece of the file; told_apart: what tells it from its
    like when lines move.
    """

    rule_id: str
    severity: Severity
    text: str
    file: str
    line: int
    column: int = 0
    place: str = ""
    snippet: str = ""
    told_apart: tuple[str, ...] = ()


class Notice(NamedTuple):
    """What a reader of results has to know about how they came about. file: as that of an Issue; place: what of it, may be empty."""

    file: str
    text: str
    place: str = ""


NOT_JUDGED: Final[dict[str, Json]] = {
    "id": "not-judged",
    "shortDescription": {"text": "What of a file was not judged, and why: it may hold more than was found."},
    "defaultConfiguration": {"level": "warning"},
}
"""What notices are about."""


def log(
    issues: Sequence[Issue],
    rules: Iterable[Broken],
    version: str,
    *,
    complete: bool = True,
    notices: Sequence[Notice] = (),
    properties: dict[str, Json] | None = None,
) -> dict[str, Json]:
    """The whole log.

    rules: those that any issue may break; only those that one does break are told. complete: nothing was left out. notices: of what
    was not judged. properties: of the whole run.
    """
    broken = {issue.rule_id for issue in issues}
    told = [rule for rule in rules if rule.id in broken]
    places = {rule.id: place for place, rule in enumerate(told)}
    driver: dict[str, Json] = {
        "name": "MeterGate",
        "semanticVersion": version,
        "rules": [_rule(rule) for rule in told],
    }
    invocation: dict[str, Json] = {"executionSuccessful": complete}
    if notices:
        driver["notifications"] = [NOT_JUDGED]
        invocation["toolExecutionNotifications"] = [_notification(notice) for notice in notices]
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "Where the command was called."}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(issues, places),
    }
    if properties:
        run["properties"] = properties
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _notification(notice: Notice) -> Json:
    location: dict[str, Json] = {"physicalLocation": {"artifactLocation": artifact(notice.file)}}
    if notice.place:
        location["logicalLocations"] = [{"fullyQualifiedName": legible(notice.place)}]
    return {
        "descriptor": {"id": NOT_JUDGED["id"], "index": 0},
        "level": "warning",
        "message": {"text": legible(notice.text)},
        "locations": [location],
    }


def _rule(rule: Broken) -> Json:
    mend = f"\n\nTo mend it: {rule.mend}" if rule.mend else ""
    text = f"Asks for {rule.asks}.\n\n{rule.why}{mend}\n\nSource: {rule.clause}"
    told: dict[str, Json] = {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": legible(f"Asks for {rule.asks}.")},
        "fullDescription": {"text": legible(rule.why or f"Asks for {rule.asks}.")},
        "help": {"text": legible(text), "markdown": legible(text)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": ["conformance", rule.id.partition("-")[0]], "clause": legible(rule.clause)},
    }
    return told | ({"helpUri": rule.address} if rule.address else {})


def _results(issues: Sequence[Issue], places: dict[str, int]) -> list[Json]:
    alike: dict[str, int] = {}
    results: list[Json] = []
    for issue in issues:
        print_of_it = sha256("\0".join((issue.rule_id, issue.file, issue.place, *issue.told_apart)).encode("utf-8", "replace")).hexdigest()[
            :32
        ]
        alike[print_of_it] = number = alike.get(print_of_it, 0) + 1
        results.append(_result(issue, places, f"{print_of_it}:{number}"))
    return results


def _result(issue: Issue, places: dict[str, int], fingerprint: str) -> Json:
    region: dict[str, Json] = {"startLine": max(issue.line, 1)}
    if issue.column:
        region["startColumn"] = issue.column
    if issue.snippet:
        region["snippet"] = {"text": legible(issue.snippet)}
    location: dict[str, Json] = {"physicalLocation": {"artifactLocation": artifact(issue.file), "region": region}}
    if issue.place:
        location["logicalLocations"] = [{"fullyQualifiedName": legible(issue.place), "kind": "element"}]
    result: dict[str, Json] = {
        "ruleId": issue.rule_id,
        "level": LEVELS[issue.severity],
        "message": {"text": legible(issue.text)},
        "locations": [location],
        "partialFingerprints": {"metergate/v1": fingerprint},
    }
    # A rule that the caller does not describe has no place among the rules.
    return result | ({"ruleIndex": places[issue.rule_id]} if issue.rule_id in places else {})


def artifact(file: str) -> dict[str, Json]:
    """Where a file is: relative to where the command was called, if it is below that."""
    path, here = Path(file), Path.cwd()
    if path.is_absolute() and not path.is_relative_to(here):
        return {"uri": path.as_uri()}
    relative = path.relative_to(here) if path.is_absolute() else path
    return {"uri": quote(os.fsencode(relative.as_posix())), "uriBaseId": _ROOT}
