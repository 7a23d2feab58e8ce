"""Where secrets and personal data stand: elements of messages, sentences of features, and what looks like a credential."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from harness.masking_policy import Kind

Place = tuple[str, ...]
"""The end of a path of local names."""

ELEMENTS: Final[Mapping[str, Sequence[Place]]] = {
    "names": (
        *(("Customer", name) for name in ("name", "lastName", "firstName")),
        *((name,) for name in ("firstName", "lastName", "mName", "holderName", "organisationName", "contactName")),
        *((name,) for name in ("email1", "email2", "userID", "localNumber")),
    ),
    "addresses": (
        ("ServiceLocation", "Names", "name"),
        ("ServiceLocation", "mRID"),
        ("UsagePointLocation", "Names", "name"),
        ("Location", "Names", "name"),
        *((*inside, name) for inside in (("streetDetail",), ("townDetail",)) for name in ("name", "number", "code", "suiteNumber")),
        *((name,) for name in ("addressGeneral", "addressGeneral2", "addressGeneral3", "buildingName", "suiteNumber", "poBox")),
        *((name,) for name in ("postalCode", "xPosition", "yPosition", "direction", "accessMethod", "siteAccessProblem")),
    ),
    "accounts": (
        *((owner, "Names", "name") for owner in ("Customer", "CustomerAccount", "CustomerAgreement")),
        *((owner, "mRID") for owner in ("Customer", "CustomerAccount", "CustomerAgreement")),
        *((name,) for name in ("accountNumber", "holderID", "bankABA", "iban")),
    ),
    "meters": (
        *(
            (owner, *what)
            for owner in ("Meter", "EndDevice", "UsagePoint", "Assets", "ComModule")
            for what in (("Names", "name"), ("mRID",))
        ),
        ("serialNumber",),
    ),
    "credentials": tuple((name,) for name in ("Password", "password", "BinarySecurityToken", "secret", "accessToken", "pinNumber")),
    "compressed": (("Compressed",),),
}
"""By kind of value, the elements that hold one."""

IN_FEATURES: Final = (
    ("addresses", re.compile(r'\b(?:at|of|for|from|to) "([^"\n]+)"')),
    ("names", re.compile(r'\b(?:customer|tenant|owner|person)s? (?:called |named )?"([^"\n]+)"')),
    ("accounts", re.compile(r'\b(?:account|agreement|contract)s? "([^"\n]+)"')),
    ("meters", re.compile(r'\bmeters? "([^"\n]+)"(?:,? and "([^"\n]+)")?')),
    ("credentials", re.compile(r'\b(?:password|token|key) "([^"\n]+)"')),
)
"""By kind of value, how the sentences of a feature name one."""

IN_ROWS: Final = {
    **dict.fromkeys(("address", "premises", "street", "where"), "addresses"),
    **dict.fromkeys(("customer", "tenant", "person", "email", "phone"), "names"),
    **dict.fromkeys(("account", "agreement", "contract"), "accounts"),
    **dict.fromkeys(("meter", "usage point", "serial number"), "meters"),
    **dict.fromkeys(("password", "token"), "credentials"),
}
"""The columns of a table of examples that hold one."""

CREDENTIALS: Final = (
    # An Authorization header, or the scheme and its credentials anywhere.
    (
        ("basic", "bearer", "negotiate", "digest"),
        re.compile(r"(?P<before>\b(?i:basic|bearer|negotiate|digest)\s+)(?P<value>[A-Za-z0-9+/=._~-]{12,})(?P<after>)"),
    ),
    # The password in an address.
    (
        ("@",),
        re.compile(r"(?P<before>\b[a-z][a-z0-9+.-]{0,20}://[^\s/:@\"'<>]{0,200}:)(?P<value>[^\s/@\"'<>]{1,200})(?P<after>@)"),
    ),
    # password=…, token: "…" and their like, in addresses, forms, JSON and options.
    (
        ("passw", "pwd", "secret", "key", "token"),
        re.compile(
            r"(?P<before>\b(?i:password|passwd|pwd|secret|client_secret|api[_-]?key|access_token|refresh_token|id_token|token)"
            r"[\"']?(?:=|: ?)[\"']?)(?P<value>[^\s\"'&,;<>{}()]{4,})(?P<after>)"
        ),
    ),
)
"""What is a credential by its look, wherever it stands; in front, words without one of which there is none, for looking costs time."""


class Rules:
    """The elements that hold a value of a kind that is masked, found by the end of their path."""

    def __init__(self, how: Mapping[str, str], more: Mapping[Kind, Sequence[str]] | None = None) -> None:
        masked = {kind for kind, told in how.items() if told != "keep"}
        self._kinds: dict[str, list[tuple[Place, str]]] = {}
        named = {str(kind): names for kind, names in (more or {}).items()}
        for kind, places in ELEMENTS.items():
            own = [*places, *((name,) for name in named.get(kind, ()))]
            # A packed payload may hold anything that is masked.
            if kind in masked or (kind == "compressed" and masked - {"credentials"}):
                for place in own:
                    self._kinds.setdefault(place[-1], []).append((place, kind))
        for places_of_leaf in self._kinds.values():
            places_of_leaf.sort(key=lambda found: len(found[0]), reverse=True)
        self.leaves = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(map(re.escape, sorted(self._kinds)))})\b") if self._kinds else None

    def kind(self, path: Sequence[str]) -> str | None:
        """The kind of value that an element of that path holds."""
        for place, kind in self._kinds.get(path[-1], ()):
            if tuple(path[-len(place) :]) == place:
                return kind
        return None
