"""The control port: what it shows, what it does, and what makes no sense to it."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from ami.ports import Json
from tests.simulators.hes.field import DAY, HOUR, START, Field

PROFILE = {"name": "hourly", "interval_minutes": 60, "first_start": "2026-03-01T00:00:00Z", "wh": list(range(24))}


@pytest.fixture
def field() -> Field:
    """A head-end with two meters."""
    made = Field()
    made.install("M-1", "M-2")
    return made


def test_face_shows_registers_switch_clock_and_log(field: Field) -> None:
    """All that stands on the meter, in JSON."""
    field.install("M-3", register_wh=9_950, register_digits=1, reverse_profile={"kind": "constant", "wh": 30}, reverse_register_wh=4)
    field.pass_time(START + HOUR)

    assert json.loads(json.dumps(field.control("face", meter="M-3"))) == {
        "register_wh": 50,
        "reverse_register_wh": 34,
        "register_digits": 1,
        "switch": "closed",
        "supplied": True,
        "clock_at": "2026-03-01T00:00:00Z",
        "log": [{"at": "2026-02-28T23:00:00Z", "text": "installed", "event_type": None}],
    }


def test_truth_is_every_interval_that_has_ended(field: Field) -> None:
    """In JSON, with what is needed to lay it beside a message."""
    field.pass_time(START + timedelta(hours=2, minutes=30))

    assert json.loads(json.dumps(field.truth("M-1"))) == {
        "interval_minutes": 60,
        "first_end": "2026-03-01T00:00:00Z",
        "wh": [100, 100],
        "reverse_wh": None,
        "register_wh_at_start": 0,
        "register_digits": 6,
        "disturbed": [],
        "collected_from": None,
        "collected_until": None,
    }


def test_named_profile_feeds_many_meters_with_scale_and_shift(field: Field) -> None:
    """Half as much, one day on, is half as much at the same time of day; profiles outlive a reset."""
    field.control("load_profiles", profiles=[PROFILE])
    field.head_end.reset("7", START)
    field.install("M-1", profile={"kind": "named", "name": "hourly"})
    field.install("M-2", profile={"kind": "named", "name": "hourly", "scale": 0.5, "shift_days": 1})
    field.pass_time(START + 25 * HOUR)

    assert field.truth("M-1")["wh"] == [23, *range(24)]
    assert sum(field.truth("M-2")["wh"][1:]) == sum(range(24)) // 2


def test_installation_in_the_past_has_measured_since(field: Field) -> None:
    """`at` is when it came."""
    field.pass_time(START + 5 * HOUR)
    field.control(
        "install", meters=[{"meter": "M-3", "interval_minutes": 60, "profile": {"kind": "constant", "wh": 7}, "at": "2026-03-01T00:00:00Z"}]
    )

    assert field.truth("M-3")["wh"] == [7] * 4


def test_register_can_be_set_before_it_has_counted(field: Field) -> None:
    """So that a story can begin just before a rollover."""
    field.control("set_register", meter="M-1", wh=999_999_950)
    field.pass_time(START + HOUR)

    assert field.control("face", meter="M-1")["register_wh"] == 50
    assert field.truth("M-1")["register_wh_at_start"] == 999_999_950


def test_register_that_runs_over_is_delivered_as_it_stands_on_the_face() -> None:
    """From 99,999 kWh to 1.4 kWh in one day."""
    field = Field()
    field.install("M-1", register_wh=99_999_000, register_digits=5)
    field.pass_time(START + DAY + HOUR)

    assert [entry.value for entry in field.delivered()[0].readings[0].readings] == [Decimal("99999.000"), Decimal("1.400")]


def meter(**more: Json) -> Json:
    """An installation of M-9 that differs from a good one."""
    return {"meters": [{"meter": "M-9", "interval_minutes": 60, "profile": {"kind": "constant", "wh": 1}} | more]}


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("install", {}),
        ("install", meter(interval_minutes=20)),
        ("install", meter(meter="")),
        ("install", meter(meter="M-1")),
        ("install", meter(profile=None)),
        ("install", meter(profile={"kind": "odd"})),
        ("install", meter(profile={"kind": "constant", "wh": -1})),
        ("install", meter(profile={"kind": "constant", "wh": 1.5})),
        ("install", meter(register_digits=0)),
        ("install", meter(register_wh=True)),
        ("install", meter(at="2026-03-01")),
        ("load_profiles", {"profiles": [PROFILE | {"wh": [1]}]}),
        ("load_profiles", {"profiles": [PROFILE | {"wh": [1.5] * 24}]}),
        ("load_profiles", {"profiles": [PROFILE | {"first_start": None}]}),
        ("load_profiles", {"profiles": [3]}),
        ("silence", {"meter": "M-1", "start": "2026-03-01T00:00:00Z"}),
        ("silence", {"meter": "M-1", "start": "2026-03-01T00:00:00Z", "end": "2026-03-01T00:00:00Z"}),
        ("misread", {"meter": "M-1", "start": "2026-03-01T00:00:00Z", "end": "2026-03-02T00:00:00Z", "kind": "odd"}),
        ("supply", {"meters": "M-1", "on": True}),
        ("supply", {"meters": ["M-1"], "on": 1}),
        ("press", {"meter": "M-1"}),
        ("remove", {"meter": "M-1", "at": "2020-01-01T00:00:00Z"}),
        ("clock", {"meter": "M-1", "offset_s": "much"}),
    ],
)
def test_senseless_arguments_are_refused_and_change_nothing(field: Field, command: str, told: dict[str, Json]) -> None:
    """A ValueError; the landscape stays as it was."""
    before = field.control("truth")
    with pytest.raises(ValueError, match=r"."):
        field.control(command, **told)
    assert field.control("truth") == before


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("fly", {}),
        ("face", {"meter": "M-9"}),
        ("tamper", {"meter": "../../etc/passwd"}),
        ("supply", {"meters": ["M-1", "M-9"], "on": False}),
        ("install", meter(profile={"kind": "named", "name": "nobody"})),
    ],
)
def test_unknown_command_meter_or_profile_is_a_lookup_error(field: Field, command: str, told: dict[str, Json]) -> None:
    """And nothing is done to those that are known."""
    with pytest.raises(LookupError):
        field.control(command, **told)
    assert field.control("face", meter="M-1")["supplied"]


def test_hand_is_laid_only_on_meters_in_the_field(field: Field) -> None:
    """A removed meter has no supply to lose."""
    field.control("remove", meter="M-1")

    with pytest.raises(ValueError, match="not in the field"):
        field.control("supply", meters=["M-1"], on=False)


def test_button_of_a_dark_meter_does_nothing(field: Field) -> None:
    """Without supply there is nobody to press for."""
    field.control("supply", meters=["M-1"], on=False)

    with pytest.raises(ValueError, match="supply"):
        field.control("press", meter="M-1")
