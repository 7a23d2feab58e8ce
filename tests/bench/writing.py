"""Writing MeterReadings: the stand-ins' writer beside zeep, on the same message, in one run."""

import gc
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import zeep
from lxml import etree
from zeep.transports import Transport

from ami import names, schemas
from ami.dialect import dialect
from ami.messages import Header, Kind, Message, MeterReading, MeterReadings, Reading, Series, Span
from ami.reading_type import interval_kwh
from ami.wsdl import SERVED, wsdl
from simulators.wire import write

METERS, INTERVALS, ROUNDS = 100, 96, 7
LEAST_RATIO = 50
ADDRESS = "http://mdms.metergate.test/soap"
WORDING = dialect("2011")


class _Served(Transport):
    """zeep's transport, fed with our documents instead of a network."""

    def load(self, url: str) -> bytes:
        """The document at `url`."""
        documents = schemas.documents(WORDING, SERVED)
        name = url.rpartition("?xsd=")[2]
        return documents[name].encode() if name in documents else wsdl(names.MDMS, ADDRESS, WORDING).encode()


def _ours() -> Callable[[], bytes]:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    step = timedelta(minutes=15)

    def meter(number: int) -> MeterReading:
        readings = tuple(Reading(start + step * (place + 1), Decimal(number * 7 + place).scaleb(-3)) for place in range(INTERVALS))
        series = Series(str(interval_kwh(15)), readings)
        return MeterReading(f"M-{number}", None, (series,), (), Span(start, start + step * INTERVALS))

    header = Header("created", names.METER_READINGS, "00000000-0000-4000-8000-000000000000", start, names.HES)
    message = Message(Kind.EVENT, header, payload=MeterReadings(tuple(map(meter, range(METERS)))))
    return lambda: write(message, WORDING)


def _zeeps() -> Callable[[], bytes]:
    client = zeep.Client(f"{ADDRESS}?wsdl", transport=_Served())  # type: ignore[no-untyped-call]  # zeep has no types
    service = client.wsdl.services["ReceiveMeterReadings"]
    port = next(iter(service.ports.values()))
    proxy = client.create_service(str(port.binding.name), ADDRESS)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    step = timedelta(minutes=15)

    def meter(number: int) -> dict[str, Any]:
        readings = [{"timeStamp": start + step * (place + 1), "value": (number * 7 + place) / 1000} for place in range(INTERVALS)]
        return {
            "IntervalBlocks": [{"IntervalReadings": readings, "ReadingType": {"ref": str(interval_kwh(15))}}],
            "Meter": {"Names": [{"name": f"M-{number}"}]},
            "valuesInterval": {"start": start, "end": start + step * INTERVALS},
        }

    payload = {"MeterReadings": {"MeterReading": list(map(meter, range(METERS)))}}
    header = {"Verb": "created", "Noun": names.METER_READINGS, "Timestamp": start, "Source": names.HES, "MessageID": "0"}
    return lambda: etree.tostring(client.create_message(proxy, "CreatedMeterReadings", Header=header, Payload=payload))


def _seconds(work: Callable[[], bytes]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> int:
    """Print both and their ratio; the exit code is 1 where the ratio is too small."""
    ours, zeeps = _ours(), _zeeps()
    ours(), zeeps()
    pairs = [(_seconds(zeeps), _seconds(ours)) for _ in range(ROUNDS)]
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    readings = METERS * INTERVALS
    print(f"writing MeterReadings, {METERS} meters x {INTERVALS} intervals, median of {ROUNDS}:")
    print(f"  zeep   {readings / statistics.median(slow for slow, _ in pairs):12,.0f} readings/s")
    print(f"  ours   {readings / statistics.median(fast for _, fast in pairs):12,.0f} readings/s")
    print(f"  ratio  {ratio:12.1f}  (at least {LEAST_RATIO})")
    return 0 if ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    raise SystemExit(main())
