"""The piece of a message that a finding shows."""

from time import process_time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.findings import Finding, Severity, Where
from conformance.excerpt import WIDTH, Excerpt, excerpts

BOUND_S: Final = 5
"""Of processor time: a hundred times what it takes."""


def shown(body: str | bytes, path: str, line: int) -> Excerpt | None:
    """The excerpt for a finding at a place."""
    raw = body.encode() if isinstance(body, str) else body
    (found,) = excerpts(raw, [Finding("MR-03", Severity.ERROR, Where(path, line), "one thing", "another")])
    return found


def marked(found: Excerpt | None) -> str:
    """The text under the mark."""
    assert found is not None
    return found.text[found.begin : found.end]


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        ("/a/b[2]/c", "<c>2</c>"),
        ("/a/b[1]/c", "<x:c>1</x:c>"),
        ("/a/b[2]", "<b>"),
        ("/a/b[2]/missing", "<b>"),
        ("/a/d/@ref", '<d ref=">"/>'),
    ],
)
def test_element_is_marked_by_its_path(path: str, mark: str) -> None:
    """The right one of several on a line; of what is missing, its parent; an attribute with its tag."""
    assert marked(shown('<a><b><x:c>1</x:c></b><!-- <b> --><b><c>2</c></b><d ref=">"/></a>', path, 1)) == mark


def test_line_and_column_are_those_of_the_message() -> None:
    """Space at the beginning of a line is not shown, but counts."""
    assert shown("<a>\n    <b>1</b>\n</a>", "/a/b", 2) == Excerpt("<b>1</b>", 5, 0, 8)


def test_long_line_is_cut_around_the_mark() -> None:
    """A message of one line."""
    found = shown(f"<a>{'<b>1</b>' * 500}<c>2</c>{'<b>1</b>' * 500}</a>", "/a/c", 1)

    assert marked(found) == "<c>2</c>"
    assert found is not None
    assert len(found.text) == WIDTH + 2
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert found.column == 3 + 500 * 8 + 1


@pytest.mark.parametrize(("path", "line"), [("/", 0), ("/a", 7)])
def test_no_line_is_no_excerpt(path: str, line: int) -> None:
    """A finding about the message as a whole, and a line that is not there."""
    assert shown("<a/>", path, line) is None


def test_broken_message_shows_its_line() -> None:
    """Without a mark where the path leads nowhere."""
    assert shown("<a>\n<b", "/", 2) == Excerpt("<b")
    assert shown("<a>\n<é/></a>".encode("utf-16"), "/a/é", 2) == Excerpt("<é/></a>", 1, 0, 4)


@given(st.binary(max_size=200), st.integers(0, 5), st.sampled_from(["/", "/a/b[3]/c", "//", "a", "/a/@b", "/[/]"]))
def test_nothing_makes_it_stumble(body: bytes, line: int, path: str) -> None:
    """A message may be anything."""
    found = shown(body, path, line)

    assert found is None or 0 <= found.begin <= found.end <= len(found.text)


@pytest.mark.parametrize("opened", ["<!--", "<![CDATA[", "<?a ", "<a \"'"])
@pytest.mark.parametrize("path", ["/", "/a"])
def test_what_never_ends_costs_time_in_proportion(opened: str, path: str) -> None:
    """Nobody looks for its end again from each place where it begins: that would take a minute."""
    started = process_time()

    assert shown(opened * 75_000, path, 1) is not None
    assert process_time() - started < BOUND_S
