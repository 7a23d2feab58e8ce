"""The control port: what befalls meters, who hears of it, and what makes no sense."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest

from ami.messages import EndDeviceEvents, Linkage, Message
from ami.ports import Json
from tests.simulators.hes.field import DAY, HOUR, START, Field

LAST_GASP, POWER_RESTORED, TAMPER, CLOCK_SET = "3.26.0.85", "3.26.0.216", "3.12.0.257", "3.36.0.24"
PROFILE = {"name": "hourly", "interval_minutes": 60, "first_start": "2026-03-01T00:00:00Z", "wh": list(range(24))}


@pytest.fixture
def field() -> Field:
    """A head-end with two meters."""
    made = Field()
    made.install("M-1", "M-2")
    return made


def heard(field: Field) -> list[tuple[str | None, str, list[str]]]:
    """Who was told which kind of event about which meters."""
    return [(message.to, events(message)[0][0], [meter for _, meter in events(message)]) for message in field.sent]


def events(message: Message) -> list[tuple[str, str]]:
    """The kinds and meters of the events in a message."""
    assert isinstance(message.payload, EndDeviceEvents)
    return [(event.event_type, event.meter) for event in message.payload.events]


def test_lost_supply_is_told_to_mdms_and_oms(field: Field) -> None:
    """One message for both meters, to each; the event is the same for both."""
    result = field.control("supply", meters=["M-1", "M-2"], on=False)

    assert result == {"changed": ["M-1", "M-2"]}
    assert heard(field) == [("mdms", LAST_GASP, ["M-1", "M-2"]), ("oms", LAST_GASP, ["M-1", "M-2"])]
    assert field.sent[0].payload == field.sent[1].payload


def test_restored_supply_is_told_to_mdms_and_oms(field: Field) -> None:
    """After the last gasp, the restoration."""
    field.control("supply", meters=["M-1"], on=False)
    field.sent.clear()
    field.control("supply", meters=["M-1"], on=True)

    assert heard(field) == [("mdms", POWER_RESTORED, ["M-1"]), ("oms", POWER_RESTORED, ["M-1"])]


def test_supply_that_is_as_it_should_be_is_left_alone(field: Field) -> None:
    """No restoration without an outage, no second gasp within one."""
    field.control("supply", meters=["M-1"], on=False)
    field.sent.clear()

    assert field.control("supply", meters=["M-1"], on=False) == {"changed": []}
    assert field.control("supply", meters=["M-2"], on=True) == {"changed": []}
    assert field.sent == []


def test_gasps_of_many_meters_come_in_batches() -> None:
    """Three meters, two to a message, are two messages to each of two systems."""
    field = Field(batch=2)
    field.install("M-1", "M-2", "M-3")
    field.control("supply", meters=["M-1", "M-2", "M-3"], on=False)

    assert [meters for _, _, meters in heard(field)] == [["M-1", "M-2"], ["M-1", "M-2"], ["M-3"], ["M-3"]]


def test_tampering_is_told_to_the_mdms_and_logged(field: Field) -> None:
    """The CIS hears of it from the MDMS."""
    field.control("tamper", meter="M-1")

    assert heard(field) == [("mdms", TAMPER, ["M-1"])]
    assert field.control("face", meter="M-1")["log"][-1] == {"at": "2026-02-28T23:00:00Z", "text": "tampered with", "event_type": TAMPER}


def test_event_names_usage_point_time_and_an_id(field: Field) -> None:
    """All that a control room needs."""
    field.pass_time(START + HOUR)
    field.control("tamper", meter="M-1")
    payload = field.sent[0].payload

    assert isinstance(payload, EndDeviceEvents)
    assert (payload.events[0].usage_point, payload.events[0].created_at) == ("U-M-1", START + HOUR)
    assert payload.events[0].mrid


def test_silent_meter_tells_of_tampering_when_it_is_heard_again(field: Field) -> None:
    """With the next collection, and with the time at which it happened."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-01T12:00:00Z")
    field.pass_time(START + 2 * HOUR)
    field.control("tamper", meter="M-1")
    assert field.sent == []
    field.pass_time(START + DAY + HOUR)
    payload = field.sent[0].payload

    assert isinstance(payload, EndDeviceEvents)
    assert (payload.events[0].event_type, payload.events[0].created_at) == (TAMPER, START + 2 * HOUR)


def test_last_gasp_that_nobody_hears_is_lost(field: Field) -> None:
    """The capacitor is empty afterwards; the restoration is heard."""
    field.control("silence", meter="M-1", start="2026-02-28T23:00:00Z", end="2026-03-01T00:00:00Z")
    field.control("supply", meters=["M-1"], on=False)
    field.pass_time(START + 2 * HOUR)
    field.control("supply", meters=["M-1"], on=True)

    assert [kind for _, kind, _ in heard(field)] == [POWER_RESTORED, POWER_RESTORED]


def test_meter_that_the_head_end_was_not_told_of_is_not_heard() -> None:
    """Until it is registered."""
    field = Field()
    field.install("M-1", told=False)
    field.control("tamper", meter="M-1")
    assert field.sent == []
    field.link(Linkage("U-1", START, "M-1"))
    field.pass_time(START + DAY + HOUR)

    assert (field.sent[0].to, events(field.sent[0])) == ("mdms", [(TAMPER, "M-1")])


def test_set_clock_is_an_event(field: Field) -> None:
    """Told with the collection that set it, before the readings that it spoiled."""
    field.control("clock", meter="M-2", offset_s=30)
    field.pass_time(START + DAY + HOUR)

    assert events(field.sent[0]) == [(CLOCK_SET, "M-2")]


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
