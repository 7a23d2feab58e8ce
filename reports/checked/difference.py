"""Two judged sets side by side: which findings are new, which are gone, which stayed."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Final, NamedTuple

from ami.errors import ConfigurationError
from ami.ports import Json
from conformance.checking import Checked
from reports.checked.as_json import SCHEMA
from reports.legible import in_one_line, legible

_COMPARED: Final = ("rule", "severity", "path", "expected", "found")
_LIKE_A_RESULT: Final = "it is no result of `metergate check --format json`"


class Found(NamedTuple):
    """A finding as two sets are compared by it. Lines are left out: they move."""

    name: str
    rule: str
    severity: str
    path: str
    expected: str
    found: str

    def __str__(self) -> str:
        said = f"{self.rule} {self.severity} {self.path}: expected {self.expected}; found {self.found}"
        return f"{in_one_line(self.name)}: {' '.join(legible(said).split())}"


class Difference(NamedTuple):
    """What two sets differ in, each finding as often as it was found."""

    new: tuple[Found, ...]
    gone: tuple[Found, ...]
    unchanged: int

    @property
    def has_new_errors(self) -> bool:
        """Whether anything got worse."""
        return any(found.severity == "error" for found in self.new)


def difference(old: Iterable[Found], new: Iterable[Found]) -> Difference:
    """What is new and what is gone, in the order of names."""
    before, after = Counter(old), Counter(new)
    return Difference(tuple(sorted((after - before).elements())), tuple(sorted((before - after).elements())), (before & after).total())


def of_checked(checked: Sequence[Checked], named: Sequence[str]) -> list[Found]:
    """The findings of messages that were judged just now. named: the files and folders that were asked for."""
    return [
        Found(
            f"{_short(each.file, named)}{each.part}",
            finding.rule_id,
            finding.severity.value,
            finding.where.path,
            finding.expected,
            finding.found,
        )
        for each in checked
        for finding, _, _ in each.findings
    ]


def of_result(path: Path) -> tuple[list[Found], int]:
    """The findings of a result that was kept, and how many messages it is about. Raises ConfigurationError where it is none."""
    try:
        result = json.loads(path.read_bytes())
        if result["schema"] != SCHEMA:
            raise ConfigurationError(f"cannot compare {path}: {_LIKE_A_RESULT}")
        found = [
            Found(f"{_short(file['file'], result['named'])}{file['part'] or ''}", *(str(each[key]) for key in _COMPARED))
            for file in result["files"]
            for each in file["findings"]
        ]
        return found, int(result["messages"])
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise ConfigurationError(f"cannot compare {path}: {_LIKE_A_RESULT}") from None


def _short(file: str, named: Sequence[str]) -> str:
    """A file below the folder that was asked for: two sets lie in two folders."""
    path = PurePath(file)
    above = next((folder for folder in named if path != PurePath(folder) and path.is_relative_to(folder)), None)
    return path.relative_to(above).as_posix() if above is not None else path.name


def as_json(compared: Difference, code: int) -> dict[str, Json]:
    """The object of `--diff --format json`."""
    return {
        "schema": "metergate-check-difference/1",
        "new": [found._asdict() for found in compared.new],
        "gone": [found._asdict() for found in compared.gone],
        "unchanged": compared.unchanged,
        "exit_code": code,
    }
