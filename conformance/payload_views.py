"""The view of a payload that the rules about its noun work on."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from lxml import etree

from ami import names
from conformance.views.configuration import CONFIGURATION_NOUNS, configuration_view
from conformance.views.controls import controls_view
from conformance.views.events import events_view
from conformance.views.linkage import linkage_view
from conformance.views.orders import query_view, schedule_view
from conformance.views.work import service_requests_view

WORK: Final = (names.METER_SERVICE_REQUESTS, names.METER_SERVICE_REQUEST)
"""Nouns whose payloads may hold readings beside what they are about."""

_Made = Callable[[etree._Element, str, datetime | None], object]


def view_of(noun: str, payload: etree._Element, verb: str, said_at: datetime | None) -> object | None:
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
