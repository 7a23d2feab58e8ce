"""Every form of report, and the one call that writes them into the folder of a run."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ami.errors import ConfigurationError
from harness.record import FILE_NAME
from reports import allure, junit
from reports.integrity import complaints
from reports.run import Run, read
from reports.site import page

PYTEST_XML = "pytest.xml"
"""Where pytest itself writes what it counted, beside the record."""

Form = Callable[[Run, Sequence[str], Path], Path]


def _site(run: Run, said: Sequence[str], folder: Path) -> Path:
    return page.write(page.site(run, said), folder)


def _junit(run: Run, said: Sequence[str], folder: Path) -> Path:
    return _whole(folder / "junit.xml", junit.document(run, said))


def _allure(run: Run, said: Sequence[str], folder: Path) -> Path:
    results = folder / "allure-results"
    allure.write(run, results, said)
    return results


def _whole(path: Path, content: bytes) -> Path:
    """Write a file so that it is never seen half written."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_bytes(content)
    return unfinished.replace(path)


_FORMS: dict[str, Form] = {"site": _site, "junit": _junit, "allure": _allure}

ALL = tuple(_FORMS)
"""The names of the forms: the page for people, JUnit XML, Allure results."""


def write(run_dir: Path, forms: Sequence[str] = ALL, also: Sequence[str] = ()) -> list[Path]:
    """Write the reports of the run in `run_dir` beside its record, and return where they are, in the order of `forms`.

    forms: names out of ALL. also: what else the caller knows against the record, in the words of `reports.integrity`.
    Raises RecordError where the record cannot be read, ConfigurationError for a form
    that there is not.
    """
    unknown = [form for form in forms if form not in _FORMS]
    if unknown:
        raise ConfigurationError(f"there is no report form {', '.join(map(repr, unknown))}: choose from {', '.join(ALL)}")
    run = read(run_dir / FILE_NAME)
    witness = run_dir / PYTEST_XML
    said = [*complaints(run, witness if witness.exists() else None), *also]
    return [_FORMS[form](run, said, run_dir) for form in forms]
