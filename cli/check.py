"""`metergate check`: messages in files, judged."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer import Argument, Option

from ami.findings import Finding, Severity
from ami.outcomes import EXIT_CODES, Outcome
from conformance.checking import CheckedFile, check_files
from conformance.form import Form

EXAMPLES = (
    "./metergate check delivery.xml",
    "./metergate check captured/ --format json",
    "cat delivery.xml | ./metergate check -",
)

STANDARD_INPUT = Path("/dev/stdin")

Files = Annotated[list[Path], Argument(metavar="FILE", help="Files with one message each, folders of *.xml, or - for standard input.")]
Format = Annotated[Literal["text", "json"], Option("--format", help="A line per finding, or one JSON object.")]
Dialect = Annotated[str, Option("--dialect", metavar="NAME", help="How the messages are expected to be wrapped.")]


def command(files: Files, form: Format = "text", dialect: Dialect = "2011") -> int:
    """Judge messages in files by the rules of IEC 61968-9 and -100.

    Each finding is a line: file:line: rule severity path: expected …; found …

    With --format json, one object: `dialect`; `files`, each with its `file`, `form` (SOAP 1.1 envelope, message without SOAP …),
    `message` (verb and noun, or null) and `findings`, each with `rule`, `severity` (error, warning, remark), `path`, `line` (0: the
    whole message), `expected` and `found`; `counted`, the findings of all files by severity; and `exit_code`.

    Exit code: 0 no finding is an error, 1 at least one is, 2 there was no message to judge, 64 bad usage or a file that cannot be read.
    """
    checked = check_files(_single_files(files), dialect)
    code = EXIT_CODES[outcome(checked)]
    if form == "json":
        typer.echo(json.dumps(as_json(checked, dialect, code), ensure_ascii=False, indent=2))
    else:
        for file in checked:
            for finding in file.findings:
                typer.echo(line(file, finding))
        typer.echo(_told(checked), err=True)
    return code


def _single_files(named: Iterable[Path]) -> Iterator[Path]:
    for path in named:
        if path == Path("-"):
            yield STANDARD_INPUT
        elif path.is_dir():
            yield from sorted(path.rglob("*.xml"))
        else:
            yield path


def outcome(checked: Sequence[CheckedFile]) -> Outcome:
    """What the files come to together; where no message was found, none was judged, and that is no pass."""
    if any(file.has_errors for file in checked):
        return Outcome.FAILED
    if all(file.form in (Form.UNREADABLE, Form.OTHER) for file in checked):
        return Outcome.NOT_TESTED
    return Outcome.PASSED


def line(file: CheckedFile, finding: Finding) -> str:
    """One finding as editors and CI servers read it: file, line, and all the rest."""
    said = f"{finding.rule_id} {finding.severity} {finding.where.path}: expected {finding.expected}; found {finding.found}"
    return f"{_name(file)}:{finding.where.line}: {' '.join(said.split())}"


def as_json(checked: Sequence[CheckedFile], dialect: str, code: int) -> dict[str, object]:
    """The object of `--format json`."""
    files = [
        {
            "file": _name(file),
            "form": file.form.value,
            "message": file.what or None,
            "findings": [
                {
                    "rule": finding.rule_id,
                    "severity": finding.severity.value,
                    "path": finding.where.path,
                    "line": finding.where.line,
                    "expected": finding.expected,
                    "found": finding.found,
                }
                for finding in file.findings
            ],
        }
        for file in checked
    ]
    return {"dialect": dialect, "files": files, "counted": _counted(checked), "exit_code": code}


def _counted(checked: Sequence[CheckedFile]) -> dict[str, int]:
    counter = Counter(finding.severity for file in checked for finding in file.findings)
    return {severity.value: counter[severity] for severity in Severity}


def _told(checked: Sequence[CheckedFile]) -> str:
    counted = ", ".join(f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in _counted(checked).items())
    if not checked:
        return "no file to check"
    return f"{len(checked)} {'file' if len(checked) == 1 else 'files'} checked: {counted}"


def _name(file: CheckedFile) -> str:
    return "-" if file.name == str(STANDARD_INPUT) else file.name
