"""NA-03: who says of which type a name is has to say the name."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.names import NamesView


def check(view: NamesView) -> Iterator[Breach]:
    """An empty name beside a NameType, or an empty NameType or NameTypeAuthority."""
    for kind, names in view.objects:
        for name in names:
            if name.of_type and name.text is not None and not name.text:
                yield Breach(name.where, f"an empty name of type {name.of_type!r} of {kind}")
            elif name.of_type is not None and not name.of_type:
                yield Breach(name.where, f"an empty NameType of the name {name.text!r} of {kind}")
            elif name.authority is not None and not name.authority:
                yield Breach(name.where, f"an empty NameTypeAuthority of type {name.of_type!r} of {kind}")


_DEVICE = (
    "<EndDeviceEvent><mRID>e-1</mRID><createdDateTime>2026-03-01T01:00:00Z</createdDateTime><Assets><mRID>M-1</mRID>"
    "<Names><name>{}</name><NameType><name>{}</name><NameTypeAuthority><name>{}</name></NameTypeAuthority></NameType></Names></Assets>"
    '<EndDeviceEventType ref="3.26.0.85"/></EndDeviceEvent>'
)

RULE = Rule(
    id="NA-03",
    requires="a name with a NameType to say the name, its type and, where there is one, the authority",
    source="IEC 61968-9, Name.name, NameType.name and NameTypeAuthority.name",
    severity=Severity.WARNING,
    works_on=NamesView,
    check=check,
    passes=(_DEVICE.format("4711", "serial number", "Acme"),),
    fails=(
        _DEVICE.format("", "serial number", "Acme"),
        _DEVICE.format("4711", "", "Acme"),
        _DEVICE.format("4711", "serial number", ""),
    ),
    why="A field that nobody fills is looked for in the master data, and finds the first meter without a number.",
    mend="Leave a name out that the object does not have.",
)
