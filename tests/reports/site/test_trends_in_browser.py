"""The report in a browser that reaches no network: how a run compares with those before it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ami.outcomes import Outcome
from reports.run import Run, read
from reports.site.page import site, write
from reports.site.past import as_past
from tests.reports.site.browser import Watched
from tests.reports.telling import Telling

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_run_without_a_past_compares_with_nothing(seen: Watched, folder: Path) -> None:
    """And says so."""
    page = seen.go(folder, "trends")

    assert page.locator("#no-history").is_visible()
    assert not page.locator("#history").is_visible()


def test_news_are_told_against_the_run_that_is_chosen(seen: Watched, whole_run: Run, tmp_path: Path) -> None:
    """What got worse, what got better, and what is there for the first time."""
    earlier = Telling(tmp_path / "earlier").begin(run="2026-04-20_0815", commit="0123456789ab")
    earlier.collect({"name": "A month of an ordinary household"}, {"name": "The landscape breaks"}, {"name": "Gone since"})
    for name in ("The landscape breaks", "Gone since"):
        earlier.start(name).step("Given a day").finish()
    earlier.start("A month of an ordinary household").step("Given a day", "failed").finish("failed", "no")
    for line in earlier.lines:
        line["at"] = line["at"].replace("2026-05-04", "2026-04-20")
    write(site(whole_run, past=[as_past(read(earlier.end(1).path))]), tmp_path)
    page = seen.go(tmp_path, "trends")

    assert page.locator("#news .said").inner_text().endswith("1 worse, 1 better, 7 new, 1 gone.")
    assert "The landscape breaks" in page.locator("#news table.worse").inner_text()
    assert "sit/meter_to_bill::Gone since" in page.locator("#news table.gone").inner_text()
    assert page.locator("#since-run option").all_inner_texts()[1].startswith("last week: 2026-04-20")
    assert "MR-03" in page.locator("#news").inner_text()
    page.goto(f"{page.url.partition('#')[0]}#overview")
    assert page.locator("#since").inner_text() == "1 worse, 1 better, 7 new, 1 gone"


def test_scenario_that_changes_its_mind_is_named(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """With the same commit and settings; another fault on a wire, another commit or a changed tree explain it well enough."""
    names = ("Flaky", "Steady", "Another commit", "Changed tree")
    telling.begin().collect(*({"name": name} for name in names))
    for name in names:
        telling.start(name).step("Then", "failed").finish("failed", "no")
    now = read(telling.end(1).path)
    last = replace(as_past(now), at=now.started.at - timedelta(hours=1))
    ids = {name: f"sit/meter_to_bill::{name}" for name in names}

    def passed(*which: str) -> dict[str, Outcome]:
        return {ids[name]: Outcome.PASSED if name in which else Outcome.FAILED for name in names}

    past = [
        replace(last, run="a", outcomes=passed("Flaky")),
        replace(last, run="b", outcomes=passed("Steady"), settings="a fault on a wire"),
        replace(last, run="c", outcomes=passed("Another commit"), commit="0123456789ab"),
        replace(last, run="d", outcomes=passed("Changed tree"), commit="a1b2c3d4e5f6+"),
        replace(last, run="e", outcomes=passed(), commit="a1b2c3d4e5f6+"),
    ]
    write(site(now, past=past), tmp_path)
    rows = seen.go(tmp_path, "trends").locator("#flaky tbody tr")

    assert [row.split("\t")[:2] for row in rows.all_inner_texts()] == [["Flaky", "1 of 2"]]


def test_versions_are_compared_by_their_latest_runs(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """And the version before can be chosen to compare with."""
    now = read(telling.begin(version="2.0").collect({"name": "A"}).start("A").step("Given a day").finish().end(passed=1).path)
    old = {"sit/meter_to_bill::A": Outcome.FAILED}
    past = [
        replace(as_past(now), run=f"r{hours}", at=now.started.at - timedelta(hours=hours), version=version, outcomes=old)
        for hours, version in ((3, "1.0"), (2, "1.0"), (1, "2.0"))
    ]
    write(site(now, past=past), tmp_path)
    page = seen.go(tmp_path, "trends")

    table = [row.split("\t") for row in page.locator("#releases tbody tr").all_inner_texts()]
    assert table == [["2.0", "2026-05-04 08:15", "1 of 1", "0", "0", "0"], ["1.0", "2026-05-04 06:15", "0 of 1", "1", "0", "0"]]
    assert [words.split(":")[0] for words in page.locator("#since-run optgroup").first.locator("option").all_inner_texts()] == [
        "the run before",
        "the version before",
    ]
