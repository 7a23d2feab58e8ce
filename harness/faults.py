"""What a faulty wire can do to the messages on it; put on a wire, each must make a scenario fail that names the wire."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

from ami import names
from ami.errors import ConfigurationError
from ami.names import Wire
from harness.wiretap import Fault

_INTERVAL = re.compile(rb"<IntervalReadings>.*?</IntervalReadings>\s*", re.DOTALL)
_READING = re.compile(rb"<Readings>.*?</Readings>\s*", re.DOTALL)
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_VALUE = re.compile(rb"<value>(-?[0-9.]+)</value>")
_METER = re.compile(rb"(<Meter><Names><name>)([^<]*)(</name>)")
_CORRELATION = re.compile(rb"(<CorrelationID>)([^<]*)(</CorrelationID>)")


def _middle(pattern: re.Pattern[bytes], body: bytes) -> re.Match[bytes] | None:
    found = list(pattern.finditer(body))
    return found[len(found) // 2] if found else None


def drop_interval(body: bytes) -> bytes:
    """The message without one of its intervals, or without one single reading where it has no intervals."""
    lost = _middle(_INTERVAL, body) or _middle(_READING, body)
    return body[: lost.start()] + body[lost.end() :] if lost else body


def shift_hour(body: bytes) -> bytes:
    """The message with every moment in it an hour later."""

    def later(match: re.Match[bytes]) -> bytes:
        moment = datetime.fromisoformat(match[0].decode()) + timedelta(hours=1)
        return moment.isoformat().replace("+00:00", "Z").encode()

    return _MOMENT.sub(later, body)


def scale(body: bytes) -> bytes:
    """The message with every value a thousand times too large."""
    return _VALUE.sub(lambda match: f"<value>{Decimal(match[1].decode()) * 1000:f}</value>".encode(), body)


def swap_meters(body: bytes) -> bytes:
    """The message with the names of its first two meters changed for one another."""
    meters = list(dict.fromkeys(match[2] for match in _METER.finditer(body)))
    if len(meters) < 2:
        return body
    other = {meters[0]: meters[1], meters[1]: meters[0]}
    return _METER.sub(lambda match: match[1] + other.get(match[2], match[2]) + match[3], body)


def break_correlation(body: bytes) -> bytes:
    """The message with a CorrelationID that nobody knows."""
    return _CORRELATION.sub(lambda match: match[1] + match[2][::-1] + match[3], body)


def _same(body: bytes) -> bytes:
    return body


FAULTS = {
    "drop-interval": Fault("drop-interval", lambda body: (drop_interval(body),), drop_interval),
    "shift-hour": Fault("shift-hour", lambda body: (shift_hour(body),), shift_hour),
    "scale": Fault("scale", lambda body: (scale(body),), scale),
    "repeat-message": Fault("repeat-message", lambda body: (body, body), _same),
    "swap-meters": Fault("swap-meters", lambda body: (swap_meters(body),), swap_meters),
    "break-correlation": Fault("break-correlation", lambda body: (break_correlation(body),), break_correlation),
}


def parse(text: str) -> tuple[Wire, Fault]:
    """The wire and the fault of `hes->mdms=drop-interval`. Raises ConfigurationError for anything else."""
    path, equals, name = text.partition("=")
    source, arrow, target = path.partition("->")
    known = (*names.SYSTEMS, names.TESTER)
    if not equals or not arrow or source not in known or target not in names.SYSTEMS or name not in FAULTS:
        raise ConfigurationError(
            f"{text!r} is no fault on a wire: expected hes->mdms=drop-interval; systems: {', '.join(known)}; faults: {', '.join(FAULTS)}"
        )
    return Wire(source, target), FAULTS[name]
