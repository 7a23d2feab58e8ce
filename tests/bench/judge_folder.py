"""`metergate check` on a folder of small messages, alike and not, beside reading, parsing and validating them, and with two processes.

What one system writes is written alike: the same elements in the same order, with other texts. That is what is allowed a certain time.
Messages of which hardly two have the same elements are shown beside it.
"""

import hashlib
import re
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from lxml import etree

from ami.names import END_DEVICE_CONTROLS, END_DEVICE_EVENTS, METER_READINGS
from conformance import checking, schema_choice
from conformance.checking import check
from conformance.parser import parser
from conformance.soap import is_envelope
from tests.bench.judge import DIALECT, capture
from tests.conformance.generate.messages import PAYLOADS, sound

FILES, ROUNDS = 10_000, 3
UNLIKE_FILES = 2_000
WRITINGS = 10
"""Of one noun, in a folder of messages that are written alike; of many nouns one each."""

MOST = 2.0
"""Times reading, parsing and validation, for messages that are written alike, of whatever noun."""

_ID = re.compile(rb">([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})<")
_NUMBERED = re.compile(rb">([A-Za-z]+-)([0-9]+)<")

LEAST_GAIN = 1.5
"""Of two processes on two processors; 2 would be all of it."""


def _alike(folder: Path, files: int, intervals: int) -> list[Path]:
    """Messages that differ in their ids alone, as one head-end writes them."""
    folder.mkdir()
    body = capture(1, intervals).body
    paths = [folder / f"{number:05}.xml" for number in range(files)]
    for number, path in enumerate(paths):
        path.write_bytes(body.replace(b"M-0</name>", b"M-%d</name>" % number).replace(b"m-1</", b"m-%d</" % number))
    return paths


def _of_few_writings(folder: Path, files: int, nouns: Sequence[str]) -> list[Path]:
    """Sound messages of so many writings that each comes again and again, with other ids, names and numbers."""
    folder.mkdir()
    count = max(WRITINGS, len(nouns))
    models = [sound(Random(number), nouns[number % len(nouns)]).body() for number in range(count)]
    paths = [folder / f"{number:05}.xml" for number in range(files)]
    for number, path in enumerate(paths):
        path.write_bytes(_varied(models[number % count], number))
    return paths


def _varied(body: bytes, number: int) -> bytes:
    """A message with other ids and names: one that stands twice in it still does."""
    body = _ID.sub(
        lambda found: b">" + hashlib.md5(found[1] + b"%d" % number, usedforsecurity=False).hexdigest()[:8].encode() + found[1][8:] + b"<",
        body,
    )
    return _NUMBERED.sub(lambda found: b">" + found[1] + b"%d<" % (int(found[2]) + number), body)


def _unlike(folder: Path, files: int, nouns: Sequence[str]) -> list[Path]:
    """Sound messages, hardly two of which have the same elements."""
    folder.mkdir()
    paths = [folder / f"{number:05}.xml" for number in range(files)]
    for number, path in enumerate(paths):
        path.write_bytes(sound(Random(number), nouns[number % len(nouns)]).body())
    return paths


def _parsed_and_validated(paths: list[Path]) -> None:
    """As anybody would who has one parser and one schema."""
    compiled, reused = schema_choice.compiled(DIALECT), parser()
    for path in paths:
        root = etree.fromstring(path.read_bytes(), reused)
        if not compiled.validate(root[0][0] if is_envelope(root) else root):
            raise ValueError(f"{path} is not valid")


def _judged(folder: Path, files: int, jobs: int = 1) -> None:
    checking.forget()
    checked = check([folder], jobs=jobs)
    if len(checked) != files or any(each.findings or not each.is_judged for each in checked):
        raise ValueError("the benchmark's own messages have findings")


def _compared(title: str, folder: Path, paths: list[Path]) -> float:
    """Prints one line: processor time, and the median of the ratios of runs that follow each other directly."""
    files = len(paths)
    _judged(folder, files)
    pairs = []
    for _ in range(ROUNDS):
        started = time.process_time()
        _parsed_and_validated(paths)
        between = time.process_time()
        _judged(folder, files)
        pairs.append((between - started, time.process_time() - between))
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    theirs, ours = (statistics.median(column) * 1e6 / files for column in zip(*pairs, strict=True))
    print(f"  {title:<56} {theirs:8.1f} µs {ours:8.1f} µs {ratio:6.2f}", flush=True)
    return ratio


def _gain(folder: Path) -> tuple[float, float]:
    """How many times sooner two processes are done than one: by the clock, and by the processor time of the longest way through.

    The first is what a user sees where nothing else runs; the second is the same on a busy machine, too.
    """
    by_clock, by_processor = [], []
    for _ in range(ROUNDS):
        began, worked = time.perf_counter(), time.process_time()
        _judged(folder, FILES)
        alone, alone_worked = time.perf_counter() - began, time.process_time() - worked
        began, worked, children = time.perf_counter(), time.process_time(), _children()
        _judged(folder, FILES, 2)
        by_clock.append(alone / (time.perf_counter() - began))
        by_processor.append(alone_worked / (time.process_time() - worked + (_children() - children) / 2))
    return max(by_clock), statistics.median(by_processor)


def _children() -> float:
    """Processor time of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


_FOLDERS: Final = (
    ("MeterReadings", (METER_READINGS,)),
    ("events", (END_DEVICE_EVENTS,)),
    ("controls", (END_DEVICE_CONTROLS,)),
    ("every noun and query", PAYLOADS),
)


def main() -> int:
    """Print the figures; the exit code is 1 where one is missed."""
    print("a folder of small messages, processor time for each:         read + parse + XSD     check  ratio")
    with TemporaryDirectory() as place:
        top = Path(place)
        ratios = []
        for intervals in (96, 24, 4):
            folder = top / str(intervals)
            ratios.append(_compared(f"alike: one meter x {intervals} intervals", folder, _alike(folder, FILES, intervals)))
        for title, nouns in _FOLDERS:
            folder = top / f"alike {title}"
            ratios.append(_compared(f"alike: {title}", folder, _of_few_writings(folder, FILES, nouns)))
        by_clock, gain = _gain(top / "96")
        missed = sum(ratio > MOST for ratio in ratios)
        print(f"  allowed: {MOST}; {'missed by none' if not missed else f'missed by {missed} of {len(ratios)}'}")
        for title, nouns in _FOLDERS:
            folder = top / f"unlike {title}"
            _compared(f"hardly two alike, for comparison: {title}", folder, _unlike(folder, UNLIKE_FILES, nouns))
    print(f"  --jobs 2: {gain:.2f} times sooner by processor time, {by_clock:.2f} by the clock; at least {LEAST_GAIN} of the first")
    return 0 if not missed and gain >= LEAST_GAIN else 1


if __name__ == "__main__":
    raise SystemExit(main())
