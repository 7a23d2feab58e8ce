"""What the judge makes of one message, when it is done and while it is on its way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple

from ami.findings import Finding, Severity
from conformance.batch import Cut, Readings
from conformance.capture import Capture
from conformance.form import Form
from conformance.rule import in_line_order
from conformance.schema_choice import Used
from conformance.thinning import Thinned
from conformance.views.envelope import EnvelopeView
from conformance.views.header import HeaderView
from conformance.views.orders import QueryView
from conformance.views.readings import ReadingColumns
from conformance.views.reply import ReplyView
from conformance.views.security import SecurityView

_WITH_A_TREE: Final = frozenset({EnvelopeView, SecurityView})
"""Views that would keep the whole document in memory for as long as a scenario lasts."""

_READ_BY: Final = frozenset({"XML", "SO", "ME", "XS"})
"""Families of what has to be right before anybody asks what a message means."""


class Judgement(NamedTuple):
    """What the judge makes of one message. The views are None where the message has no such part or could not be read so far.

    views: all of those that hold no tree, by their class. schemas: which schemas judged it, apart from that of the envelope.
    dialect: the one that its root element is of; empty where that is no message's. asked: the class of every view that rules were asked
    of. unseen: why some of its payload was shown to no rule. what: its verb and noun, as far as known.
    """

    capture: Capture
    form: Form
    findings: tuple[Finding, ...] = ()
    header: HeaderView | None = None
    reply: ReplyView | None = None
    query: QueryView | None = None
    readings: ReadingColumns | None = None
    views: Mapping[type, object] = MappingProxyType({})
    schemas: tuple[Used, ...] = ()
    dialect: str = ""
    asked: tuple[type, ...] = ()
    unseen: str = ""
    what: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def is_readable(self) -> bool:
        """Whether nothing below its meaning is wrong: a reader that validates takes it for the message that it is."""
        return not any(found.severity is Severity.ERROR and found.rule_id.partition("-")[0] in _READ_BY for found in self.findings)


@dataclass(slots=True)
class Case:
    """A message on its way through the layers.

    thin: parsed in its place. is_postponed: its readings are asked together with those of other messages, if they are written for
    that; then `postponed` has them. unpacked: views of what was compressed, of which the rules were asked already.
    """

    capture: Capture
    thin: Thinned | None = None
    cut: Cut | None = None
    thinner: bytes | None = None
    postponed: Readings | None = None
    form: Form = Form.UNREADABLE
    findings: list[Finding] = field(default_factory=list)
    views: dict[type, object] = field(default_factory=dict)
    header: HeaderView | None = None
    reply: ReplyView | None = None
    query: QueryView | None = None
    readings: ReadingColumns | None = None
    schemas: tuple[Used, ...] = ()
    dialect: str = ""
    unseen: str = ""
    unpacked: dict[type, object] = field(default_factory=dict)

    def judged(self) -> Judgement:
        """The judgement, with the findings in the order of lines."""
        findings = in_line_order(self.findings) if self.findings else ()
        every = self.views | self.unpacked
        views = {kind: view for kind, view in every.items() if kind not in _WITH_A_TREE}
        taken = self.header, self.reply, self.query, self.readings, views, self.schemas
        asked = (*every, ReadingColumns) if self.postponed is not None else tuple(every)
        what = " ".join(filter(None, (self.header.verb, self.header.noun))) if self.header else ""
        return Judgement(self.capture, self.form, findings, *taken, self.dialect, asked, self.unseen, what)
