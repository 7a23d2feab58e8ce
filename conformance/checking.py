"""What `metergate check` does: files in, findings out, message by message and conversation by conversation."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from ami import dialect as dialects
from ami.findings import Finding, Severity
from conformance import layers, schema_choice, schema_folder
from conformance.batch import MOST_BYTES
from conformance.catalogue import OWED
from conformance.excerpt import Excerpt, excerpts
from conformance.form import Form
from conformance.free_texts import free_texts
from conformance.inputs import files
from conformance.inputs.entry import Entry
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.large import whole as large
from conformance.layers import Reached
from conformance.processes import side_by_side
from conformance.schema_choice import Used
from conformance.wrapping import ANY, USUAL

CHUNK: Final = 250
"""Files that one process is handed at a time."""

TOGETHER: Final = 500
"""Messages that are judged at once."""

_OBJECTS: Final = 200_000
"""That come into being before any are looked for that nobody holds any more; what is judged at once makes a few hundred each message."""

NO_MESSAGE: Final = frozenset({Form.OTHER, Form.UNREADABLE})

Told = Callable[[int], None]


class Located(NamedTuple):
    """A finding with its place in the file. line: of the file, 0 where it has none; excerpt: the line of the message, if it has one."""

    finding: Finding
    line: int
    excerpt: Excerpt | None


class Checked(NamedTuple):
    """One message, or a file that holds none, and what the judge makes of it.

    part: which of the file's messages; empty where the file is the message. form: what the judge was handed; None where nothing was
    judged, and `told` says why. what: verb and noun, as far as known. schemas: which schemas judged it, but for that of the envelope.
    dialect: the one that its root element is of; empty where that is no message's. reached: how far the judge came, layer by layer.
    """

    file: str
    part: str
    form: Form | None
    what: str
    findings: tuple[Located, ...]
    told: str = ""
    schemas: tuple[Used, ...] = ()
    dialect: str = ""
    reached: Reached = ()

    @property
    def name(self) -> str:
        """File and part as a report names them."""
        return f"{self.file}{self.part}"

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error; warnings and remarks fail nothing."""
        return any(located.finding.severity is Severity.ERROR for located in self.findings)

    @property
    def is_judged(self) -> bool:
        """Whether there was a message, right or wrong."""
        return self.form is not None and self.form not in NO_MESSAGE


def check(
    named: Iterable[Path], dialect: str = ANY, *, schemas: Path | None = None, jobs: int = 1, told: Told = lambda _: None
) -> list[Checked]:
    """Judges the messages in files and folders, in the order of their names.

    dialect: the one that was agreed on; ANY: each message's own. schemas: a folder of schemas that take the place of ours. jobs:
    processes to judge with. told: is called with the number of files that were done since the last call. Raises ConfigurationError for
    a file that cannot be read, before anything is judged, for an unknown dialect, and for a folder of schemas that is broken.
    """
    return list(checks(files.listed(named), dialect, schemas=schemas, jobs=jobs, told=told))


