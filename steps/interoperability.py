"""Sentences about a client that knows nothing but the WSDL."""

from decimal import Decimal

from pytest_bdd import parsers, then, when

from ami.event_types import OPEN_SWITCH
from ami.names import HES, MDMS, OMS
from harness.stranger import Stranger
from harness.utility import Utility
from steps.words import SYSTEM_OF


@when(parsers.parse('a client made from the WSDL of the head-end reads meter "{meter}"'), target_fixture="received")
def stranger_reads(utility: Utility, meter: str) -> Decimal:
    """Read a meter through zeep."""
    return Stranger(utility.landscape, HES).read(meter)


@then(parsers.parse('the client receives the value on the face of meter "{meter}"'))
def stranger_has_the_face(utility: Utility, received: Decimal, meter: str) -> None:
    """Compare the answer with the face."""
    face = utility.meters.face(meter).kwh
    assert received == face, f"the client received {received} kWh, the face of {meter} shows {face} kWh"


@when(parsers.parse('a client made from the WSDL of the head-end opens the switch of meter "{meter}"'))
def stranger_opens(utility: Utility, meter: str) -> None:
    """Send a command through zeep."""
    result = Stranger(utility.landscape, HES).control(meter, OPEN_SWITCH)
    assert result == "OK", f"the head-end answered {result}"


@when(parsers.parse('a client made from the WSDL of the MDMS asks for the day of meter "{meter}"'), target_fixture="received")
def stranger_asks_day(utility: Utility, meter: str) -> object:
    """Ask for a day through zeep."""
    return Stranger(utility.landscape, MDMS).intervals(meter, utility.day_span())


@then(parsers.parse('the client receives every interval of the day of meter "{meter}"'))
def stranger_has_the_day(utility: Utility, received: object, meter: str) -> None:
    """Compare the answer with the truth."""
    truth = {interval.end: wh for interval, wh in utility.meters.intervals(meter, utility.day_span()).items()}
    assert received == truth, f"the client received {received}"


@when(parsers.parse('a client made from the WSDL of the outage management tells the last gasp of meter "{meter}"'))
def stranger_tells(utility: Utility, meter: str) -> None:
    """Tell of an outage through zeep."""
    result = Stranger(utility.landscape, OMS).tell_last_gasp(meter)
    assert result == "OK", f"the outage management answered {result}"


@when(parsers.parse("a client reads the WSDL of {system}"), target_fixture="stranger")
def stranger_reads_wsdl(utility: Utility, system: str) -> Stranger:
    """Make a client."""
    return Stranger(utility.landscape, SYSTEM_OF[system])


@then(parsers.parse("it finds every service that {system} takes"))
def stranger_finds(stranger: Stranger, system: str) -> None:
    """Compare what the WSDL tells of with what must be there."""
    found, expected = stranger.operations(), stranger.expected_operations()
    assert found == expected, f"{system} offers {sorted(found)}, and takes {sorted(expected)}"
