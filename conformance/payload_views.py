"""The views of a payload that rules may ask for: its readings, what its noun says, and what stands in few."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from lxml import etree

from ami import names
from conformance.batch import MOST_MEMBERS, Cut, Readings
from conformance.judgement import Case
from conformance.rarities import is_plain, rarities
from conformance.views.cells import ReadingCells
from conformance.views.configuration import CONFIGURATION_NOUNS, configuration_view
from conformance.views.controls import controls_view
from conformance.views.events import EventsView, events_view
from conformance.views.linkage import linkage_view
from conformance.views.orders import QueryView, query_view, schedule_view
from conformance.views.place import local_name, path
from conformance.views.readings import ReadingColumns
from conformance.views.scan import scan
from conformance.views.walk import walk
from conformance.views.work import service_requests_view

WORK: Final = (names.METER_SERVICE_REQUESTS, names.METER_SERVICE_REQUEST)
"""Nouns whose payloads may hold readings beside what they are about."""

SCANNED_FROM_BYTES: Final = 24 * 1024
"""Smaller messages are walked: numpy has not paid off yet."""

_Made = Callable[[etree._Element, str, datetime | None], object]


def _view_of(noun: str, payload: etree._Element, verb: str, said_at: datetime | None) -> object | None:
    """The view of a payload; None where its noun has none of its own. verb, said_at: of the header; empty and None where there is none."""
    made = _MADE.get(noun)
    return made(payload, verb, said_at) if made is not None else None


def _without_verb(
    made: Callable[[etree._Element, datetime | None], object], payload: etree._Element, _: str, at: datetime | None
) -> object:
    return made(payload, at)


_MADE: Final[dict[str, _Made]] = {
    names.GET_METER_READINGS: partial(_without_verb, query_view),
    names.END_DEVICE_EVENTS: partial(_without_verb, events_view),
    names.END_DEVICE_CONTROLS: partial(_without_verb, controls_view),
    names.METER_READ_SCHEDULE: schedule_view,
    names.MASTER_DATA_LINKAGE_CONFIG: partial(_without_verb, linkage_view),
    **dict.fromkeys(WORK, service_requests_view),
    **dict.fromkeys(CONFIGURATION_NOUNS, configuration_view),
}


def view_payload(payload: etree._Element, case: Case, is_valid: bool) -> None:
    """Makes the views of a payload that rules may ask for."""
    noun = local_name(payload)
    said_at, verb = (case.header.at, case.header.verb or "") if case.header else (None, "")
    case.views |= rarities(payload, case.thin.body if case.thin else case.thinner or case.capture.body, said_at)
    if noun == names.METER_READINGS:
        if case.cut is not None and is_valid and is_plain(payload):
            case.postponed = _postponed(payload, case, case.cut)
            if case.postponed is not None or case.thinner is not None:
                return  # where rows are missing from this tree, the message is judged again
        scanned = _scanned(payload, case) if is_valid else None
        if scanned is None and case.thin is not None:
            return  # the rows that were left out are missing from this tree
        _take_readings(scanned or walk(payload), case, verb)
        if scanned is None:
            case.views[EventsView] = events_view(payload, said_at)
        return
    if noun in WORK:
        _take_readings(walk(payload), case, "")
    view = _view_of(noun, payload, verb, said_at)
    if view is not None:
        case.views[type(view)] = view
    if isinstance(view, QueryView):
        case.query = view


def _take_readings(taken: ReadingCells | None, case: Case, verb: str) -> None:
    if taken is not None:
        case.readings = ReadingColumns(taken, case.header.at if case.header else None, verb)
        case.views[ReadingColumns] = case.readings


def _postponed(payload: etree._Element, case: Case, cut: Cut) -> Readings | None:
    """The readings of a message that are asked later; None where they are not those that were cut out, or of too many meters."""
    if payload.prefix != cut.prefix or not 0 < len(payload) <= MOST_MEMBERS:
        return None
    said_at, verb = (case.header.at, case.header.verb or "") if case.header else (None, "")
    return Readings(case.capture.body[cut.start : cut.end], cut.prefix, len(payload), said_at, verb)


def _scanned(payload: etree._Element, case: Case) -> ReadingCells | None:
    """The readings of a valid payload out of its bytes, where that is safe and worth it."""
    raw = case.capture.body
    if len(raw) >= SCANNED_FROM_BYTES and is_plain(payload):
        if case.thin is None:
            return scan(raw, path(payload), payload.prefix, len(payload))
        if case.thin.prefix == payload.prefix:
            return scan(raw, path(payload), payload.prefix, len(payload), case.thin.tags)
    return None