def checks(paths: Sequence[str], dialect: str, *, schemas: Path | None, jobs: int, told: Told) -> Iterator[Checked]:
    """As `check`, for files that are listed already, one after the other."""
    _judge(dialect, schemas)  # before the processes part, so that each has it already
    if jobs <= 1 or len(paths) == 1:
        yield from _checked_files(paths, dialect, schemas, told)
        return
    chunks = list(_chunks(paths, min(CHUNK, -(-len(paths) // jobs))))
    for chunk, checked in zip(chunks, side_by_side(_checked_list, chunks, dialect, schemas, jobs=jobs), strict=True):
        yield from checked
        told(len(chunk))


def _chunks(paths: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(paths)
    while chunk := list(islice(rest, size)):
        yield chunk


@cache
def _judge(dialect: str, schemas: Path | None) -> Judge:
    folder = schema_folder.read(schemas) if schemas else None
    # What a folder gets wrong may show beside the envelope of one dialect only, and is said before anything is judged.
    for spoken in (dialect,) if dialect != ANY else dialects.names() if folder else (USUAL,):
        schema_choice.compiled(spoken, folder)
    return Judge(dialect, folder)


def forget() -> None:
    """Begins anew, as a process of its own would: with judges that have seen nothing."""
    _judge.cache_clear()
    free_texts.cache_clear()


def _checked_list(paths: Iterable[str], dialect: str, schemas: Path | None) -> list[Checked]:
    return list(_checked_files(paths, dialect, schemas, lambda _: None))


def _checked_files(paths: Iterable[str], dialect: str, schemas: Path | None, told: Told) -> Iterator[Checked]:
    judge = _judge(dialect, schemas)
    alone: list[Entry] = []
    together: list[Entry] = []
    for path in paths:
        found = files.entries(path)
        if found is None:
            yield from _each(judge, alone)
            alone = []
            yield _large(judge, path)
            told(1)
            continue
        for entry in found:
            if together and entry.conversation != together[0].conversation:
                yield from _each(judge, alone)
                alone = []
                yield from _conversation(judge, together)
                together = []
            if entry.conversation is not None:
                together.append(entry)
                continue
            alone.append(entry)
            if len(alone) >= TOGETHER or (entry.capture is not None and len(entry.capture.body) > MOST_BYTES):
                yield from _each(judge, alone)
                alone = []
        if together:
            yield from _each(judge, alone)
            yield from _conversation(judge, together)
            alone, together = [], []
        told(1)
    yield from _each(judge, alone)


def _large(judge: Judge, path: str) -> Checked:
    """A file that is not read at once."""
    whole = large.judged(judge, Path(path))
    if whole is None:
        finding = large.too_large(Path(path))
        return Checked(path, "", Form.UNREADABLE, "", (Located(finding, 0, None),), reached=layers.unreadable(finding))
    first = whole.first
    located = tuple(Located(finding, finding.where.line, excerpt) for finding, excerpt in whole.findings)
    came_to = layers.reached_in_pieces(first, [finding for finding, _ in whole.findings])
    return Checked(path, "", first.form, first.what, located, schemas=first.schemas, dialect=first.dialect, reached=came_to)


def _each(judge: Judge, entries: Sequence[Entry]) -> list[Checked]:
    """Messages that have nothing to do with one another."""
    with _seldom_collecting():
        return _judged_each(judge, entries)


def _judged_each(judge: Judge, entries: Sequence[Entry]) -> list[Checked]:
    judged = iter(judge.messages([entry.capture for entry in entries if entry.capture is not None]))
    return [_checked(entry, next(judged) if entry.capture is not None else None) for entry in entries]


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """While some hundred messages are judged at once, few of their many objects can be given back: looking for them takes a quarter."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _conversation(judge: Judge, entries: Sequence[Entry]) -> Iterator[Checked]:
    judged = {place: judge.message(entry.capture) for place, entry in enumerate(entries) if entry.capture}
    together: dict[int, list[Finding]] = {}
    places = list(judged)
    for index, finding in judge.conversation(judged.values()):
        together.setdefault(places[index], []).append(finding)
    for place, entry in enumerate(entries):
        yield _checked(entry, judged.get(place), together.get(place, ()), is_conversation=True)


def _checked(entry: Entry, judgement: Judgement | None, also: Iterable[Finding] = (), *, is_conversation: bool = False) -> Checked:
    owed = _owed(judgement, also) if entry.told and judgement is not None else []
    if entry.capture is None or judgement is None or (entry.told and not owed):
        refused = (Located(entry.refused, entry.refused.where.line, None),) if entry.refused else ()
        came_to = layers.unreadable(entry.refused) if entry.refused else ()
        return Checked(entry.file, entry.part, None, "", refused, entry.told, reached=came_to)
    findings = tuple(owed) or (*judgement.findings, *also)
    located: tuple[Located, ...] = ()
    if findings:
        shown = excerpts(entry.capture.body, findings)
        located = tuple(Located(finding, _line(entry, finding), excerpt) for finding, excerpt in zip(findings, shown, strict=True))
    told = "it is no message" if judgement.form is Form.OTHER else ""
    came_to = layers.reached(judgement, is_conversation=is_conversation)
    return Checked(entry.file, entry.part, judgement.form, judgement.what, located, told, judgement.schemas, judgement.dialect, came_to)


def _owed(judgement: Judgement, also: Iterable[Finding]) -> list[Finding]:
    """What somebody else owes to a message that is not held against who sent it; nothing is owed to one that was broken."""
    return [] if judgement.has_errors else [finding for finding in also if finding.rule_id in OWED]


def _line(entry: Entry, finding: Finding) -> int:
    """The line of the file that a finding is about."""
    if entry.follows_lines and entry.first_line and finding.where.line:
        return entry.first_line + finding.where.line - 1
    return entry.first_line if not entry.follows_lines else finding.where.line
