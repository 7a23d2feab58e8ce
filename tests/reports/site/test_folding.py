"""A message cut into rows."""

from hypothesis import given
from hypothesis import strategies as st

from reports.site.folding import LONG_LINE, Row, dump, fold

LONG_TEXT = "x" * LONG_LINE


def joined(rows: list[Row]) -> str:
    """The message that the rows were made of."""
    text = ""
    for place, row in enumerate(rows):
        text += ("\n" if place and row.line != rows[place - 1].line else "") + row.text
    return text


def shape(body: str) -> list[tuple[str, int, str]]:
    """Margin, depth and text of each row."""
    return [(row.label, row.depth, row.text) for row in fold(body)]


def test_short_lines_stay_as_they_are() -> None:
    """With the numbers that an editor would give them."""
    assert shape("<a>\n <b/><c/>\n</a>") == [("1", 0, "<a>"), ("2", 0, " <b/><c/>"), ("3", 0, "</a>")]


def test_long_line_is_cut_between_tags_and_indented() -> None:
    """An element without children keeps its tags together, an empty one too."""
    body = f"<a>\n<b c='1'><d>{LONG_TEXT}</d><e></e><f/><g><h>1</h></g></b>\n</a>"

    assert shape(body) == [
        ("1", 0, "<a>"),
        ("2:1", 0, "<b c='1'>"),
        ("2:2", 1, f"<d>{LONG_TEXT}</d>"),
        ("2:3", 1, "<e></e>"),
        ("2:4", 1, "<f/>"),
        ("2:5", 1, "<g>"),
        ("2:6", 2, "<h>1</h>"),
        ("2:7", 1, "</g>"),
        ("2:8", 0, "</b>"),
        ("3", 0, "</a>"),
    ]


def test_long_line_without_tags_is_one_row() -> None:
    """There is nowhere to cut it."""
    assert shape(LONG_TEXT * 2) == [("1", 0, LONG_TEXT * 2)]


def test_closing_tags_too_many_do_no_harm() -> None:
    """A broken message must be readable most of all."""
    assert min(depth for _, depth, _ in shape(f"</a></b></c><d>{LONG_TEXT}</d>")) == 0


@given(st.lists(st.sampled_from(["<a>", "</a>", "<b/>", "<c d='>'>", "x", "\n", "\r\n", "<!-- -->", "é", LONG_TEXT])).map("".join))
def test_rows_joined_are_the_message(body: str) -> None:
    """Character for character, and each row knows its place."""
    rows = fold(body)

    assert joined(rows) == body
    assert all(body[row.start : row.start + len(row.text)] == row.text for row in rows)


def test_bytes_that_are_no_text_are_dumped() -> None:
    """Offset, hexadecimal and letters; as much as was asked for."""
    rows = dump(b"MeterGate\x00\xff" * 4, 32)

    assert [row.text for row in rows] == [
        "00000000  4d 65 74 65 72 47 61 74 65 00 ff 4d 65 74 65 72  MeterGate··Meter",
        "00000010  47 61 74 65 00 ff 4d 65 74 65 72 47 61 74 65 00  Gate··MeterGate·",
    ]
