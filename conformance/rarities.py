"""The views of what stands in few messages, whatever their noun; most messages do not even mention it."""

from datetime import datetime
from typing import Final

from lxml import etree

from conformance.views.calculations import PENDING, calculations_view
from conformance.views.names import NAME_TYPE, names_view
from conformance.views.quality_moments import QUALITIES, quality_moments

_PLAIN_ENCODINGS: Final = frozenset({"UTF-8", "ASCII", "US-ASCII"})


def is_plain(payload: etree._Element) -> bool:
    """Whether the document's bytes are those of its texts."""
    return (payload.getroottree().docinfo.encoding or "UTF-8").upper() in _PLAIN_ENCODINGS


def rarities(payload: etree._Element, body: bytes, said_at: datetime | None) -> dict[type, object]:
    """The rare views of a payload. body: the bytes that it was parsed from. said_at: Header.Timestamp, where that names its offset."""
    is_known = is_plain(payload)
    found: list[object] = []
    if not is_known or NAME_TYPE in body:
        found.append(names_view(payload))
    if not is_known or PENDING in body:
        found.append(calculations_view(payload))
    if not is_known or QUALITIES in body:
        found.append(quality_moments(payload, said_at))
    return {type(view): view for view in found if view is not None}
