"""Reading a record."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ami.errors import RecordError
from ami.outcomes import Outcome
from reports.run import Run, read
from tests.reports.telling import HOSTILE, Telling


def one_passed(telling: Telling) -> Telling:
    """The shortest whole record."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").message().reply().finding().truth("wire").finish()
    return telling.end(passed=1)


def test_everything_that_was_told_is_in_the_run(telling: Telling) -> None:
    """Each kind of line finds its place in its scenario."""
    run = read(one_passed(telling).path)

    [scenario] = run.scenarios
    parts = (scenario.steps, scenario.messages, scenario.findings, scenario.truths)
    assert [len(part) for part in parts] == [1, 2, 1, 1]
    assert scenario.outcome is Outcome.PASSED
    assert run.collection is not None
    assert run.finished is not None
    assert not run.torn


def test_curve_is_kept_with_its_scenario(telling: Telling) -> None:
    """What the meter measured, for whoever draws it."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").measured(250, 2).finish()

    [curve] = read(telling.end(passed=1).path).scenarios[0].curves
    assert (curve.meter, curve.minutes, curve.wh) == ("M-1", 30, (250, 250))


def test_crashed_run_is_readable(telling: Telling) -> None:
    """Without its end, the scenario under way is an error and the next one was not tested."""
    run = read(telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").step("Given a day").save().path)

    assert run.finished is None
    assert [scenario.outcome for scenario in run.scenarios] == [Outcome.ERROR, Outcome.NOT_TESTED]
    assert [scenario.reason for scenario in run.scenarios] == [
        "The run broke off during this scenario.",
        "The run ended before this scenario began.",
    ]


def test_torn_last_line_is_left_out(telling: Telling) -> None:
    """A crash in the middle of a line costs that line and nothing else."""
    path = one_passed(telling).path
    path.write_bytes(path.read_bytes()[:-20])

    run = read(path)

    assert run.torn
    assert run.finished is None
    assert run.scenarios[0].outcome is Outcome.PASSED


def test_line_torn_in_the_middle_of_a_letter_is_left_out(telling: Telling) -> None:
    """Half of a letter is no text at all, and torn all the same."""
    path = telling.begin().save().path
    path.write_bytes(path.read_bytes() + '{"type":"run_finished","at":"é'.encode()[:-1])

    assert read(path).torn


def test_last_line_that_lacks_only_its_line_feed_counts(telling: Telling) -> None:
    """What was written whole is read."""
    path = one_passed(telling).path
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    run = read(path)

    assert run.finished is not None
    assert not run.torn


def test_scenario_that_could_not_be_set_up_has_no_start(telling: Telling) -> None:
    """Its end tells what it came to."""
    telling.begin().collect({"name": "A"})
    telling.start("A")
    telling.lines.pop()
    run = read(telling.finish("error", "no landscape").end(error=1).path)

    assert run.scenarios[0].started is None
    assert run.scenarios[0].outcome is Outcome.ERROR


def test_scenario_began_before_its_first_line(telling: Telling) -> None:
    """It took 0.75 s until its last line."""
    [scenario] = read(one_passed(telling).path).scenarios

    assert scenario.finished is not None
    assert scenario.began_at is not None
    assert (scenario.finished.at - scenario.began_at).total_seconds() == 0.75


def test_binary_body_comes_back_as_its_bytes(telling: Telling) -> None:
    """Base64 in the record, bytes in the message."""
    path = telling.begin().collect({"name": "A"}).start("A").message(None, body_base64="AP8=").message(HOSTILE).save().path

    binary, text = read(path).scenarios[0].messages

    assert binary.content == b"\x00\xff"
    assert text.content == HOSTILE.encode()


Break = Callable[[list[str]], None]


def _spoil(place: int, **fields: object) -> Break:
    def spoil(lines: list[str]) -> None:
        lines[place] = json.dumps({**json.loads(lines[place]), **fields})

    return spoil


def _repeat(place: int) -> Break:
    return lambda lines: lines.append(json.dumps({**json.loads(lines[place]), "number": len(lines) + 1}))


def _before_the_end(place: int) -> Break:
    def insert(lines: list[str]) -> None:
        end = json.loads(lines.pop())
        _repeat(place)(lines)
        lines.append(json.dumps({**end, "number": len(lines) + 1}))

    return insert


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines.__setitem__(3, "no JSON"), "line 4: Invalid JSON"),
        (lambda lines: lines.pop(4), "line 5: calls itself line 6; lines are missing or doubled"),
        (lambda lines: lines.pop(0), "line 1: calls itself line 2"),
        (_spoil(0, type="run_begun"), "line 1: Input tag 'run_begun'"),
        (_spoil(0, seed=None), "line 1: run_started.seed"),
        (_spoil(0, mood="good"), "line 1: run_started.mood: Unexpected keyword argument"),
        (_spoil(0, at="2026-03-01T00:00:00"), "line 1: run_started.at: Input should have timezone info"),
        (_spoil(1, scenario="sit/x::other"), "line 4: scenario_started of scenario 'sit/meter_to_bill::A', which was never collected"),
        (_spoil(4, outcome="fine"), "line 5: step_finished.outcome"),
        (_spoil(5, body=None), "line 6: message: Value error, a message has either body or body_base64"),
        (_spoil(5, body_base64="AA=="), "line 6: message: Value error, a message has either body or body_base64"),
        (_spoil(5, body=None, body_base64="*"), "line 6: message: Value error, Only base64"),
        (_spoil(6, message=1), "line 7: message 1 stands there twice"),
        (_spoil(7, message=77), "line 8: a finding in message 77, which is not recorded"),
        (_spoil(8, lost_wh=0.5), "line 9: truth.lost_wh"),
        (_repeat(0), "line 12: a record begins with run_started, once"),
        (_repeat(1), "line 12: scenario_collected after run_finished"),
        (_before_the_end(1), "line 11: scenario 'sit/meter_to_bill::A' is collected twice"),
        (_before_the_end(3), "line 11: scenario_started of scenario 'sit/meter_to_bill::A', which had finished before"),
    ],
)
def test_record_that_no_run_writes_is_refused(telling: Telling, spoil: Break, said: str) -> None:
    """One line, with the file and the line in it."""
    path = one_passed(telling).path
    lines = path.read_text("utf-8").splitlines()
    spoil(lines)
    path.write_text("\n".join(lines) + "\n", "utf-8")

    with pytest.raises(RecordError) as refused:
        read(path)

    assert str(refused.value).startswith(f"{path}, {said}")
    assert "\n" not in str(refused.value)


def test_scenario_that_sets_its_day_starts_anew(telling: Telling) -> None:
    """The day of its own counts, not the one that it was given."""
    telling.begin().collect({"name": "A"}).start("A").start("A")
    telling.lines[-1]["virtual_at"] = "2026-03-29T00:00:00Z"
    [scenario] = read(telling.save().path).scenarios

    assert scenario.started is not None
    assert f"{scenario.started.virtual_at:%Y-%m-%d}" == "2026-03-29"


@pytest.mark.parametrize("content", [b"", b'{"type": "run_st'])
def test_empty_record_is_no_run(tmp_path: Path, content: bytes) -> None:
    """Nothing, or less than a line."""
    path = tmp_path / "record.ndjson"
    path.write_bytes(content)

    with pytest.raises(RecordError, match="there is no run in this record"):
        read(path)


def test_absent_record_is_named(tmp_path: Path) -> None:
    """Its path and why."""
    with pytest.raises(RecordError, match=r"nowhere\.ndjson: the record cannot be read: No such file"):
        read(tmp_path / "nowhere.ndjson")


def test_whole_sample_has_every_outcome(whole_run: Run) -> None:
    """The record that the other tests use covers all that there is."""
    assert {scenario.outcome for scenario in whole_run.scenarios} == set(Outcome)
