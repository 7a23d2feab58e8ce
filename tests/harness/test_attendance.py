"""What only a person can do: asked in words, done or not tested."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ami import names
from ami.errors import NotTestedError
from conformance.judge import Judge
from harness import environment
from harness.attendance import Done
from harness.landscape import Landscape
from harness.readings import Feed
from harness.story import Story
from harness.utility import Utility
from tests.harness.stand_in import NOW
from transports.http_server import HttpResponse, HttpServers


class Person:
    """Somebody who does what is asked, unless there is a reason not to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.refusal: str | None = None

    def ask(self, system: str, command: str, words: str) -> Done:
        """Remember it."""
        self.asked.append((system, command, words))
        return Done("ada", self.refusal)


@pytest.fixture
def person() -> Person:
    """Willing."""
    return Person()


def real_head_end(folder: Path, servers: HttpServers, line: str = "") -> environment.Environment:
    """A landscape whose head-end is real."""
    path = folder / "real.toml"
    address = servers.serve(lambda _: HttpResponse(404, b""))
    path.write_text(f'[systems.hes]\nrun = "elsewhere"\naddress = "{address}"\npatience_s = 0\n{line}', "utf-8")
    return environment.load(path)


@pytest.fixture
def utility(person: Person, servers: HttpServers, tmp_path: Path) -> Iterator[Utility]:
    """A scenario in it."""
    with Landscape(real_head_end(tmp_path, servers), 1, attendant=person) as landscape:
        made = Utility(Story(landscape, Judge("2011"), None, "attended"), Feed(("household",), 30))
        made.begin(date(2026, 3, 3))
        yield made


def test_supply_of_a_real_meter_is_pulled_by_a_person(utility: Utility, person: Person) -> None:
    """Who is told which meters, and what to do with them."""
    utility.meters.cut(["M-1"])
    utility.meters.restore(["M-1", "M-2", "M-3"])

    assert [words for _, _, words in person.asked] == [
        "at the head-end: take the supply from meter M-1",
        "at the head-end: give the supply back to 3 meters, M-1 to M-3",
    ]


def test_what_a_person_could_not_do_is_not_tested(utility: Utility, person: Person) -> None:
    """In the person's words."""
    person.refusal = "the cellar is locked"

    with pytest.raises(NotTestedError, match="it was not done: the cellar is locked"):
        utility.meters.cut(["M-1"])


def test_what_no_person_can_tell_is_not_asked(utility: Utility, person: Person) -> None:
    """The whole truth of a meter, for instance."""
    with pytest.raises(NotTestedError, match="no person can do 'truth'"):
        utility.landscape.control(names.HES, "truth")
    assert person.asked == []


def test_clock_that_a_person_sets_is_asked_for_when_the_story_begins_and_goes_on(
    person: Person, servers: HttpServers, tmp_path: Path
) -> None:
    """Once for each time that passes, and never back."""
    with Landscape(real_head_end(tmp_path, servers, 'clock = "person"\n'), 1, attendant=person) as landscape:
        landscape.begin("story", NOW)
        landscape.advance(NOW + timedelta(hours=1))
        landscape.advance(NOW)

    assert [words for _, _, words in person.asked] == [
        "at the head-end: set the clock to 2026-03-03 12:00:00 UTC",
        "at the head-end: set the clock to 2026-03-03 13:00:00 UTC",
    ]


def test_clock_that_a_person_sets_needs_one(servers: HttpServers, tmp_path: Path) -> None:
    """Or the story is not tested."""
    with (
        Landscape(real_head_end(tmp_path, servers, 'clock = "person"\n'), 1) as landscape,
        pytest.raises(NotTestedError, match="nobody attends"),
    ):
        landscape.begin("story", NOW)
