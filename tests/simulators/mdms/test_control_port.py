"""The control port."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_mock_engine
from sqlalchemy.schema import CreateTable

from simulators.mdms.schema import METADATA
from tests.simulators.mdms.neighbours import Neighbours


def test_unknown_command_names_those_that_there_are(linked: Neighbours) -> None:
    """For whoever mistyped it."""
    with pytest.raises(LookupError, match="holdings"):
        linked.control("../../etc/passwd")


def test_holdings_can_be_cut_to_a_span(linked: Neighbours, day_start: datetime) -> None:
    """Intervals that end after the start, up to the end; registers at both."""
    hour = timedelta(hours=1)
    linked.deliver(linked.readings(500, registers={day_start: 0, day_start + 24 * hour: 24_000}))
    held = linked.control("holdings", meters=["M-1", "M-9"], start=day_start.isoformat(), end=(day_start + hour).isoformat())["meters"]

    assert [one["end"] for one in held["M-1"]["intervals"]] == ["2026-03-01T23:30:00Z", "2026-03-02T00:00:00Z"]
    assert [one["at"] for one in held["M-1"]["registers"]] == ["2026-03-01T23:00:00Z"]
    assert held["M-9"] == {"intervals": [], "registers": []}


def test_versions_of_nothing_are_not_there(linked: Neighbours, day_start: datetime) -> None:
    """Neither of an unknown meter nor of an interval that never came."""
    with pytest.raises(LookupError, match="M-9"):
        linked.control("versions", meter="M-9", end=day_start.isoformat())
    linked.deliver(linked.readings(500))
    with pytest.raises(LookupError, match="no interval"):
        linked.control("versions", meter="M-1", end=(day_start - timedelta(days=1)).isoformat())


def test_consent_is_yes_or_no(linked: Neighbours) -> None:
    """Nothing in between."""
    with pytest.raises(ValueError, match="granted"):
        linked.control("consent", organization="Volt & Sons", usage_point="U-1", granted="perhaps")


def test_reset_forgets_everything(linked: Neighbours) -> None:
    """Readings, linkages, requests."""
    linked.deliver(linked.readings(500))
    linked.order("disconnect")
    linked.mdms.reset("8", linked.now)

    assert linked.control("holdings") == {"meters": {}}
    assert linked.control("requests") == {"requests": [], "dead_letters": []}
    assert linked.deliver(linked.readings(500)).result == "FAILED"


def test_reset_is_fast(linked: Neighbours, measure: Callable[[Callable[[], None]], float]) -> None:
    """A scenario must not wait for it."""
    linked.deliver(linked.readings(500))

    assert measure(lambda: linked.mdms.reset("8", linked.now)) < 0.02


def test_tables_are_plain_enough_for_postgresql() -> None:
    """Every table can be said in its dialect."""
    dialect = create_mock_engine("postgresql://", print).dialect
    told = [str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables]

    assert all("CREATE TABLE" in statement and "WITHOUT ROWID" not in statement for statement in told)
