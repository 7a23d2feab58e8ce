"""One delivery in the writings of different systems: what it says is the same, but for what a writing says besides."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Final

from lxml import etree

from conformance import example

_PERIOD: Final = timedelta(minutes=15)
_LOCAL: Final = timezone(timedelta(hours=2))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ROW_END = re.compile("<timeStamp>([^<]*)</timeStamp><value>[^<]*</value>(?=</IntervalReadings>)")
_BLOCK = re.compile('<IntervalBlocks>(.*?)(<ReadingType ref="[^"]*"/>)</IntervalBlocks>(<Meter>.*?</Meter>)')
_QUALITIES: Final = ((), (), ("3.0.0",), (), ("3.8.0",), ("3.7.0", "1.2.32"), (), (), ("3.0.0",), ())
"""Of the rows that are not alike, over and over."""

Writing = Callable[[str], str]


def on_one_line(text: str) -> str:
    """As it is made."""
    return text


def one_reading_a_line(text: str) -> str:
    """Each interval on a line of its own, nothing else."""
    return text.replace("</IntervalReadings><", "</IntervalReadings>\n<")


def indented(text: str, space: str = "  ") -> str:
    """Each tag on a line of its own."""
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    etree.indent(root, space)
    return etree.tostring(root, encoding="unicode")


def with_tabs_and_crlf(text: str) -> str:
    """Each tag on a line of its own, as some systems of the other kind end it."""
    return indented(text, "\t").replace("\n", "\r\n")


def with_a_prefix(text: str) -> str:
    """Indented, every name of the payload with a prefix."""
    head, _, rest = text.partition('<MeterReadings xmlns="')
    space, _, rest = rest.partition('">')
    inside, _, tail = rest.partition("</MeterReadings>")
    inside = re.sub("<(/?)", r"<\1mr:", inside)
    return indented(f'{head}<mr:MeterReadings xmlns:mr="{space}">{inside}</mr:MeterReadings>{tail}')


def with_qualities(text: str) -> str:
    """Indented, the same quality at each interval."""
    return indented(_ROW_END.sub(lambda row: row[0] + _marked("3.0.0"), text))


def with_mixed_qualities(text: str) -> str:
    """Indented, with no quality, one or two, as it comes."""
    number = count()
    return indented(_ROW_END.sub(lambda row: row[0] + "".join(map(_marked, _QUALITIES[next(number) % len(_QUALITIES)])), text))


def with_periods(text: str) -> str:
    """Indented, each interval with the span that it is of."""
    return indented(_ROW_END.sub(lambda row: f"{row[0]}{_period(row[1])}", text))


def with_reports(text: str) -> str:
    """Indented, each interval with the moment when it was reported and by whom."""
    return indented(_ROW_END.sub(lambda row: f"<reportedDateTime>{row[1]}</reportedDateTime><source>hes</source>{row[0]}", text))


def in_local_time(text: str) -> str:
    """Indented, moments with an offset in figures."""
    return indented(_MOMENT.sub(lambda found: datetime.fromisoformat(found[0]).astimezone(_LOCAL).isoformat(), text))


def with_fractions(text: str) -> str:
    """Indented, moments with a fraction of their second."""
    return indented(_MOMENT.sub(lambda found: found[0].replace("Z", ".000Z"), text))


def with_security(text: str) -> str:
    """Indented, with a header of WS-Security as old as the message."""
    made_at = re.search("<(?:\\w+:)?Timestamp>([^<]*)<", text)
    if made_at is None:
        raise ValueError("the message has no Timestamp")
    until = (datetime.fromisoformat(made_at[1]) + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    spaces = "".join(f' xmlns:{prefix}="{example.PREFIXES[prefix]}"' for prefix in ("wsse", "wsu"))
    security = (
        f'<s:Header><wsse:Security{spaces} s:mustUnderstand="1"><wsu:Timestamp><wsu:Created>{made_at[1]}</wsu:Created>'
        f"<wsu:Expires>{until}</wsu:Expires></wsu:Timestamp></wsse:Security></s:Header>"
    )
    return indented(text.replace("<s:Body>", f"{security}<s:Body>", 1))


def with_verdicts(text: str) -> str:
    """Indented, at each interval who looked at it, when and why, which is the same for all of a meter."""
    number = count()

    def verdict(block: re.Match[str]) -> str:
        place = next(number)
        said = (
            f"<comment>check {place}</comment><source>mdms</source><timeStamp>2026-02-28T{place // 60:02}:{place % 60:02}:00Z</timeStamp>"
        )
        return _ROW_END.sub(lambda row: row[0] + _marked("3.0.0", said), block[0])

    return indented(_BLOCK.sub(verdict, text))


def as_single_readings(text: str) -> str:
    """Indented, no interval blocks: each reading names its type."""

    def single(block: re.Match[str]) -> str:
        return block[3] + block[1].replace("IntervalReadings", "Readings").replace("</value>", f"</value>{block[2]}")

    return indented(_BLOCK.sub(single, text))


def with_references_and_apostrophes(text: str) -> str:
    """Indented, a quality at each reading, attributes between apostrophes, and a name that cannot be written as it is."""
    return with_qualities(text).replace('ref="', "ref='").replace('"/>', "'/>").replace("<name>M-1<", "<name>M-1 &amp; 2<")


def _marked(quality: str, said: str = "") -> str:
    return f'<ReadingQualities>{said}<ReadingQualityType ref="{quality}"/></ReadingQualities>'


def _period(end: str) -> str:
    start = (datetime.fromisoformat(end) - _PERIOD).isoformat().replace("+00:00", "Z")
    return f"<timePeriod><end>{end}</end><start>{start}</start></timePeriod>"


WRITINGS: Final[dict[str, Writing]] = {
    "all on one line": on_one_line,
    "one reading a line": one_reading_a_line,
    "indented by two spaces": indented,
    "indented by tabs, lines end in CR LF": with_tabs_and_crlf,
    "with a prefix, indented": with_a_prefix,
    "a quality at each reading, indented": with_qualities,
    "no, one or two qualities, indented": with_mixed_qualities,
    "who gave the quality, when and why, indented": with_verdicts,
    "a timePeriod at each reading, indented": with_periods,
    "when and by whom it was reported, indented": with_reports,
    "moments with +02:00, indented": in_local_time,
    "fractions of seconds, indented": with_fractions,
    "in SOAP with WS-Security, indented": with_security,
    "apostrophes, a reference in a name, indented": with_references_and_apostrophes,
    "no blocks, each reading with its type, indented": as_single_readings,
}


def written(body: bytes, writing: Writing) -> bytes:
    """A message in another writing; the encoding is declared as most libraries do it."""
    declaration, _, text = body.decode().partition("?>")
    return f"{declaration.lower()}?>\n{writing(text.strip())}".encode()
