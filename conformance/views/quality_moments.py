"""When qualities were given to readings, as far as they say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ami.findings import Where
from conformance.moments import Moment, moment
from conformance.views.place import child, namespace, text, where

QUALITIES: Final = b"ReadingQualities"


class QualityMoment(NamedTuple):
    """The timeStamp of a quality. at: None where it is no moment."""

    text: str
    at: Moment | None
    where: Where


@dataclass(frozen=True, slots=True)
class QualityMoments:
    """Every quality of a payload that says when it was given. said_at: Header.Timestamp, where that names its offset."""

    moments: tuple[QualityMoment, ...]
    said_at: datetime | None


def quality_moments(payload: etree._Element, said_at: datetime | None) -> QualityMoments | None:
    """The view of a payload; None where no quality says when."""
    found = []
    for quality in payload.iter(f"{{{namespace(payload)}}}ReadingQualities"):
        stamp = child(quality, "timeStamp") if len(quality) > 1 else None
        if stamp is not None:
            found.append(QualityMoment(text(stamp), moment(text(stamp)), where(stamp)))
    return QualityMoments(tuple(found), said_at) if found else None
