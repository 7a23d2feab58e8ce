"""The summary in Markdown."""

from reports import markdown
from reports.run import Run, read
from tests.reports.telling import HOSTILE, Telling


def test_summary_names_the_outcome_the_phases_and_who_is_to_blame(whole_run: Run) -> None:
    """Worst first."""
    text = markdown.document(whole_run)

    assert text.startswith("## 💥 MeterGate: error\n")
    assert "| Factory acceptance |  | 1 |  |  |  | 1 | 1 error |" in text
    assert "- **fat/delivery::A stamp without its offset** — head-end &#40;system under test&#41;, on the wire" in text
    assert text.index("### 💥 2 error") < text.index("### ❌ 1 failed") < text.index("### ❔ 1 inconclusive")


def test_what_comes_from_a_wire_is_shown_and_not_obeyed(whole_run: Run) -> None:
    """No tag, no link, no mention, no new row of a table."""
    text = markdown.document(whole_run, [HOSTILE])

    assert "<script>" not in text
    assert "&#60;script&#62;" in text
    assert markdown.plain("@everyone [x](http://a) | <img>\n# b") == (
        "&#64;everyone &#91;x&#93;&#40;http://a&#41; &#124; &#60;img&#62; &#35; b"
    )


def test_complaints_come_before_the_figures(whole_run: Run) -> None:
    """Whoever reads only the top must not be misled."""
    text = markdown.document(whole_run, ["The record has no end: the run crashed or was killed."])

    assert text.index("The figures cannot be trusted:") < text.index("| phase |")


def test_long_run_stays_below_what_servers_take(telling: Telling) -> None:
    """65,536 signs."""
    telling.begin().collect(*({"name": f"Scenario {number}"} for number in range(400)))
    for number in range(400):
        telling.start(f"Scenario {number}").step("Given a day", "failed", "x" * 5_000)
        telling.message().finding(rule=f"XX-{number}", expected="y" * 5_000).finish("failed", "z" * 5_000)
    telling.end(1, failed=400)

    text = markdown.document(read(telling.path))

    assert "and 375 more" in text
    assert len(text) < 65_536
