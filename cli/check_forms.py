"""Where `metergate check` writes what it found, and in which form."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import typer
from rich.console import Console

from ami.errors import ConfigurationError
from ami.ports import Json
from conformance.checking import Checked
from reports.checked import difference, standings
from reports.checked.as_html import as_html
from reports.checked.as_json import as_json, written
from reports.checked.as_junit import as_junit
from reports.checked.as_sarif import as_sarif
from reports.checked.difference import Difference
from reports.checked.outcome import dialects_told
from reports.checked.text import in_full, lines


class Form(StrEnum):
    """The forms of `--format`."""

    TEXT = "text"
    LINES = "lines"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    HTML = "html"


Destinations = list[tuple[Form, Path | None]]
"""Each form with its file; None: standard output."""

_BY_ENDING: Final = {".json": Form.JSON, ".sarif": Form.SARIF, ".xml": Form.JUNIT, ".html": Form.HTML, ".txt": Form.TEXT}


def destinations(forms: Sequence[Form], outputs: Sequence[Path]) -> Destinations:
    """What is to be written where: each file takes the form in its place, else that of its ending; one form more goes to standard output.

    Raises ConfigurationError where a form has no place, or a file no form.
    """
    if len(forms) > len(outputs) + 1:
        raise ConfigurationError(f"{len(forms)} forms have {len(outputs)} files: name an --output for all but the last of them")
    found: Destinations = []
    for place, path in enumerate(outputs):
        form = forms[place] if place < len(forms) else _BY_ENDING.get(path.suffix.lower())
        if form is None:
            raise ConfigurationError(f"what to write into {path} is not said: use --format, or end it in {', '.join(_BY_ENDING)}")
        if not path.parent.is_dir():
            raise ConfigurationError(f"cannot write {path}: there is no folder {path.parent}")
        found.append((form, path))
    last = forms[-1] if len(forms) > len(outputs) else Form.TEXT if sys.stdout.isatty() else Form.LINES
    return [*found, (last, None)]


def write(form: Form, path: Path | None, checked: Sequence[Checked], named: Sequence[str], dialect: str, code: int) -> None:
    """Write what was found. path: None for standard output. Raises ConfigurationError where it cannot be written."""
    if form in (Form.TEXT, Form.LINES) and path is None:
        _show(form, checked)
        return
    _put(path, _whole(form, checked, named, dialect, code))


def write_difference(form: Form, path: Path | None, compared: Difference, code: int) -> None:
    """Write what two sets differ in: as JSON, or a line for each finding."""
    if form is Form.JSON:
        _put(path, _dumped(difference.as_json(compared, code)))
    elif form in (Form.TEXT, Form.LINES):
        told = [*(f"new   {found}" for found in compared.new), *(f"gone  {found}" for found in compared.gone)]
        _put(path, "".join(f"{line}\n" for line in told).encode())
    else:
        raise ConfigurationError(f"--diff is written as text, lines or json, not as {form}")


def _show(form: Form, checked: Sequence[Checked]) -> None:
    if form is Form.LINES:
        for each in checked:
            for line in lines(each):
                typer.echo(line)
        return
    console = Console()
    for each in checked:
        for text in in_full(each):
            console.print(text, highlight=False, soft_wrap=True)


def _whole(form: Form, checked: Sequence[Checked], named: Sequence[str], dialect: str, code: int) -> bytes:
    now = datetime.now().astimezone()
    if form is Form.JSON:
        return f"{written(as_json(checked, named, dialect, code))}\n".encode("utf-8", "replace")
    if form is Form.SARIF:
        return _dumped(as_sarif(checked))
    if form is Form.JUNIT:
        return as_junit(checked, now)
    if form is Form.HTML:
        return as_html(checked, dialect, f"{now:%Y-%m-%d %H:%M %Z}").encode("utf-8", "replace")
    told = (lines(each) if form is Form.LINES else (text.plain for text in in_full(each)) for each in checked)
    listed = [line for each in told for line in each]
    if form is Form.TEXT:
        listed += filter(None, [*standings.told(checked), dialects_told(checked)])
    return "".join(f"{line}\n" for line in listed).encode("utf-8", "replace")


def _dumped(value: dict[str, Json]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _put(path: Path | None, content: bytes) -> None:
    if path is None:
        typer.echo(content.decode(), nl=False)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(f"cannot write {path}: {error.strerror or error}") from None
