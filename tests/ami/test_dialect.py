"""Dialects: names that differ from product to product, as data."""

import pytest

from ami import names
from ami.dialect import Wrapping, dialect
from ami.dialect import names as dialect_names
from ami.errors import ConfigurationError
from ami.messages import Kind
from ami.services import SERVICES

NAMESPACE = "http://iec.ch/TC57/2011/"


@pytest.mark.parametrize(
    ("kind", "verb", "root"),
    [
        (Kind.REQUEST, "create", "CreateEndDeviceControls"),
        (Kind.EVENT, "created", "CreatedEndDeviceControls"),
        (Kind.RESPONSE, "reply", "EndDeviceControlsResponseMessage"),
        (Kind.FAULT, "reply", "EndDeviceControlsFaultMessage"),
    ],
)
def test_root_follows_kind_and_verb(kind: Kind, verb: str, root: str) -> None:
    """In 2011 each verb and noun has a root of its own, in the namespace of its noun."""
    wrapping = dialect("2011").wrapping(kind, verb, names.END_DEVICE_CONTROLS)

    assert wrapping == Wrapping(root, f"{NAMESPACE}EndDeviceControlsMessage")


def test_query_and_its_answer_share_a_namespace() -> None:
    """`get` has its own wrapper, and the reply to it stands beside it."""
    wording = dialect("2011")
    query = wording.wrapping(Kind.REQUEST, "get", names.METER_READINGS)
    answer = wording.wrapping(Kind.RESPONSE, "reply", names.METER_READINGS, answers_get=True)

    assert query == Wrapping("GetMeterReadings", f"{NAMESPACE}GetMeterReadingsMessage")
    assert answer == Wrapping("MeterReadingsResponseMessage", f"{NAMESPACE}GetMeterReadingsMessage")


def test_payload_and_action_carry_the_noun() -> None:
    """The payload's namespace ends in #, the SOAPAction in verb and noun."""
    wording = dialect("2011")

    assert wording.payload(names.GET_METER_READINGS) == f"{NAMESPACE}GetMeterReadings#"
    assert wording.action("created", names.METER_READINGS) == f"{NAMESPACE}MeterReadings/CreatedMeterReadings"


def test_unknown_dialect_names_those_that_there_are() -> None:
    """One clear line tells what to write instead."""
    with pytest.raises(ConfigurationError, match=r"'1999'.*2011"):
        dialect("1999")


@pytest.mark.parametrize("name", dialect_names())
def test_every_dialect_speaks_of_all_that_the_systems_take(name: str) -> None:
    """A verb or noun of SERVICES that a dialect forbids could never be sent."""
    wording = dialect(name)

    assert {verb for taken in SERVICES.values() for verbs in taken.values() for verb in verbs} <= set(wording.verbs)
    assert {noun for taken in SERVICES.values() for noun in taken} <= set(wording.nouns)


@pytest.mark.parametrize("name", dialect_names())
def test_roots_of_a_dialect_can_be_told_apart_by_kind(name: str) -> None:
    """A reader knows from the root whether it is asked, told or answered."""
    wording = dialect(name)
    roots = [
        wording.wrapping(kind, verb, names.METER_READINGS)
        for kind, verb in [(Kind.REQUEST, "create"), (Kind.EVENT, "created"), (Kind.RESPONSE, "reply"), (Kind.FAULT, "reply")]
    ]

    assert len(set(roots)) == len(roots)
