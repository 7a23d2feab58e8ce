"""The judge: bytes in, findings out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ami import dialect as dialects
from ami.findings import Finding
from conformance import mixture, wrapping
from conformance.batch import Cut, Readings, cut_out, suspects, thinned_together
from conformance.capture import Capture
from conformance.catalogue import RULES_BY_VIEW
from conformance.judgement import Case, Judgement
from conformance.likeness import Likeness, Model, is_model, written
from conformance.reader import Reader
from conformance.schema_folder import SchemaFolder
from conformance.thinning import WORTH_IT_FROM, Thinned, thinned
from conformance.views.conversation import Conversation, Said
from conformance.views.header import HeaderView


class Pending(NamedTuple):
    """A message of which only its readings have not been asked about, and what is said of it where they are clean."""

    judgement: Judgement
    readings: Readings


class Judge:
    """Judges messages of one dialect, or of any. For one thread at a time; it remembers how messages are written, to judge others
    like them sooner, and nothing that could change what it says of them.

    dialect: the one that was agreed on, or `wrapping.ANY`. folder: schemas that take the place of ours. Raises ConfigurationError
    for a dialect that there is not.
    """

    def __init__(self, dialect: str = "2011", folder: SchemaFolder | None = None) -> None:
        self._is_agreed = dialect != wrapping.ANY
        self._folder = folder
        self._likeness = Likeness()
        self._reader = Reader(dialects.dialect(dialect if self._is_agreed else wrapping.USUAL).name, self._is_agreed, folder)

    def message(self, capture: Capture) -> Judgement:
        """One message by itself, as far as it can be read; a fault in one layer does not hide the next."""
        # What thinning relies on holds for our schemas; one of a folder may ask anything of each row, or of their number.
        thin = None if self._folder else thinned(capture.body)
        if thin is not None:
            judgement = self._judged(capture, thin)
            if not judgement.findings and judgement.readings is not None and thin.stands(judgement.readings):
                return judgement
        return self._judged(capture, None)

    def messages(self, captures: Sequence[Capture]) -> list[Judgement]:
        """Many messages, each by itself, as `message` judges them, but sooner where they are small; views are kept of some alone."""
        cuts = [cut_out(capture.body) for capture in captures]
        thin = [None] * len(captures) if self._folder else thinned_together([capture.body for capture in captures], cuts)
        judged: list[Judgement | None] = [None] * len(captures)
        pending: list[tuple[int, Pending]] = []
        for place, (capture, cut, thinner) in enumerate(zip(captures, cuts, thin, strict=True)):
            found = self._small(capture, cut, thinner) if cut is not None or len(capture.body) < WORTH_IT_FROM else None
            if isinstance(found, Pending):
                pending.append((place, found))
            else:
                judged[place] = found
        suspected = suspects([each.readings for _, each in pending])
        for number, (place, each) in enumerate(pending):
            judged[place] = each.judgement if number not in suspected else None
        return [self.message(captures[place]) if each is None else each for place, each in enumerate(judged)]

    def _small(self, capture: Capture, cut: Cut | None, thinner: bytes | None) -> Judgement | Pending | None:
        """A small message as far as it can be judged by itself; None where it has to be judged in full.

        One that is written like clean ones before it is not parsed.
        """
        body = thinner or capture.body
        parted = written(body) if self._folder is None and capture.headers is None else None
        model = self._likeness.find(parted, capture) if parted is not None else None
        if parted is not None and model is not None:
            found = _like(model, parted.texts, capture, cut)
            if found is not None:
                return found
        case = self._reader.read(Case(capture, cut=cut, thinner=thinner))
        if parted is not None and self._likeness.is_wanted(parted) and is_model(case):
            self._likeness.remember(body, parted, case, lambda marked: self._read_like(marked, capture))
        if case.postponed is not None and not case.findings:
            return Pending(case.judged(), case.postponed)
        return case.judged() if case.postponed is None and case.thinner is None else None

    def _read_like(self, body: bytes, capture: Capture) -> Case:
        """Another message as it would have been heard in the place of one."""
        return self._reader.read(Case(capture._replace(body=body), cut=cut_out(body)), is_asked=False)

    def _judged(self, capture: Capture, thin: Thinned | None) -> Judgement:
        """As `message`. thin: parsed in the message's place; its findings would have the wrong lines."""
        return self._reader.read(Case(capture, thin=thin)).judged()

    def conversation(self, messages: Iterable[Capture | Judgement]) -> list[tuple[int, Finding]]:
        """What only all messages of a scenario together show: each finding with the index of its message.

        messages: in the order in which they were heard. What each says by itself is not repeated here.
        """
        judgements = [each if isinstance(each, Judgement) else self.message(each) for each in messages]
        view = conversation_of(judgements)
        found = [pair for rule in RULES_BY_VIEW.get(Conversation, ()) for pair in rule.findings(view)]
        found += [] if self._is_agreed else mixture.strange_answers(view)
        return sorted(found, key=lambda pair: (pair[0], pair[1].where.line))


def _like(model: Model, texts: Sequence[str], capture: Capture, cut: Cut | None) -> Judgement | Pending | None:
    """A message judged by the one that it is written like; None where that is not enough. texts: its own."""
    views = model.views(texts, capture) if (model.postponed is None) == (cut is None) else None
    if views is None:
        return None
    judgement = model.judgement._replace(capture=capture)
    if model.postponed is None or cut is None:
        return judgement
    header = views.get(HeaderView) or model.mould.view(HeaderView, texts, capture)
    said_at = header.at if isinstance(header, HeaderView) else None
    return Pending(judgement, model.postponed._replace(inside=capture.body[cut.start : cut.end], said_at=said_at))


def conversation_of(judgements: Sequence[Judgement]) -> Conversation:
    """The messages of a conversation, in the order in which they were heard."""
    return Conversation([_said(index, judgement) for index, judgement in enumerate(judgements)])


def _said(index: int, judgement: Judgement) -> Said:
    views = judgement.header, judgement.reply, judgement.query, judgement.readings, judgement.views
    return Said(index, judgement.capture, judgement.form, *views, judgement.is_readable)
