"""Where `metergate check` writes what it found, and in which form."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from stat import S_ISREG
from typing import Final

import typer
from rich.console import Console

from ami.errors import ConfigurationError, HarnessError
from ami.ports import Json
from cli import streams
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

_OBEYED: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_HALF_A_PAIR: Final = re.compile("[\ud800-\udfff]")


def destinations(forms: Sequence[Form], outputs: Sequence[Path]) -> Destinations:
    """What is to be written where: each file takes the form in its place, else that of its ending; one form more goes to standard output.

    Raises ConfigurationError where a form has no place, or a file no form.
    """
    if len(forms) > len(outputs) + 1:
        raise ConfigurationError(f"{len(forms)} forms have {len(outputs)} files: name an --output for all but the last of them")
    found: Destinations = []
    for place, path in enumerate(outputs):
        if path in outputs[:place]:
            raise ConfigurationError(f"{path} would be written twice: name each --output once")
        form = forms[place] if place < len(forms) else _BY_ENDING.get(path.suffix.lower())
        if form is None:
            raise ConfigurationError(f"what to write into {path} is not said: use --format, or end it in {', '.join(_BY_ENDING)}")
        if not os.path.isdir(path.parent):  # noqa: PTH112 - says no to a name that is too long, too
            raise ConfigurationError(f"cannot write {path}: there is no folder {path.parent}")
        if os.path.isdir(path) or not os.access(path if os.path.exists(path) else path.parent, os.W_OK):  # noqa: PTH110, PTH112 - likewise
            raise ConfigurationError(f"cannot write {path}: it is a folder, or may not be written")
        found.append((form, path))
    last = forms[-1] if len(forms) > len(outputs) else Form.TEXT if sys.stdout.isatty() else Form.LINES
    return [*found, (last, None)]


def spare(destinations: Destinations, read: Iterable[Path | str]) -> None:
    """Raises ConfigurationError where what is written would take the place of a file that is read."""
    written = {path: about for _, path in destinations if path is not None and (about := _known(path)) is not None}
    for path in read if written else ():
        if _known(path) in written.values():
            raise ConfigurationError(f"{path} is read, and would be overwritten: name another --output")


def _known(path: Path | str) -> tuple[int, int] | None:
    """What tells a file from others by whatever name; None for none, and for a device, which nothing can be lost of."""
    try:
        about = os.stat(path)  # noqa: PTH116 - of ten thousand files, perhaps
    except OSError:
        return None
    return (about.st_dev, about.st_ino) if S_ISREG(about.st_mode) else None


def write(form: Form, path: Path | None, checked: Sequence[Checked], named: Sequence[str], dialect: str, code: int) -> None:
    """Write what was found. path: None for standard output. Raises HarnessError where it cannot be written."""
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
        return _shown(written(as_json(checked, named, dialect, code)))
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
    return _shown(json.dumps(value, ensure_ascii=False, indent=2))


def _shown(text: str) -> bytes:
    """JSON that can be looked at, too: what a terminal would obey is written as its number, and half a pair as what stands for any."""
    shown = _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", _HALF_A_PAIR.sub("\ufffd", text))
    return f"{shown}\n".encode()


def _put(path: Path | None, content: bytes) -> None:
    if path is None:
        streams.put(content)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HarnessError(f"cannot write {path}: {error.strerror or error}") from None
