"""The end of a record that is still being written."""

from pathlib import Path

from cli.record_tail import RecordTail


def test_no_file_has_no_lines(tmp_path: Path) -> None:
    """The child may not have got that far yet."""
    assert list(RecordTail(tmp_path / "record.ndjson").lines()) == []


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    """A line is never read before it is whole, nor twice."""
    record = tmp_path / "record.ndjson"
    record.write_text('{"type":"a"}\n{"ty')
    tail = RecordTail(record)

    first = list(tail.lines())
    with record.open("a") as file:
        file.write('pe":"b"}\n')

    assert first == [{"type": "a"}]
    assert list(tail.lines()) == [{"type": "b"}]
    assert list(tail.lines()) == []
    tail.close()


def test_line_that_is_no_object_is_left_to_the_reader_of_the_whole(tmp_path: Path) -> None:
    """Progress goes on; the integrity check will complain."""
    record = tmp_path / "record.ndjson"
    record.write_text('rubbish\n[1]\n{"type":"a"}\n')
    tail = RecordTail(record)

    assert list(tail.lines()) == [{"type": "a"}]
    tail.close()
