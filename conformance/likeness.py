"""A small message that is written like one before it: sign for sign the same, but for texts that each message has of its own.

Systems say the same thing ten thousand times: the same envelope and header and the same payload, with other ids, moments, numbers and
names. Where one such message was found clean, parser and schema would say the same of the next, so long as the texts that differ are
of a kind that is allowed there whatever they are. What rules ask is still asked, of views that have the message's own texts.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from lxml import etree

from conformance.batch import Readings
from conformance.capture import Capture, is_out_of_a_file
from conformance.free_texts import ANY_OWNER, REFERENCE, Kind, free_texts
from conformance.judgement import Case, Judgement
from conformance.mould import MOULDED, Mould, NoMouldError, mark
from conformance.parser import parser
from conformance.rule import Rule
from conformance.views.place import local_name

MOST_WRITINGS: Final = 512
"""That are remembered; where there are more, all are forgotten."""

SEEN_BEFORE: Final = 2
"""Messages of a writing before one is tried as a model: learning takes as long as reading five, and most writings may never come again."""

MOST_MODELS: Final = 32
"""Messages of one writing that are tried as models, with other fixed texts."""

MOST_SEEN: Final = 4096
"""Writings of which it is known how often they were seen, likewise."""

_SIGN: Final = r"[!#-%'-;=?-\\^-~]"
_TEXT = re.compile(f">({_SIGN}++(?: {_SIGN}++)*+)</")
"""A text that is written as it is read: ASCII, no space around it, no reference. The ends of the tags around it belong to no text."""

_REFERENCE = re.compile(r' ref="([!#-%\'-;=?-~]+)"')
_BYTES: Final = "latin-1"
"""One sign for each byte, whatever it means; texts are ASCII."""

_BETWEEN: Final = "\0"
_COMPRESSED: Final = b"Compressed"


class Model(NamedTuple):
    """A message that others are written like.

    judgement: what is said of all of them. postponed: its own readings, where it has such. heard: as `_heard` has it.
    open_rules: those that may say something else of each of them.
    """

    judgement: Judgement
    postponed: Readings | None
    heard: tuple[bool, bool]
    mould: Mould
    open_rules: Sequence[tuple[type, Sequence[Rule]]]

    def views(self, texts: Sequence[str], capture: Capture) -> dict[type, object] | None:
        """Those of its views that rules look at, of a message with other texts; None where any of them finds anything in it."""
        views: dict[type, object] = {}
        for kind, rules in self.open_rules:
            views[kind] = view = self.mould.view(kind, texts, capture)
            for rule in rules:
                if next(rule.check(view), None) is not None:
                    return None
        return views


class Written(NamedTuple):
    """A message, parted into what all that are written like it have in common, and its own texts, those of references last."""

    literals: tuple[str, ...]
    texts: list[str]


@dataclass(slots=True)
class _Writing:
    """What is known of the texts of messages that are written alike. checks: (pattern of lines, places) of those that have to be of a kind.

    free: place of each text that may differ -> its kind. fixed: places of the others. models: by the fixed texts.
    """

    free: Mapping[int, Kind]
    fixed: Sequence[int]
    checks: Sequence[tuple[re.Pattern[str], Sequence[int]]]
    models: dict[tuple[str, ...], Model] = field(default_factory=dict)

    def key(self, texts: Sequence[str]) -> tuple[str, ...]:
        """What a message has to have in common with its model besides."""
        return tuple([texts[place] for place in self.fixed])

    def are_sound(self, texts: Sequence[str]) -> bool:
        """Whether the schema certainly allows the texts that are free."""
        return all(lines.fullmatch("\n".join([texts[place] for place in places])) for lines, places in self.checks)


class Likeness:
    """The writings of messages that were found clean."""

    def __init__(self) -> None:
        self._writings: dict[tuple[str, ...], _Writing] = {}
        self._seen: dict[int, int] = {}

    def find(self, written: Written, capture: Capture) -> Model | None:
        """The model that a message is written like."""
        writing = self._writings.get(written.literals)
        if writing is None:
            return None
        model = writing.models.get(writing.key(written.texts))
        if model is None or _heard(capture) != model.heard or not writing.are_sound(written.texts):
            return None
        return model

    def is_wanted(self, written: Written) -> bool:
        """Whether a message is worth to be remembered, as far as is known of its writing."""
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        if len(self._writings) >= MOST_WRITINGS:
            self._writings.clear()
            self._seen.clear()
        place = hash(written.literals)
        before = self._seen.get(place, 0)
        self._seen[place] = before + 1
        return SEEN_BEFORE <= before < SEEN_BEFORE + MOST_MODELS

    def remember(self, body: bytes, written: Written, case: Case, read: Callable[[bytes], Case]) -> None:
        """Takes a message for a model: one that parser, schema and rules found nothing wrong with.

        body: as it was parted. read: reads another body like it.
        """
        writing = self._writings.get(written.literals)
        if writing is None:
            free = free_places(body, written, case)
            writing = _Writing(free, [place for place in range(len(written.texts)) if place not in free], _checks(free))
        # Else what is free for us is perhaps not for the schema: where it wants another kind of text, a sound one is wrong.
        mould = _mould(body, written, writing.free, case, read) if writing.are_sound(written.texts) else None
        if mould is not None:
            self._writings[written.literals] = writing
            rules = mould.open_rules(len(written.texts))
            judgement = case.judged()._replace(header=None, reply=None, query=None, views=MappingProxyType({}))
            writing.models[writing.key(written.texts)] = Model(judgement, case.postponed, _heard(case.capture), mould, rules)


def written(body: bytes) -> Written | None:
    """A message in its parts; None where they could not be told apart again."""
    signs = body.decode(_BYTES)
    if _BETWEEN in signs:
        return None
    pieces = _TEXT.split(signs)
    parts = _REFERENCE.split(_BETWEEN.join(pieces[::2]))
    return Written(tuple(parts[::2]), [*pieces[1::2], *parts[1::2]])


def _heard(capture: Capture) -> tuple[bool, bool]:
    """What has to be the same of how messages came: whether anything is known of it, and whether there was a wire."""
    return is_out_of_a_file(capture), capture.wire is not None


def is_model(case: Case) -> bool:
    """Whether others may be judged by a message: nothing was found in it, and nothing stands in it that only a tree shows."""
    is_bare = not case.findings and not case.unseen and not case.unpacked and _COMPRESSED not in case.capture.body
    return is_bare and case.dialect != "" and case.views.keys() <= MOULDED


def free_places(body: bytes, written: Written, case: Case) -> dict[int, Kind]:
    """The places of texts that may differ, with their kinds."""
    kinds = free_texts(case.dialect, tuple(used.element for used in case.schemas))
    marks = {place: mark(place, Kind.TEXT).text for place in range(len(written.texts))}
    place_of = {text: place for place, text in marks.items()}
    found: dict[int, Kind | None] = {}
    for element in etree.fromstring(rewritten(body, marks), parser()).iter("*"):
        owner = element.getparent()
        place = place_of.get(element.text or "")
        if place is not None and owner is not None and not len(element) and not element.attrib:
            found[place] = kinds.get((local_name(owner), local_name(element)))
        place = place_of.get(element.get(REFERENCE, ""))
        if place is not None:
            found[place] = kinds.get((ANY_OWNER, REFERENCE))
    return {
        place: kind
        for place, kind in found.items()
        if kind is not None and (kind.pattern is None or kind.pattern.fullmatch(written.texts[place]))
    }


def _checks(free: Mapping[int, Kind]) -> list[tuple[re.Pattern[str], list[int]]]:
    """What has to be asked of free texts, those of a kind all at once."""
    places = {kind: [place for place, each in free.items() if each is kind] for kind in Kind}
    return [(kind.lines, places[kind]) for kind in Kind if kind.lines is not None and places[kind]]


def _mould(body: bytes, written: Written, free: Mapping[int, Kind], case: Case, read: Callable[[bytes], Case]) -> Mould | None:
    """The mould of a message's views; None where its own views do not come out of it as they are."""
    marks = {place: mark(place, kind) for place, kind in free.items()}
    marked = read(rewritten(body, {place: each.text for place, each in marks.items()}))
    if marked.views.keys() != case.views.keys() or (marked.postponed is None) != (case.postponed is None):
        return None
    try:
        mould = Mould(marked.views, marks, marked.capture)
    except NoMouldError:
        return None
    return mould if mould.views(written.texts, case.capture) == case.views else None


def rewritten(body: bytes, texts: Mapping[int, str]) -> bytes:
    """A message with other texts in some places."""
    pieces = _TEXT.split(body.decode(_BYTES))
    count = len(pieces) // 2
    parts = _REFERENCE.split(_BETWEEN.join(pieces[::2]))
    parts[1::2] = [f' ref="{texts.get(place, own)}"' for place, own in enumerate(parts[1::2], count)]
    pieces[::2] = "".join(parts).split(_BETWEEN)
    pieces[1::2] = [f">{texts.get(place, own)}</" for place, own in enumerate(pieces[1::2])]
    return "".join(pieces).encode(_BYTES)
