"""`metergate run --jobs`: where several processes can tell scenarios side by side."""

import pytest

from ami.errors import ConfigurationError
from cli import jobs
from harness.environment import Environment


def environment(**tables: object) -> Environment:
    """An environment as its file would say it."""
    return Environment.model_validate(tables)


def test_one_process_needs_no_workers() -> None:
    """pytest is told nothing."""
    assert jobs.options(1, environment()) == []


def test_stand_ins_on_free_ports_can_stand_twice() -> None:
    """Each worker has a landscape of its own."""
    assert jobs.options(2, environment()) == ["-n", "2"]


@pytest.mark.parametrize(
    ("tables", "obstacle"),
    [
        ({"environment": {"listen": "http://127.0.0.1:9100"}}, "the wiretap listens on http://127.0.0.1:9100 alone"),
        ({"systems": {"oms": {"run": "elsewhere", "address": "http://127.0.0.1:9200"}}}, "there is only one outage management, elsewhere"),
        ({"systems": {"hes": {"address": "http://127.0.0.1:9300"}}}, "the stand-in of the head-end listens on http://127.0.0.1:9300 alone"),
        ({"systems": {"hes": {"password": "METERGATE_TEST_NOT_SET"}}}, "METERGATE_TEST_NOT_SET"),
    ],
)
def test_what_there_is_only_once_cannot_be_shared(tables: dict[str, object], obstacle: str) -> None:
    """The line names it."""
    with pytest.raises(ConfigurationError, match=obstacle):
        jobs.options(2, environment(**tables))


def test_no_process_at_all_is_refused() -> None:
    """Nothing tested would be no pass, but it would be no answer either."""
    with pytest.raises(ConfigurationError, match="--jobs 0: name a number from 1 on"):
        jobs.options(0, environment())
