"""That `metergate check` says of every file of the gallery exactly what is wrong with it, and nothing else."""

from pathlib import Path

import pytest

from cli.__main__ import main
from conformance.catalogue import EVERYTHING
from conformance.checking import check
from conformance.layers import OF_RULE, Layer, State
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


def test_no_layer_is_said_to_be_absent_that_something_was_found_in(gallery: tuple[Path, dict[str, dict[str, frozenset[str]]]]) -> None:
    """But for SOAP, where an envelope is missed; and a layer without a finding is fine, absent, or not reached for a reason."""
    folder, index = gallery
    wrong = []
    for spoken in index:
        for checked in check([folder / spoken], spoken):
            state = {reach.layer: reach.state for reach in checked.reached}
            wrong += [
                f"{checked.name}: {rule}"
                for rule in {located.finding.rule_id for located in checked.findings}
                if state[OF_RULE[rule]] is State.ABSENT and OF_RULE[rule] is not Layer.SOAP
            ]
            wrong += [f"{checked.name}: {reach}" for reach in checked.reached if (reach.state is State.JUDGED) is bool(reach.why)]

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
