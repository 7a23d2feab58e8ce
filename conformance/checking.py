"""What `metergate check` does: files in, findings out, one message a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ami.errors import ConfigurationError
from ami.findings import Finding, Severity
from conformance.capture import Capture
from conformance.form import Form
from conformance.judge import Judge, Judgement


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file and what the judge makes of it. form: envelope, bare message, bare payload …; what: verb and noun, as far as known."""

    name: str
    form: Form
    what: str
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error; warnings and remarks fail nothing."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_files(paths: Iterable[Path], dialect: str = "2011") -> list[CheckedFile]:
    """Judges files, each by itself. Raises ConfigurationError for a file that cannot be read, and for an unknown dialect."""
    judge = Judge(dialect)
    return [_checked(path, judge.message(Capture(_read(path)))) for path in paths]


def _checked(path: Path, judgement: Judgement) -> CheckedFile:
    header = judgement.header
    what = " ".join(filter(None, (header.verb, header.noun))) if header else ""
    return CheckedFile(str(path), judgement.form, what, judgement.findings)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None
