"""HE-17: a user without a name cannot be asked."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.header import HeaderView


def check(header: HeaderView) -> Iterator[Breach]:
    """A User whose UserID is empty."""
    user = header.part("User/UserID")
    if user is not None and not user.text:
        yield Breach(user.where, "an empty UserID")


RULE = Rule(
    id="HE-17",
    requires="a User to have a UserID that is not empty",
    source="IEC 61968-100, Header.User",
    severity=Severity.WARNING,
    works_on=HeaderView,
    check=check,
    passes=("<User><UserID>planner</UserID></User>",),
    fails=("<User><UserID/></User>",),
    why="Nobody can say on whose behalf a customer was cut off.",
    mend="Write the id of the user, or leave User out.",
)
