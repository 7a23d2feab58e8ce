"""Settling: a verdict becomes versions; which of them is current follows from what was measured, edited and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from ami.quality import ESTIMATED, POWER_FAIL, QUESTIONABLE, VALID
from simulators.mdms import store
from simulators.mdms.store import Change, Channel, History, Version
from simulators.mdms.vee.clock import OFF_GRID
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.verdict import Verdict

REVERSIBLE = (QUESTIONABLE, POWER_FAIL)
"""Qualities that validation gave to a measured value and takes back when it learns more."""


def measured(versions: Sequence[Version]) -> Version | None:
    """The value that was delivered last for this place in time."""
    return store.measured_of([version for version in versions if version.doubt != OFF_GRID])


@dataclass(slots=True)
class Settling:
    """The changes that verdicts make, gathered so that they are written at once."""

    now: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def settle(self, channel: Channel, ends: Sequence[int], history: History, stretch: Stretch, verdict: Verdict) -> None:
        """Let `verdict` take effect. ends: the end of each place. history: the channel's versions, kept up to date here."""
        for place, at in enumerate(ends):
            versions = history.get(at)
            if place in verdict.estimates:
                self._stand(channel, at, history.setdefault(at, []), verdict.estimates[place], ESTIMATED)
            elif place in stretch.unpowered and (versions is None or measured(versions) is None):
                self._stand(channel, at, history.setdefault(at, []), 0, POWER_FAIL)
            elif versions:
                quality = QUESTIONABLE if place in verdict.questionable else POWER_FAIL if place in stretch.unpowered else VALID
                self._restore(channel, at, versions, quality)

    def _stand(self, channel: Channel, at: int, versions: list[Version], wh: int, quality: str) -> None:
        """Let a value of our own be the current one."""
        standing = store.current_of(versions)
        raw = measured(versions)
        if raw is not None and raw.quality == VALID:
            self._change(channel, at, versions, raw._replace(quality=QUESTIONABLE))
        if standing is not None:
            if standing.source == store.VEE and (standing.wh, standing.quality) == (wh, quality):
                return
            self._change(channel, at, versions, versions[standing.version - 1]._replace(current=0))
        version = Version(len(versions) + 1, wh, quality, "", store.VEE, self.now, 1)
        versions.append(version)
        self.rows.append(store.row(channel, at, version))

    def _restore(self, channel: Channel, at: int, versions: list[Version], quality: str) -> None:
        """Let the measured value be the current one, unless a person edited it."""
        standing = store.current_of(versions)
        raw = measured(versions)
        if raw is None or (standing is not None and standing.source == store.EDITOR):
            return
        if quality == VALID and raw.quality not in REVERSIBLE:
            quality = raw.quality
        if standing is not None and standing.version != raw.version:
            self._change(channel, at, versions, standing._replace(current=0))
        if (raw.quality, raw.current) != (quality, 1):
            self._change(channel, at, versions, raw._replace(quality=quality, current=1))

    def _change(self, channel: Channel, at: int, versions: list[Version], to: Version) -> None:
        versions[to.version - 1] = to
        self.changes.append(Change(channel, at, to.version, to.quality, to.current))

    def write(self, connection: Connection) -> None:
        """Write it all down. Rows come first: a version may have been added and stood down by two verdicts in a row."""
        store.add(connection, self.rows)
        store.judge_again(connection, self.changes)
