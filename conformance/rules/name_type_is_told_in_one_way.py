"""NA-02: a type of names that is described in two ways is two types."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.names import NamesView


def check(view: NamesView) -> Iterator[Breach]:
    """A NameType, or a NameTypeAuthority, with another description than it had before in the message."""
    types: dict[tuple[str, str | None], str] = {}
    authorities: dict[str, str] = {}
    for name in (name for _, names in view.objects for name in names):
        if name.of_type and name.told_of_type:
            told = types.setdefault((name.of_type, name.authority), name.told_of_type)
            if told != name.told_of_type:
                yield Breach(name.where, f"{name.of_type!r} described as {name.told_of_type!r}, and as {told!r} before")
        if name.authority and name.told_of_authority:
            told = authorities.setdefault(name.authority, name.told_of_authority)
            if told != name.told_of_authority:
                yield Breach(name.where, f"{name.authority!r} described as {name.told_of_authority!r}, and as {told!r} before")


_NAME = (
    "<Names><name>{}</name><NameType><description>{}</description><name>{}</name>"
    "<NameTypeAuthority><description>{}</description><name>City Power</name></NameTypeAuthority></NameType></Names>"
)
_EVENT = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets>"
    + _NAME.format("M-1", "on the badge", "badge", "the utility")
    + '{}</Assets><EndDeviceEventType ref="3.26.0.85"/>'
    + "<UsagePoint>"
    + _NAME.format("UP-1", "{}", "badge", "the utility")
    + "</UsagePoint></EndDeviceEvent>"
)

RULE = Rule(
    id="NA-02",
    requires="a NameType, and a NameTypeAuthority, to be described in one way throughout a message",
    source="IEC 61968-9, NameType.description and NameTypeAuthority.description",
    severity=Severity.WARNING,
    works_on=NamesView,
    check=check,
    passes=(
        _EVENT.format("", "on the badge"),
        _EVENT.format(_NAME.format("4711", "on the nameplate", "serial number", "the utility"), "on the badge"),
    ),
    fails=(
        _EVENT.format("", "on the door"),
        _EVENT.format(_NAME.format("4711", "on the nameplate", "serial number", "the maker"), "on the badge"),
    ),
    why="Numbers of two kinds go into one column, and the meter of one customer is found under that of another.",
    mend="Give each kind of names a NameType of its own, and describe it alike wherever it stands.",
)
