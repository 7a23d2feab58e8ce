"""That `metergate check` says of every file of the gallery exactly what is wrong with it, and nothing else."""

from pathlib import Path

import pytest

from cli.__main__ import main
from conformance.catalogue import EVERYTHING
from conformance.checking import check
from tests.conformance.gallery.made import NOT_IN_FILES, write
from tests.conformance.generate.messages import PAYLOADS


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, frozenset[str]]]]:
    """The folder and its index."""
    folder = tmp_path_factory.mktemp("gallery")
    return folder, write(folder)


def test_each_file_is_told_exactly_what_is_wrong_with_it(gallery: tuple[Path, dict[str, dict[str, frozenset[str]]]]) -> None:
    """No finding is missing, and none too many."""
    folder, index = gallery
    wrong = []
    for spoken, files in index.items():
        found: dict[str, set[str]] = {name: set() for name in files}
        for checked in check([folder / spoken], spoken):
            found[Path(checked.file).name] |= {located.finding.rule_id for located in checked.findings}
        wrong += [f"{name}: {sorted(rules)} expected, {sorted(found[name])} found" for name, rules in files.items() if found[name] != rules]

    assert wrong == []


def test_every_noun_and_everything_that_is_asked_is_in_it(gallery: tuple[Path, dict[str, dict[str, frozenset[str]]]]) -> None:
    """A rule more, or a noun, is in the gallery from its first day."""
    _, index = gallery
    shown = {rule for files in index.values() for rules in files.values() for rule in rules}
    nouns = {name.removeprefix("noun_").removesuffix(".xml") for name in index["2011"] if name.startswith("noun_")}

    assert shown | NOT_IN_FILES == {asked.id for asked in EVERYTHING}
    assert nouns == set(PAYLOADS)


def test_command_line_fails_for_the_folder(
    gallery: tuple[Path, dict[str, dict[str, frozenset[str]]]], capsys: pytest.CaptureFixture[str]
) -> None:
    """With a line for each finding."""
    folder, _ = gallery

    assert main(["check", str(folder / "2011")]) == 1
    out = capsys.readouterr().out
    assert "hostile_billion_laughs.xml:1: XML-02 error" in out
    assert "wrapping_project.xml#2 I/Created/Two: not judged: it holds ${…}" in out
