"""Sentences about what should be refused: strangers, broken bytes, replays, spoofed answers, ways around the key."""

from decimal import Decimal
from http import HTTPStatus

from pytest_bdd import parsers, then, when

from ami.event_types import OPEN_SWITCH
from ami.names import END_DEVICE_CONTROLS, HES, MDMS
from harness.utility import Utility
from harness.utility.intruder import WRONG_PASSWORD, told
from steps.words import SYSTEM_OF
from transports.http_client import HttpReply

CREDENTIALS = {"without credentials": None, "with a wrong password": WRONG_PASSWORD}


@when(
    parsers.re(
        r'somebody (?P<how>without credentials|with a wrong password) tells the head-end to open the switch of meter "(?P<meter>.+)"'
    )
)
def commands_without_right(utility: Utility, how: str, meter: str) -> None:
    """Send a command with credentials that are none."""
    command = utility.head_end.prepared_command(meter, OPEN_SWITCH)
    utility.answers.append(utility.intruder.send(HES, command, CREDENTIALS[how]))


@then("the door stays shut")
def door_stays_shut(utility: Utility) -> None:
    """Look at the HTTP status of the last answer."""
    assert utility.answers[-1].status == HTTPStatus.UNAUTHORIZED, f"the answer is {utility.answers[-1]}"


@when(parsers.parse('the tester delivers readings of meter "{meter}" to the MDMS in the name of the head-end'))
def delivers_in_anothers_name(utility: Utility, meter: str) -> None:
    """Deliver with the tester's credentials and the head-end's name."""
    utility.answers.append(utility.intruder.deliver_as(HES, meter, utility.feed.interval_minutes))


@when(parsers.re(r"(?P<system>the head-end|the MDMS) is sent (?P<what>.+)"))
def is_sent(utility: Utility, system: str, what: str) -> None:
    """Send bytes that are no proper message."""
    utility.answers.append(utility.intruder.send_broken(SYSTEM_OF[system], what))


@then("it answers with a SOAP Fault")
def answers_with_fault(utility: Utility) -> None:
    """Look for the Fault in the last answer."""
    answer = utility.answers[-1]
    assert answer.fault is not None, f"the answer is {answer}"
    assert answer.status >= HTTPStatus.BAD_REQUEST, f"the Fault came with HTTP {answer.status}"


@then(parsers.parse("{system} still answers proper messages"))
def still_answers(utility: Utility, system: str) -> None:
    """Send a proper message afterwards."""
    answer = utility.intruder.send_proper(SYSTEM_OF[system])
    assert answer.reply.result == "OK", f"{system} answered {answer}"


@when("somebody sends the recorded first command again")
def sent_again(utility: Utility) -> None:
    """Replay the first command that went to the head-end."""
    first = utility.story.first("create", END_DEVICE_CONTROLS)
    utility.answers.append(utility.intruder.replay(first.body, HES, first.soap_action or ""))


@when(parsers.re(r"somebody (?P<who>else|without credentials) answers that it is (?P<kwh>\d+) kWh"))
def somebody_answers(utility: Utility, who: str, kwh: str) -> None:
    """Answer the customer service's question in the place of the MDMS."""
    utility.answers.append(utility.spoof_reading(Decimal(kwh), is_known=who == "else"))


@then("the answer is refused")
def answer_is_refused(utility: Utility) -> None:
    """Look at what became of the last answer."""
    assert utility.answers[-1].is_refused, f"the answer was taken: {utility.answers[-1]}"


@when(
    parsers.re(r'somebody asks the control port of the MDMS for "(?P<path>[^"]+)" (?P<key>with the key|without the key)'),
    target_fixture="knocked",
)
def knocks(utility: Utility, path: str, key: str) -> HttpReply:
    """Ask for something at the control port."""
    return utility.intruder.ask_control_port(MDMS, path, with_key=key == "with the key")


@then(parsers.parse("it answers {status:d} and tells nothing"))
def tells_nothing(knocked: HttpReply, status: int) -> None:
    """Look at the status, and for anything that should not be told."""
    assert knocked.status == status, f"the control port answered {knocked.status}"
    said = told(knocked)
    assert "root:" not in said, f"the control port told {said[:200]}"
    assert "intervals" not in said, f"the control port told {said[:200]}"
