"""The WS-Security header of an envelope: timestamps, tokens, and what its signatures cover."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from lxml import etree

from ami.findings import Where
from ami.names import WSSE, WSU, XML_SIGNATURE
from conformance.capture import Capture
from conformance.moments import Moment, moment
from conformance.views.envelope import EnvelopeView
from conformance.views.place import Field, child, children, field, local_name, namespace, text, where

EXCLUSIVE: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"

_ID_ATTRIBUTES: Final = (f"{{{WSU}}}Id", "Id", "ID", "{http://www.w3.org/XML/1998/namespace}id")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A Timestamp. created, expires: as written, None where missing; the moments None where they are none."""

    created: Field | None
    expires: Field | None
    created_at: Moment | None
    expires_at: Moment | None
    count: int
    where: Where


@dataclass(frozen=True, slots=True)
class UsernameToken:
    """A name with a password. manner: the last part of its Type, PasswordText where it names none; None without a password."""

    username: str
    manner: str | None
    nonce: str
    created: Field | None
    where: Where


@dataclass(frozen=True, slots=True)
class BinaryToken:
    """A certificate or the like, as text. value_type, encoding_type: empty where it does not say."""

    value_type: str
    encoding_type: str
    value: str
    where: Where


@dataclass(frozen=True, slots=True)
class Reference:
    """What a signature says that it covers. transforms: their algorithms; digest_method, digest: as written."""

    uri: str
    transforms: tuple[str, ...]
    inclusive_prefixes: tuple[str, ...]
    digest_method: str
    digest: str
    where: Where


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One signature: its algorithm, and its references.

    signed: its SignedInfo; canonical_method, canonical_prefixes: how that is canonicalised; value: as written, without space; token:
    where the reference to its token leads, None where it names its key in another way.
    """

    method: Field
    references: tuple[Reference, ...]
    where: Where
    signed: etree._Element | None
    canonical_method: str
    canonical_prefixes: tuple[str, ...]
    value: str
    token: Field | None


class SecurityView:
    """Everything in the Security headers of one envelope."""

    def __init__(self, envelope: EnvelopeView, headers: tuple[etree._Element, ...]) -> None:
        self.envelope = envelope
        self.headers = headers
        self.capture: Capture = envelope.capture

    @cached_property
    def stamps(self) -> tuple[Stamp, ...]:
        """Every Timestamp."""
        return tuple(_stamp(element) for element in self._inside(WSU, "Timestamp"))

    @cached_property
    def usernames(self) -> tuple[UsernameToken, ...]:
        """Every UsernameToken."""
        return tuple(_username(element) for element in self._inside(WSSE, "UsernameToken"))

    @cached_property
    def tokens(self) -> tuple[BinaryToken, ...]:
        """Every BinarySecurityToken."""
        return tuple(_token(element) for element in self._inside(WSSE, "BinarySecurityToken"))

    @cached_property
    def signatures(self) -> tuple[SignatureView, ...]:
        """Every signature."""
        return tuple(_signature(element) for element in self._inside(XML_SIGNATURE, "Signature"))

    @cached_property
    def elements_by_id(self) -> dict[str, tuple[etree._Element, ...]]:
        """Id -> the elements of the whole document that call themselves so."""
        found: dict[str, list[etree._Element]] = {}
        for element in self.envelope.root.iter(etree.Element):
            if element.attrib:
                for name in {element.get(attribute) for attribute in _ID_ATTRIBUTES} - {None, ""}:
                    found.setdefault(str(name), []).append(element)
        return {name: tuple(elements) for name, elements in found.items()}

    def referred(self, reference: Reference) -> tuple[etree._Element, ...]:
        """The elements that a reference names: one, if all is well."""
        return self.elements_by_id.get(reference.uri[1:], ()) if reference.uri.startswith("#") else ()

    def covers_the_message(self, covered: Iterable[etree._Element]) -> bool:
        """Whether all that stands in the Body is among some elements, one by one."""
        known = list(covered)
        inside = list(self.envelope.contents())
        return bool(inside) and all(any(element is each for each in known) for element in inside)

    def is_header(self, element: etree._Element) -> bool:
        """Whether an element is a block of the SOAP header, or stands right in a Security header."""
        holder = element.getparent()
        return holder is not None and (holder is self.envelope.header or any(holder is header for header in self.headers))

    def _inside(self, space: str, name: str) -> Iterator[etree._Element]:
        wanted = f"{{{space}}}{name}"
        return (element for header in self.headers for element in children(header) if element.tag == wanted)


def security_view(envelope: EnvelopeView) -> SecurityView | None:
    """The view of an envelope's WS-Security headers; None where it has none."""
    if envelope.header is None:
        return None
    headers = tuple(element for element in children(envelope.header) if namespace(element) == WSSE and local_name(element) == "Security")
    return SecurityView(envelope, headers) if headers else None


def _stamp(element: etree._Element) -> Stamp:
    created, expires = field(child(element, "Created")), field(child(element, "Expires"))
    count = sum(local_name(inner) == "Created" for inner in children(element))
    return Stamp(
        created,
        expires,
        moment(created.text) if created else None,
        moment(expires.text) if expires else None,
        count,
        where(element),
    )


def _username(element: etree._Element) -> UsernameToken:
    password = child(element, "Password")
    kind = (password.get("Type") or "#PasswordText").rpartition("#")[2] if password is not None else None
    return UsernameToken(
        text(child(element, "Username")), kind, text(child(element, "Nonce")), field(child(element, "Created")), where(element)
    )


def _token(element: etree._Element) -> BinaryToken:
    return BinaryToken(element.get("ValueType") or "", element.get("EncodingType") or "", text(element), where(element))


def _signature(element: etree._Element) -> SignatureView:
    info = child(element, "SignedInfo")
    method = child(info, "SignatureMethod")
    algorithm = (method.get("Algorithm") or "") if method is not None else ""
    place = where(method) if method is not None else where(element)
    references = tuple(_reference(inner) for inner in children(info) if local_name(inner) == "Reference") if info is not None else ()
    canonical = child(info, "CanonicalizationMethod")
    token = child(element, "KeyInfo", "SecurityTokenReference", "Reference")
    return SignatureView(
        Field.at(place, algorithm),
        references,
        where(element),
        info,
        (canonical.get("Algorithm") or "") if canonical is not None else "",
        _prefixes(canonical),
        "".join(text(child(element, "SignatureValue")).split()),
        Field.at(where(token), token.get("URI") or "") if token is not None else None,
    )


def _prefixes(holder: etree._Element | None) -> tuple[str, ...]:
    """The prefixes that a canonicalisation treats as if it were not exclusive."""
    found = child(holder, "InclusiveNamespaces")
    return tuple((found.get("PrefixList") or "").split()) if found is not None else ()


def _reference(element: etree._Element) -> Reference:
    transforms = child(element, "Transforms")
    each = tuple(children(transforms)) if transforms is not None else ()
    prefixes = tuple(prefix for transform in each for prefix in _prefixes(transform))
    method = child(element, "DigestMethod")
    return Reference(
        element.get("URI") or "",
        tuple(transform.get("Algorithm") or "" for transform in each),
        prefixes,
        (method.get("Algorithm") or "") if method is not None else "",
        "".join(text(child(element, "DigestValue")).split()),
        where(element),
    )
