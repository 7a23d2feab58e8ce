"""NA-01: of two names of one type nobody knows which to take."""

from collections.abc import Iterator, Sequence

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.names import Name, NamesView


def check(view: NamesView) -> Iterator[Breach]:
    """An object with two names of one NameType that their authorities do not tell apart."""
    for kind, names in view.objects:
        for place, name in enumerate(names):
            if name.of_type and _like(name, names[:place]):
                vouched = f" of {name.authority!r}" if name.authority else ""
                yield Breach(name.where, f"{name.text!r} as another {name.of_type!r}{vouched} of the same {kind}")


def _like(name: Name, others: Sequence[Name]) -> bool:
    """Whether one of the others is of the same type, and of the same authority as far as both name theirs."""
    return any(
        other.of_type == name.of_type and (not name.authority or not other.authority or other.authority == name.authority)
        for other in others
    )


_METER = (
    "<EndDeviceEvent><createdDateTime>2026-03-01T01:00:00Z</createdDateTime>"
    "<Assets><Names><name>M-1</name><NameType><name>badge</name>{}</NameType></Names>"
    "<Names><name>4711</name><NameType><name>{}</name>{}</NameType></Names></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)
_AUTHORITY = "<NameTypeAuthority><name>{}</name></NameTypeAuthority>"

RULE = Rule(
    id="NA-01",
    requires="an object to have one name of each NameType and NameTypeAuthority",
    source="IEC 61968-9, Names.NameType; CIM Core, NameType",
    severity=Severity.WARNING,
    works_on=NamesView,
    check=check,
    passes=(
        _METER.format("", "serial number", ""),
        _METER.format(_AUTHORITY.format("Acme"), "badge", _AUTHORITY.format("City Power")),
    ),
    fails=(
        _METER.format("", "badge", ""),
        _METER.format(_AUTHORITY.format("Acme"), "badge", _AUTHORITY.format("Acme")),
        _METER.format(_AUTHORITY.format("Acme"), "badge", ""),
    ),
    why="One system bills the meter under the one number, the next looks for the other, and both are right.",
    mend="Send the name that holds; where two systems name the object, let the NameTypeAuthority of each say which.",
)
