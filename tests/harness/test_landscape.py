"""The landscape with stand-ins that do as they are told: begin, settle, advance, and the doors between."""

import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ami import names
from ami.errors import ConfigurationError, HarnessError, NotTestedError, UnreachableError, WrongStateError
from ami.messages import Message
from harness import environment, hosted, landscape, reach
from harness.landscape import Landscape
from harness.standing import Standing
from simulators import wire
from tests.harness.stand_in import NOW, FakeStandIn, event, reply
from transports.http_server import LIMIT_BYTES, HttpResponse, HttpServers

HOUR = timedelta(hours=1)

Cast = dict[str, FakeStandIn]


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Who plays the systems that are simulated."""
    made = {name: FakeStandIn(name) for name in names.SYSTEMS}
    monkeypatch.setattr(hosted, "stand_in", lambda name, *_: made[name])
    return made


@pytest.fixture
def stage(cast: Cast) -> Iterator[Landscape]:
    """A landscape in which a story has begun."""
    assert cast
    with Landscape(environment.load(None), seed=7) as made:
        made.begin("story", NOW)
        yield made


def told_in(folder: Path, text: str) -> environment.Environment:
    """An environment file."""
    path = folder / "landscape.toml"
    path.write_text(text, "utf-8")
    return environment.load(path)


def test_story_begins_with_everything_forgotten(stage: Landscape, cast: Cast) -> None:
    """Every stand-in starts anew, at the story's time, with ids from the run's seed and the story's name."""
    stage.begin("another", NOW - HOUR)

    assert [system.resets for system in cast.values()] == [[("7/story", NOW), ("7/another", NOW - HOUR)]] * 4
    assert (stage.story, stage.clock.now()) == ("7/another", NOW - HOUR)


def test_story_begins_with_nothing_captured(stage: Landscape) -> None:
    """What the story before left on the wires is not this one's."""
    stage.post(names.MDMS, b"<a/>", "x", None)
    stage.begin("another", NOW)

    assert stage.take() == []
    assert stage.last_asked is None


def test_settling_delivers_until_nobody_has_anything_left(stage: Landscape, cast: Cast) -> None:
    """A message that leads to another in a third system."""
    cast[names.HES].outgoing = [event(names.HES, to=names.MDMS)]
    cast[names.MDMS].answer = lambda asked: [event(names.MDMS, to=names.CIS)] if asked.sender == names.HES else []
    stage.control(names.HES, "send")

    stage.settle()

    assert [message.sender for message in cast[names.MDMS].heard] == [names.HES, names.CIS]
    assert [(message.wire, message.leg) for message in stage.take()] == [
        (names.Wire(source, target), leg) for source, target in [("hes", "mdms"), ("mdms", "cis")] for leg in ("request", "reply")
    ]


def test_who_was_told_nothing_and_heard_nothing_is_left_in_peace(stage: Landscape, cast: Cast) -> None:
    """A landscape at rest costs no requests: nobody looks whether something came up by itself."""
    stage.settle()
    cast[names.OMS].due = [NOW]
    stage.settle()

    assert cast[names.OMS].woken_at == []


