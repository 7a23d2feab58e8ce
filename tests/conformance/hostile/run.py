"""Spoiled files before the judge, and what has to hold for them: one by one, together, in pieces, and in every form of output."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time
from traceback import format_exc
from typing import Final, NamedTuple

from conformance import checking
from conformance.capture import Capture
from conformance.checking import Checked
from conformance.inputs import content, files
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.large import whole as large
from conformance.wrapping import ANY
from tests.conformance.hostile import beside, forms
from tests.conformance.hostile.cases import Case, cases

TOGETHER: Final = 20
"""Files of one folder."""

IN_PROCESSES_EVERY: Final = 25
"""Folders of which one is judged by two processes, too."""

BOUND_S: Final = 10.0
"""Of processor time for one file, in every way in which it is judged: a hundred times what nearly all of them take."""

PIECE: Final = 3000
"""Bytes of MeterReadings at a time, where a file is judged as if it were too large to be held."""


class Broken(NamedTuple):
    """What did not hold, and for which files. told: more of it."""

    what: str
    made_from: str
    told: str

    def __str__(self) -> str:
        return f"{self.what} ({self.made_from}): {self.told}"


@dataclass(slots=True)
class Result:
    """What a run has counted. made: by kind; clean: messages without a finding; slowest: seconds of processor time, and which file."""

    made: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    slowest: tuple[float, str] = (0.0, "")
    broken: list[Broken] = field(default_factory=list)


def run(folder: Path, seed: str, count: int, *, start: int = 0, watch: Callable[[int], None] = lambda _: None, keep: int = 50) -> Result:
    """Makes and judges so many files, and says what did not hold.

    folder: for the files; start: the number of the first; watch: told after each folder how many were judged; keep: where to give up.
    """
    result = Result()
    made = enumerate(cases(seed, count, start), start)
    while batch := list(islice(made, TOGETHER)):
        _folder_judged(result, folder, batch)
        watch(batch[-1][0] + 1)
        if len(result.broken) >= keep:
            break
    return result


def run_beside(folder: Path, seed: str, count: int) -> Result:
    """Makes and uses so many spoiled files of each kind that is handed in beside messages."""
    result = Result()
    for kind, used in beside.KINDS.items():
        for number in range(count):
            name = f"{kind} {number}"
            result.made[kind] += 1
            started = process_time()
            with _unbroken(result, name):
                used(Random(f"{seed} {name}"), folder)
            _timed(result, name, process_time() - started)
    return result


@cache
def _judge() -> Judge:
    return Judge(ANY)


def _folder_judged(result: Result, folder: Path, batch: Sequence[tuple[int, Case]]) -> None:
    """Every file by itself, then all of them together."""
    for old in folder.iterdir():
        old.unlink()
    alone: list[Checked] = []
    captures: list[Capture] = []
    for number, case in batch:
        path = folder / f"{number:08}.{case.kind}"
        path.write_bytes(case.body)
        result.made[case.kind] += 1
        name = f"{number}: {case.made_from}"
        started = process_time()
        with _unbroken(result, name):
            found = checking.check([path])
            alone += found
            _hold(result, name, {each.file for each in found} == {str(path)}, "the output names other files", str(found))
            captures += [entry.capture for entry in files.entries(str(path)) or () if entry.capture is not None]
            _in_pieces(result, name, path, found)
        _timed(result, name, process_time() - started)
    result.rules.update(located.finding.rule_id for each in alone for located in each.findings)
    result.clean += sum(each.is_judged and not each.findings for each in alone)
    number = batch[0][0]
    name = f"{number} to {batch[-1][0]}"
    with _unbroken(result, name):
        _together(result, name, folder, alone, in_processes=number // TOGETHER % IN_PROCESSES_EVERY == 0)
    with _unbroken(result, name):
        _batched(result, name, captures)


def _together(result: Result, name: str, folder: Path, alone: list[Checked], *, in_processes: bool) -> None:
    together = checking.check([folder])
    _same(result, name, "files in a folder are judged otherwise than alone", alone, together)
    if in_processes:
        _same(result, name, "two processes judge otherwise than one", together, checking.check([folder], jobs=2))
    for what, told in forms.broken(together, folder, in_full=in_processes):
        _hold(result, name, False, what, told)


def _batched(result: Result, name: str, captures: Sequence[Capture]) -> None:
    """Many messages at once, and one by one; then as if they were a conversation."""
    one_by_one = [_judge().message(capture) for capture in captures]
    many = _judge().messages(captures)
    _same(result, name, "messages together are judged otherwise than alone", list(map(_said, one_by_one)), list(map(_said, many)))
    _judge().conversation(many)


def _said(judgement: Judgement) -> tuple[object, ...]:
    return judgement.form, judgement.dialect, judgement.schemas, judgement.findings


def _in_pieces(result: Result, name: str, path: Path, found: Sequence[Checked]) -> None:
    """The file as if it were too large to be held: what is an error there is one here."""
    if not content.is_alone(path.name, path.read_bytes()[: content.HEAD]):
        return
    whole = large.judged(_judge(), path, PIECE)
    if whole is not None:
        pieces = {each.finding.rule_id for each in whole.findings}
        at_once = {located.finding.rule_id for each in found for located in each.findings}
        _hold(result, name, bool(pieces) or not at_once, "a file in pieces passes, which does not pass at once", str(at_once))


def _timed(result: Result, name: str, took: float) -> None:
    result.slowest = max(result.slowest, (took, name))
    _hold(result, name, took < BOUND_S, "it takes too long", f"{took:.1f} s")


@contextmanager
def _unbroken(result: Result, name: str) -> Iterator[None]:
    """Whatever is raised is wrong: nothing here is a fault of a landscape."""
    try:
        yield
    except Exception:  # noqa: BLE001 - that nothing is raised is what is asked for
        result.broken.append(Broken("an exception", name, format_exc()))


def _hold(result: Result, name: str, holds: bool, what: str, told: str) -> None:
    if not holds:
        result.broken.append(Broken(what, name, told))


def _same(result: Result, name: str, what: str, one: Sequence[object], other: Sequence[object]) -> None:
    if one != other:
        differing = next((pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]), (len(one), len(other)))
        _hold(result, name, False, what, f"\n  {differing[0]}\n  {differing[1]}")
