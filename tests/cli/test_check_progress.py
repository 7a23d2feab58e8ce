"""How far `metergate check` says it is."""

import io
import threading

import pytest
from rich.console import Console

from cli.check_progress import LONG, progress


@pytest.mark.parametrize(("files", "is_terminal", "wanted"), [(LONG - 1, True, True), (500, False, True), (500, True, False)])
def test_short_work_and_a_log_show_nothing(files: int, is_terminal: bool, wanted: bool) -> None:
    """Nor does who does not want it."""
    out = io.StringIO()
    with progress(Console(file=out, force_terminal=is_terminal), files, wanted=wanted) as done:
        done(files)

    assert out.getvalue() == ""


def test_long_work_on_a_terminal_moves_a_bar_without_a_thread() -> None:
    """Processes are forked meanwhile."""
    out = io.StringIO()
    threads = threading.active_count()
    with progress(Console(file=out, force_terminal=True, width=100), 500, wanted=True) as done:
        for _ in range(10):
            done(25)
        assert threading.active_count() == threads

    assert "250/500" in out.getvalue()
