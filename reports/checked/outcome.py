"""What judged messages come to together, in figures."""

from collections import Counter
from collections.abc import Sequence

from ami.findings import Severity
from ami.outcomes import Outcome
from conformance.checking import Checked
from conformance.wrapping import ANY


def outcome(checked: Sequence[Checked]) -> Outcome:
    """Failed by any error; where no message was found, none was judged, and that is no pass."""
    if any(each.has_errors for each in checked):
        return Outcome.FAILED
    return Outcome.PASSED if any(each.is_judged for each in checked) else Outcome.NOT_TESTED


def counted(checked: Sequence[Checked]) -> dict[Severity, int]:
    """The findings by severity."""
    counter = Counter(located.finding.severity for each in checked for located in each.findings)
    return {severity: counter[severity] for severity in Severity}


def told(checked: Sequence[Checked]) -> str:
    """All of it in one line."""
    if not checked:
        return "no file to check"
    files = len({each.file for each in checked})
    messages = sum(each.is_judged for each in checked)
    counts = ", ".join(_number(number, severity.value) for severity, number in counted(checked).items())
    in_files = "" if files == messages == len(checked) else f" with {_number(messages, 'message')}"
    return f"{_number(files, 'file')}{in_files} checked: {counts}"


def schemas_told(checked: Sequence[Checked]) -> str:
    """The schemas that were not published and yet judged, in one line: ours could be mistaken, and a folder's are the user's own."""
    used = dict.fromkeys(str(schema) for each in checked for schema in each.schemas if schema.origin != "published")
    return f"schemas: {', '.join(sorted(used))}" if used else ""


def dialects_told(checked: Sequence[Checked]) -> str:
    """The dialects that messages were written in, where there are several, in one line."""
    spoken = _spoken(checked)
    return f"dialects: {_listed(spoken)}" if len(spoken) > 1 else ""


def judged_in(checked: Sequence[Checked], dialect: str) -> str:
    """The dialect that was agreed on; where none was, those that were recognised."""
    return dialect if dialect != ANY else f"each message's own: {_listed(_spoken(checked)) or 'none recognised'}"


def _spoken(checked: Sequence[Checked]) -> Counter[str]:
    """How many messages each dialect has."""
    return Counter(each.dialect for each in checked if each.dialect)


def _listed(spoken: Counter[str]) -> str:
    return ", ".join(f"{name} ({_number(spoken[name], 'message')})" for name in sorted(spoken))


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
