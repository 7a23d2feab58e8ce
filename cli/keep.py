"""`metergate keep`: the answers of today, kept as what a recorded conversation must be answered with from now on."""

from typing import Annotated

from rich.console import Console
from typer import Argument

from cli.places import shown
from conformance.judge import Judge
from harness import environment, readings, replay
from harness.landscape import Landscape
from harness.story import Story
from harness.utility import Utility

EXAMPLES = ('./metergate keep "a day is delivered"', "git diff features/regression/recordings")

Names = Annotated[list[str], Argument(metavar="CONVERSATION", help="Its name, as in features/regression: the file's, with spaces.")]


def command(conversations: Names) -> int:
    """Replay recorded conversations and keep the answers of today: look at the difference before you commit it."""
    landscape_environment = environment.load(None)
    with Landscape(landscape_environment, landscape_environment.environment.seed) as landscape:
        feed, _ = readings.feed(landscape, None)
        for name in conversations:
            conversation = replay.load(name)
            utility = Utility(Story(landscape, Judge(landscape_environment.environment.dialect), None, f"keep/{name}"), feed)
            utility.set_up(conversation)
            path = replay.save(name, replay.answered_anew(utility.tester, conversation))
            Console().print(f"Kept: {shown(path)}", highlight=False, soft_wrap=True)
    return 0
