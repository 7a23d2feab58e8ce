"""The report of 2,000 scenarios with 100,000 messages: how large it is, and how long a browser takes to open it, beside a small one."""

import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from reports.run import read
from reports.site.page import Site, site, write
from tests.reports.site.browser import OPTIONS, executable, watched
from tests.reports.telling import EVENT, Telling

SCENARIOS, MESSAGES_EACH, FAULTY_EVERY, FEATURE_OF = 2_000, 50, 10, 20
MOST_SECONDS, MOST_BYTES = 3.0, 30_000_000
ROUNDS = 3


def _delivery(number: int) -> str:
    readings = "".join(
        f"<Readings><timeStamp>2026-03-{number % 28 + 1:02}T{place // 2:02}:{place % 2 * 30:02}:00Z</timeStamp>"
        f"<value>{(number * 7919 + place * 104_729) % 2000 / 1000}</value></Readings>"
        for place in range(48)
    )
    return EVENT.replace("</MeterReading>", f"{readings}</MeterReading>").replace("M-1", f"M-{number}")


def _record(folder: Path, scenarios: int) -> Path:
    telling = Telling(folder).begin()
    telling.collect(
        *(
            {
                "name": f"Street {number}",
                "feature": f"Streets of district {number // FEATURE_OF}",
                "feature_file": f"features/sit/district_{number // FEATURE_OF}.feature",
                "scenario": f"sit/district_{number // FEATURE_OF}::Street {number}",
            }
            for number in range(scenarios)
        )
    )
    for number in range(scenarios):
        telling.start(f"Street {number}")
        for sentence in ("Given a street", "When its day is collected", "Then every message conforms", "And the bill is right"):
            telling.step(sentence)
        for place in range(MESSAGES_EACH // 2):
            telling.message(_delivery(number * MESSAGES_EACH + place)).reply()
        if number % FAULTY_EVERY == 0:
            telling.finding(message=telling.messages - 1)
        telling.truth("head_end").truth("wire", "lost", 2).truth("mdms", "estimated", 2).truth("bill").measured()
        telling.finish("failed" if number % FAULTY_EVERY == 0 else "passed")
    return telling.end(1).path


def _made(folder: Path, scenarios: int) -> tuple[Site, float]:
    run = read(_record(folder, scenarios))
    begun = time.process_time()
    made = site(run)
    write(made, folder)
    return made, time.process_time() - begun


def _seconds_to_open(browser: Browser, folder: Path, fragment: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        with watched(browser) as seen:
            begun = time.perf_counter()
            seen.go(folder, fragment)
            taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> int:
    """Measure, print, and say whether the demands are met."""
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        small, large = Path(scratch) / "small", Path(scratch) / "large"
        _made(small, 10)
        made, made_in = _made(large, SCENARIOS)
        page, beside = len(made.page.encode()), sum(map(len, made.files.values()))
        browser = playwright.chromium.launch(executable_path=executable(), args=OPTIONS)
        opened = {view: _seconds_to_open(browser, large, view) for view in ("overview", "scenarios", "s1")}
        reference = _seconds_to_open(browser, small, "overview")
        browser.close()
    print(f"report of {SCENARIOS:,} scenarios and {SCENARIOS * MESSAGES_EACH:,} messages, made in {made_in:.1f} s of one core")
    print(f"page {page / 1e6:.1f} MB, with the files beside it {(page + beside) / 1e6:.1f} MB (at most {MOST_BYTES / 1e6:.0f} MB)")
    for view, seconds in opened.items():
        ratio = seconds / reference
        print(f"opens at {view} in {seconds:.2f} s, {ratio:.1f} times a report of 10 scenarios (at most {MOST_SECONDS:.0f} s)")
    return 0 if max(opened.values()) <= MOST_SECONDS and page + beside <= MOST_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
