"""What the user sees while a run works."""

from io import StringIO

from rich.console import Console

from cli.progress import LivingLine, PlainLines, Silence, display
from cli.record_tail import Line
from cli.standing import Ended, Standing

STORY: tuple[Line, ...] = (
    {"type": "scenario_collected", "scenario": "fat/a::b", "phase": "fat", "name": "b"},
    {"type": "collection_finished", "scenarios": 1},
    {"type": "scenario_started", "scenario": "fat/a::b"},
    {"type": "message"},
    {"type": "something new"},
    {"type": "scenario_finished", "scenario": "fat/a::b", "outcome": "failed", "reason": "a gap"},
)


def test_figures_follow_the_record() -> None:
    """Phase, scenario, messages and failures; lines of an unknown type change nothing."""
    standing = Standing()

    told = [ended for line in STORY if (ended := standing.take(line))]

    assert told == [Ended("fat/a::b", "failed", "a gap")]
    assert (standing.phase, standing.scenario, standing.total, standing.done, standing.messages, standing.broken) == (
        "fat",
        "b",
        1,
        1,
        1,
        1,
    )


def test_plain_lines_where_there_is_no_terminal() -> None:
    """A log gets a line per phase and one per scenario that did not pass."""
    console = Console(file=StringIO(), width=40, color_system=None)
    standing = Standing()
    with display(console, wanted=True) as plain:
        assert isinstance(plain, PlainLines)
        for line in STORY:
            ended = standing.take(line)
            plain.show(standing)
            if ended:
                plain.ended(ended)
        plain.ended(Ended("fat/a::c", "passed", ""))
        plain.stopping()

    assert isinstance(console.file, StringIO)
    assert console.file.getvalue().splitlines() == [
        "collecting scenarios",
        "fat: 0 of 1 scenarios done, 0 failed, 0 messages judged, 0 s",
        "failed  fat/a::b: a gap",
        "stopping: the run writes its last lines (Ctrl-C again: at once)",
    ]


def test_living_line_on_a_terminal() -> None:
    """A terminal gets a bar with the phase, the scenario and the messages judged."""
    console = Console(file=StringIO(), width=120, force_terminal=True, color_system=None)
    standing = Standing()
    with display(console, wanted=True) as living:
        assert isinstance(living, LivingLine)
        for line in STORY[:4]:
            standing.take(line)
        living.show(standing)
        living.ended(Ended("fat/a::[b]", "failed", "a [gap]"))

    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert "1 messages judged" in text
    assert "fat/a::[b]: a [gap]" in text


def test_no_progress_is_silent() -> None:
    """`--no-progress` shows nothing but the result."""
    console = Console(file=StringIO(), force_terminal=True)
    with display(console, wanted=False) as silent:
        assert isinstance(silent, Silence)
        silent.show(Standing(phase="fat"))
        silent.ended(Ended("fat/a::b", "failed", "a gap"))
        silent.stopping()

    assert isinstance(console.file, StringIO)
    assert console.file.getvalue() == ""
