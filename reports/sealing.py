"""Whether a record still is what the run wrote: its chain of seals followed from the first line to the last."""

import json
from dataclasses import dataclass
from pathlib import Path

from ami.errors import RecordError
from ami.outcomes import Outcome
from harness import seal


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of the chain. lines: that hold, from the first on; seal: of the last of them; said: all of it in a sentence."""

    outcome: Outcome
    lines: int
    seal: str
    said: str


class _BrokenError(Exception):
    """A line at which the chain does not hold."""


def verify(record: Path, secret: bytes = b"", noted: str | None = None) -> Verification:
    """Follow the chain of `record`.

    secret: the key that the run was sealed with. noted: the last seal as the run told it, which also betrays a record
    that was sealed anew.

    failed: a line was edited, cut, inserted or moved. inconclusive: the chain holds as far as it goes, and either has no
    end (the run died, or its end was cut off) or cannot be followed without the key. Raises RecordError where there is no record.
    """
    before, number, kind = seal.FIRST, 0, ""
    try:
        with record.open("rb") as file:
            for raw in file:
                before, kind = _followed(raw, number + 1, before, secret)
                number += 1
                if number == 1 and (unknown := _of_the_key(raw, secret)) is not None:
                    return Verification(Outcome.INCONCLUSIVE, 0, "", unknown)
    except OSError as fault:
        raise RecordError(f"{record}: the record cannot be read: {fault.strerror}") from fault
    except _BrokenError as fault:
        return Verification(Outcome.FAILED, number, before, f"line {number + 1}: {fault}")
    return _at_the_end(number, before, kind, noted)


def _followed(raw: bytes, number: int, before: str, secret: bytes) -> tuple[str, str]:
    """The seal and the type of a line that holds. Raises _BrokenError for one that does not."""
    parts = seal.taken_apart(raw)
    if parts is None:
        raise _BrokenError("has no seal; it was edited, or cut off" if raw.endswith(b"\n") else "was cut off")
    content, told = parts
    try:
        line = json.loads(content + b"}")
        said, kind = int(line["number"]), str(line["type"])
        keyed = line.get("sealed") == "keyed"
    except (ValueError, KeyError, TypeError):
        raise _BrokenError("is no line of a record; it was edited") from None
    if said != number:
        what = "lines before it were cut" if said > number else "it was inserted, or moved"
        raise _BrokenError(f"calls itself line {said}; {what}")
    if number == 1 and keyed and not secret:
        return told, kind
    if seal.digest(content, before, secret) != told:
        if number == 1 and secret and not keyed:
            raise _BrokenError(f"is not sealed with the key in {seal.KEY_VARIABLE}")
        raise _BrokenError("does not fit its seal; it was edited, or lines before it were")
    return told, kind


def _of_the_key(first: bytes, secret: bytes) -> str | None:
    """Why the chain cannot be followed at all; None where it can."""
    parts = seal.taken_apart(first)
    if parts is not None and not secret and json.loads(parts[0] + b"}").get("sealed") == "keyed":
        return f"the record is sealed with a key: set {seal.KEY_VARIABLE} to it"
    return None


def _at_the_end(lines: int, last: str, kind: str, noted: str | None) -> Verification:
    if not lines:
        return Verification(Outcome.INCONCLUSIVE, 0, "", "there is no line in the record: the run died at once, or everything was cut")
    if noted is not None and noted != last:
        said = f"line {lines}: its seal is not the one that was noted; the record was cut, or sealed anew"
        return Verification(Outcome.FAILED, lines, last, said)
    if kind != "run_finished":
        said = f"{lines} lines hold, but line {lines} is no end: the run died there, or what came after it was cut"
        return Verification(Outcome.INCONCLUSIVE, lines, last, said)
    return Verification(Outcome.PASSED, lines, last, f"all {lines} lines are as the run wrote them")
