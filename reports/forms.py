"""Every form of report, and the one call that writes them into the folder of a run."""

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ami.errors import ConfigurationError, RecordError
from harness.record import FILE_NAME
from reports import allure, cucumber, junit, markdown, recount, run_sarif
from reports.integrity import complaints
from reports.lines import Message
from reports.run import Run, read
from reports.site import page
from reports.site.past import PastRun

PYTEST_XML = "pytest.xml"
"""Where pytest itself writes what it counted, beside the record."""

Form = Callable[[Run, Sequence[str], Path], Path]


def _site(run: Run, said: Sequence[str], folder: Path, past: Sequence[PastRun] = ()) -> Path:
    return page.write(page.site(run, said, past), folder)


def _junit(run: Run, said: Sequence[str], folder: Path) -> Path:
    attached = {message.message: _attached(folder, message) for message in junit.worth_attaching(run)}
    return _whole(folder / "junit.xml", junit.document(run, said, attached))


def _attached(folder: Path, message: Message) -> Path:
    attachments = folder / "attachments"
    attachments.mkdir(exist_ok=True)
    return _whole(attachments / f"message_{message.message}.{'xml' if message.body is not None else 'bin'}", message.content)


def _allure(run: Run, said: Sequence[str], folder: Path) -> Path:
    results = folder / "allure-results"
    allure.write(run, results, said)
    return results


def _messages(run: Run, said: Sequence[str], folder: Path) -> Path:
    return _whole(folder / "messages.ndjson", b"".join(cucumber.stream(run, said)))


def _sarif(run: Run, said: Sequence[str], folder: Path) -> Path:
    log = run_sarif.as_sarif(run, tuple(said))
    return _whole(folder / "findings.sarif", json.dumps(log, ensure_ascii=False, indent=1).encode())


def _markdown(run: Run, said: Sequence[str], folder: Path) -> Path:
    return _whole(folder / "summary.md", markdown.document(run, said).encode())


def _csv(run: Run, _: Sequence[str], folder: Path) -> Path:
    from reports import tables

    tables.write_csv(run, folder / "tables")
    return folder / "tables"


def _parquet(run: Run, _: Sequence[str], folder: Path) -> Path:
    from reports import tables

    tables.write_parquet(run, folder / "tables")
    return folder / "tables"


def _whole(path: Path, content: bytes) -> Path:
    """Write a file so that it is never seen half written."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(content)
    return unfinished.replace(path)


_FORMS: dict[str, Form] = {
    "site": _site,
    "junit": _junit,
    "allure": _allure,
    "messages": _messages,
    "sarif": _sarif,
    "markdown": _markdown,
    "csv": _csv,
    "parquet": _parquet,
}

ALL = tuple(_FORMS)
"""The names of the forms, in the order of docs/reports.md."""

USUAL = ALL[:6]
"""Those that every run writes; the tables for analysts are written where they are asked for."""


def write(run_dir: Path, forms: Sequence[str] = USUAL, also: Sequence[str] = (), past: Sequence[PastRun] = ()) -> list[Path]:
    """Write the reports of the run in `run_dir` beside its record, and return where they are, in the order of `forms`.

    forms: names out of ALL. also: what else the caller knows against the record, in the words of `reports.integrity`.
    past: the runs before this one, which the page compares it with.
    Raises RecordError where the record cannot be read, or where a form that was written says of its scenarios otherwise than the
    record; ConfigurationError for a form that there is not.
    """
    unknown = [form for form in forms if form not in _FORMS]
    if unknown:
        raise ConfigurationError(f"there is no report form {', '.join(map(repr, unknown))}: choose from {', '.join(ALL)}")
    run = read(run_dir / FILE_NAME)
    witness = run_dir / PYTEST_XML
    said = [*complaints(run, witness if witness.exists() else None), *also]
    writers: dict[str, Form] = {**_FORMS, "site": partial(_site, past=past)}
    written = [writers[form](run, said, run_dir) for form in forms]
    unlike = [sentence for form, path in zip(forms, written, strict=True) for sentence in recount.differences(run, form, path)]
    if unlike:
        raise RecordError(f"a report does not say what the record says: {' '.join(unlike)}")
    return written