def test_systems_that_answer_each_other_for_ever_are_stopped(stage: Landscape, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A circle is a fault that is named, not a run that hangs."""
    monkeypatch.setattr(landscape, "MOST_ROUNDS", 3)
    numbers = count(2)

    def pong(target: str) -> None:
        cast[target].answer = lambda asked: [event(target, asked.sender, next(numbers))] if asked.kind == "event" else []

    pong(names.MDMS)
    pong(names.OMS)
    cast[names.MDMS].outgoing = [event(names.MDMS, to=names.OMS)]
    monkeypatch.setattr("harness.hosting.takes", lambda *_: True)
    monkeypatch.setattr("harness.hosting.SERVICES", {name: {names.METER_READINGS: ()} for name in names.SYSTEMS})
    stage.control(names.MDMS, "send")

    with pytest.raises(HarnessError, match="after 3 rounds at 2026-03-03 12:00 the systems still send messages"):
        stage.settle()


def test_time_stops_wherever_something_is_due(stage: Landscape, cast: Cast) -> None:
    """In the order of time, whoever it is due to; every system hears what time it is then."""
    cast[names.CIS].due = [NOW + 3 * HOUR, NOW + HOUR]
    cast[names.HES].due = [NOW + 2 * HOUR, NOW + 9 * HOUR]
    woken: list[tuple[str, datetime]] = []
    for name in (names.CIS, names.HES):

        def waking(now: datetime, name: str = name) -> Sequence[Message]:
            woken.append((name, now))
            return [event(name, names.MDMS, len(woken))]

        cast[name].waking = waking

    stage.advance(NOW + 4 * HOUR)

    assert woken == [("cis", NOW + HOUR), ("hes", NOW + 2 * HOUR), ("cis", NOW + 3 * HOUR)]
    assert cast[names.MDMS].heard_at == [NOW + HOUR, NOW + 2 * HOUR, NOW + 3 * HOUR]
    assert stage.clock.now() == NOW + 4 * HOUR


def test_what_a_message_makes_due_is_not_missed(stage: Landscape, cast: Cast) -> None:
    """A system that only learns on the way that it has something to do."""

    def learning(asked: Message) -> Sequence[Message]:
        if asked.sender == names.HES:
            cast[names.MDMS].due = [NOW + 2 * HOUR]
        return []

    cast[names.MDMS].answer = learning
    cast[names.HES].due = [NOW + HOUR]
    cast[names.HES].waking = lambda _: [event(names.HES, names.MDMS)]

    stage.advance(NOW + 3 * HOUR)

    assert cast[names.MDMS].woken_at == [NOW + 2 * HOUR]


def test_system_that_is_due_and_does_nothing_is_stopped(stage: Landscape, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the landscape would wake it for ever."""
    monkeypatch.setattr(cast[names.HES], "due_at", lambda: NOW)

    with pytest.raises(HarnessError, match=r"hes says that something is due at .*, and does nothing about it"):
        stage.settle()


def test_one_system_alone_sends_what_it_has(stage: Landscape, cast: Cast) -> None:
    """The others stay silent."""
    for name in (names.HES, names.CIS):
        cast[name].outgoing = [event(name, to=names.MDMS)]
        stage.control(name, "send")
    stage.send_from(names.CIS)

    assert [message.sender for message in cast[names.MDMS].heard] == [names.CIS]


def test_crash_of_a_stand_in_is_a_fault_of_ours(stage: Landscape, cast: Cast) -> None:
    """Named with its place, and not blamed on any vendor; it is told once."""

    def crashing(_: Message) -> Sequence[Message]:
        raise ZeroDivisionError("by zero")

    cast[names.MDMS].answer = crashing
    stage.post(
        names.MDMS,
        wire.write(event(names.TESTER), stage.dialect_with(names.MDMS)),
        stage.dialect_with(names.MDMS).action("created", "MeterReadings"),
        stage.authorization("tester"),
    )

    with pytest.raises(HarnessError, match=r"a stand-in crashed: ZeroDivisionError: by zero \(test_landscape.py:\d+ crashing\)"):
        stage.take()
    stage.take()


def test_crash_at_the_control_port_is_named_before_its_answer(stage: Landscape) -> None:
    """Not as HTTP 500."""
    with pytest.raises(HarnessError, match="a stand-in crashed: ZeroDivisionError"):
        stage.control(names.MDMS, "crash")


def test_refusal_of_the_control_port_is_told_in_its_words(stage: Landscape) -> None:
    """What has no way on from its state is told apart from what makes no sense."""
    with pytest.raises(WrongStateError, match="jam: jammed"):
        stage.control(names.MDMS, "jam")
    with pytest.raises(HarnessError, match="the control port of mdms refused: doubt: no sense"):
        stage.control(names.MDMS, "doubt")


def test_command_tells_the_time(stage: Landscape) -> None:
    """A stand-in acts at the landscape's time, not at that of its last message."""
    stage.clock.move(NOW + HOUR)

    assert stage.control(names.OMS, "echo", a=1) == {"arguments": {"a": 1}, "now": (NOW + HOUR).isoformat()}


def test_tester_speaks_on_a_wire_of_its_own(stage: Landscape, cast: Cast) -> None:
    """Heard as the tester, kept by the tap, remembered as who was asked last."""
    message = event(names.TESTER)
    action = stage.dialect_with(names.MDMS).action("created", names.METER_READINGS)
    answer = stage.post(
        names.MDMS, wire.write(message, stage.dialect_with(names.MDMS)), action, stage.authorization(names.TESTER), is_deliberate=True
    )

    assert answer.status == 200
    assert [heard.sender for heard in cast[names.MDMS].heard] == [names.TESTER]
    assert [(kept.wire, kept.at, kept.is_deliberate) for kept in stage.take()] == [
        (("tester", "mdms"), NOW, True),
        (("tester", "mdms"), NOW, False),
    ]
    assert stage.last_asked == names.MDMS


def test_message_that_is_too_large_for_a_system_is_refused_by_that_system(stage: Landscape) -> None:
    """The tap lets it through, as it was: what the system makes of it is the question."""
    body = b"x" * (LIMIT_BYTES + 1)

    answer = stage.post(names.MDMS, body, "x", stage.authorization(names.TESTER))

    assert (answer.status, b"larger than this system takes" in answer.body) == (413, True)
    assert [len(kept.body) for kept in stage.take()] == [len(body), len(answer.body)]


def test_key_opens_one_control_port_only(stage: Landscape) -> None:
    """Without it the door stays shut; every system has a key of its own."""
    assert [stage.knock(names.MDMS, "echo", with_key=with_key).status for with_key in (True, False)] == [200, 401]
    assert len({stage.control_port(name).token for name in names.SYSTEMS} | {stage._wiring.passwords[name] for name in names.SYSTEMS}) == 8


def test_system_elsewhere_without_a_control_port_cannot_be_told_anything(cast: Cast, tmp_path: Path, servers: HttpServers) -> None:
    """What needs it is not tested; everybody else is controlled as ever."""
    address = servers.serve(lambda _: HttpResponse(404, b""))
    told = told_in(tmp_path, f'[systems.mdms]\naddress = "{address}"\nrun = "elsewhere"\n')
    with Landscape(told, seed=7) as stage:
        stage.begin("story", NOW)

        assert (stage.is_controlled(names.MDMS, "echo"), stage.is_controlled(names.HES, "echo")) == (False, True)
        assert cast[names.MDMS].resets == []
        with pytest.raises(NotTestedError, match="meter data management runs elsewhere without a control port, and 'holdings' needs one"):
            stage.control(names.MDMS, "holdings")
        with pytest.raises(NotTestedError, match="meter data management runs elsewhere without a control port"):
            stage.knock(names.MDMS, "echo", with_key=True)


def test_system_elsewhere_that_is_not_there_lets_nothing_start(cast: Cast, tmp_path: Path) -> None:
    """The environment's fault: one line says who is missing, and what to do."""
    assert cast
    told = told_in(tmp_path, '[systems.mdms]\naddress = "http://127.0.0.1:9/soap"\nrun = "elsewhere"\n')

    with pytest.raises(UnreachableError, match=r"mdms \(meter data management\) is not there: .*; start it, or mend"):
        Landscape(told, seed=7).__enter__()


def test_system_elsewhere_that_does_not_answer_ever_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes connections and says nothing: nobody waits for it longer than the limit."""
    monkeypatch.setattr(reach, "PATIENCE_S", 0.05)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        told = told_in(tmp_path, f'[systems.mdms]\naddress = "http://127.0.0.1:{deaf.getsockname()[1]}"\nrun = "elsewhere"\n')

        with pytest.raises(UnreachableError, match="no reply in time"):
            reach.ensure(told, names.SYSTEMS)


def test_system_elsewhere_that_dies_is_unreachable_at_once_and_until_it_is_back(cast: Cast, tmp_path: Path) -> None:
    """The story ends where the first message is lost, the next one does not begin, and one after its return does."""
    cast[names.HES].outgoing = [event(names.HES, to=names.MDMS)]
    with HttpServers() as other:
        address = other.serve(lambda _: HttpResponse(404, b""))
        told = told_in(tmp_path, f'[systems.mdms]\naddress = "{address}"\nrun = "elsewhere"\n')
        stage = Landscape(told, seed=7)
        stage.__enter__()
        stage.begin("story", NOW)
    with ExitStack() as leaving:
        leaving.push(stage)
        stage.control(names.HES, "send")
        with pytest.raises(UnreachableError, match=rf"hes->mdms: {address} does not answer"):
            stage.settle()
        with pytest.raises(UnreachableError, match="hes->mdms"):
            stage.take()
        for _ in range(2):
            with pytest.raises(UnreachableError, match=r"mdms .* is not there"):
                stage.begin("another", NOW)
        with HttpServers() as again:
            again.serve(lambda _: HttpResponse(404, b""), port=int(address.rpartition(":")[2]))
            stage.begin("a third", NOW)


def test_system_elsewhere_is_told_by_its_own_key_and_password(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets stand in the environment's variables; a real system gets no clock."""
    monkeypatch.setenv("OTHER_KEY", "its key")
    monkeypatch.setenv("OTHER_PASSWORD", "its password")
    with Landscape(environment.load(None), seed=1) as other:
        other._wiring.hosts[names.MDMS].control.token = "its key"  # noqa: S105 - of a test
        told = told_in(
            tmp_path,
            f'[systems.mdms]\nrun = "elsewhere"\naddress = "{other._tap.target_of[names.MDMS]}"\n'
            f'control = "{other.control_port(names.MDMS).address}"\ncontrol_token = "OTHER_KEY"\npassword = "OTHER_PASSWORD"\n',
        )
        with Landscape(told, seed=7) as stage:
            stage.begin("story", NOW)

            assert cast[names.MDMS].resets == [("7/story", NOW)]
            assert stage.authorization(names.MDMS) == "Basic bWRtczppdHMgcGFzc3dvcmQ="


def test_occupied_port_leaves_nothing_running(cast: Cast, tmp_path: Path, stage: Landscape) -> None:
    """A landscape that cannot start stops what it had started."""
    assert cast
    told = told_in(tmp_path, f'[systems.oms]\naddress = "{stage.tap_address}"\n')
    failing = Landscape(told, seed=7)

    with pytest.raises(ConfigurationError, match="cannot listen on"):
        failing.__enter__()
    assert not failing._wiring._servers._thread.is_alive()


def test_neighbour_that_answers_in_words_of_its_own_is_heard(stage: Landscape, cast: Cast) -> None:
    """A reply on the connection that a message was sent on reaches whoever sent it."""
    cast[names.MDMS].answer = lambda asked: [reply(asked, names.MDMS, "PARTIAL")]
    cast[names.HES].outgoing = [event(names.HES, to=names.MDMS)]
    stage.control(names.HES, "send")
    stage.settle()

    (heard,) = cast[names.HES].heard
    assert heard.reply is not None
    assert heard.reply.result == "PARTIAL"


@pytest.mark.parametrize(
    "stands", [lambda: Landscape(environment.Environment(), 7), lambda: Standing(environment.Environment(), ("oms",))], ids=["run", "up"]
)
def test_schemas_are_made_before_anybody_listens(
    monkeypatch: pytest.MonkeyPatch, stands: Callable[[], AbstractContextManager[object]]
) -> None:
    """Compiling them beside other threads that parse can end the process."""
    done: list[str] = []
    serve = HttpServers.serve

    def seen(*given: Any, **named: Any) -> str:
        done.append("serve")
        return serve(*given, **named)

    monkeypatch.setattr("simulators.wire.prepare", lambda spoken: done.append(spoken.name))
    monkeypatch.setattr(HttpServers, "serve", seen)
    with stands():
        pass

    assert done[0] == "2011"
    assert "2011" not in done[done.index("serve") :]
