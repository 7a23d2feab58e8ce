"""Settling: a verdict becomes versions; which of them is current follows from what was measured, edited and judged."""

from collections.abc import Sequence

from ami.quality import ESTIMATED, POWER_FAIL, QUESTIONABLE, VALID
from simulators.mdms.book import Book
from simulators.mdms.page import EDITOR, VEE, Channel, Version, current_of, measured_of
from simulators.mdms.vee.clock import OFF_GRID
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.verdict import Verdict

REVERSIBLE = (QUESTIONABLE, POWER_FAIL)
"""Qualities that validation gave to a measured value and takes back when it learns more."""


def measured(versions: Sequence[Version]) -> Version | None:
    """The value that was delivered last for this place in time."""
    raw = measured_of(versions)
    if raw is None or raw.doubt != OFF_GRID:
        return raw
    return measured_of([version for version in versions if version.doubt != OFF_GRID])


def settle(book: Book, channel: Channel, ends: Sequence[int], stretch: Stretch, verdict: Verdict, now: int) -> None:
    """Let `verdict` take effect. ends: the end of each place."""
    for place, at in enumerate(ends):
        versions = book.versions(channel, at)
        if place in verdict.estimates:
            _stand(book, channel, at, verdict.estimates[place], ESTIMATED, now)
        elif place in stretch.unpowered and measured(versions) is None:
            _stand(book, channel, at, 0, POWER_FAIL, now)
        elif versions:
            quality = QUESTIONABLE if place in verdict.questionable else POWER_FAIL if place in stretch.unpowered else VALID
            _restore(book, channel, at, quality)


def _stand(book: Book, channel: Channel, at: int, wh: int, quality: str, now: int) -> None:
    """Let a value of our own be the current one."""
    versions = book.versions(channel, at)
    raw = measured(versions)
    if raw is not None and raw.quality == VALID:
        book.put(channel, at, raw._replace(quality=QUESTIONABLE))
    standing = current_of(versions)
    if standing is not None:
        if standing.source == VEE and (standing.wh, standing.quality) == (wh, quality):
            return
        book.put(channel, at, standing._replace(current=0))
    book.put(channel, at, Version(len(versions) + 1, wh, quality, "", VEE, now, 1))


def _restore(book: Book, channel: Channel, at: int, quality: str) -> None:
    """Let the measured value be the current one, unless a person edited it."""
    versions = book.versions(channel, at)
    standing, raw = current_of(versions), measured(versions)
    if raw is None or (standing is not None and standing.source == EDITOR):
        return
    if quality == VALID and raw.quality not in REVERSIBLE:
        quality = raw.quality
    if standing is not None and standing.version != raw.version:
        book.put(channel, at, standing._replace(current=0))
    if (raw.quality, raw.current) != (quality, 1):
        book.put(channel, at, raw._replace(quality=quality, current=1))
