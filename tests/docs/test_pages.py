"""The pages for readers: their links lead somewhere, and what they list is what there is."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import UnionType
from typing import get_args

import pytest

from ami import names
from ami.errors import HarnessError
from ami.outcomes import BAD_USAGE, EXIT_CODES
from harness import environment, faults
from harness.landscape import Landscape
from harness.masking_policy import Policy
from harness.options import PHASES
from reports import forms, lines
from reports.gate import policy

HOUSE = Path(__file__).parents[2]
PAGES = (*HOUSE.glob("*.md"), *sorted((HOUSE / "docs").rglob("*.md")))
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
WORD = re.compile(r"`([a-z0-9_]+)`")


def text_of(page: str) -> str:
    """What a page says."""
    return (HOUSE / page).read_text("utf-8")


def section(page: str, title: str) -> str:
    """What stands under the headings of a page that have `title` in them, up to the next heading of that rank."""
    return "\n".join(part for part in re.split(r"^## ", text_of(page), flags=re.MULTILINE)[1:] if title in part.partition("\n")[0])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file of the checkout."""
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def line_types() -> Iterator[tuple[str, set[str]]]:
    """The types of lines in a record, each with the fields that are its own."""
    assert isinstance(lines.AnyLine, UnionType)
    common = {field.name for field in fields(lines.Line)} | {"type"}
    for line in get_args(lines.AnyLine):
        assert is_dataclass(line)
        (name,) = get_args(line.__annotations__["type"])
        yield name, {field.name for field in fields(line)} - common - {"scenario"}


@pytest.mark.parametrize(("name", "own"), list(line_types()))
def test_page_on_the_record_has_every_field(name: str, own: set[str]) -> None:
    """A field that a reader meets in a record can be looked up under the type of its line."""
    assert own <= set(WORD.findall(section("docs/record.md", f"`{name}`")))


def test_page_on_the_control_port_has_every_command() -> None:
    """Each stand-in names its commands to whoever asks for one that there is not."""
    missing = {}
    with Landscape(environment.load(None), seed=1) as landscape:
        landscape.begin("commands", datetime(2026, 3, 3, tzinfo=UTC))
        for system in names.SYSTEMS:
            with pytest.raises(HarnessError) as refused:
                landscape.control(system, "nonsense")
            told = re.split("choose one of|there are", str(refused.value))[-1]
            missing[system] = set(re.findall(r"\w+", told)) - set(WORD.findall(section("docs/control_port.md", f"(`{system}`)")))

    assert missing == {system: set() for system in names.SYSTEMS}


def test_page_on_the_environment_file_has_every_setting() -> None:
    """Of the landscape and of a system, and every system."""
    said = set(WORD.findall(text_of("docs/environment_file.md")))

    assert {*environment.Settings.model_fields, *Policy.model_fields, *environment.System.model_fields, *names.SYSTEMS} <= said


def test_readme_has_what_can_be_chosen() -> None:
    """Every phase, every fault and every exit code."""
    readme = text_of("README.md")

    assert [name for name in (*PHASES, *faults.FAULTS) if f"`{name}`" not in readme] == []
    assert [code for code in {*EXIT_CODES.values(), BAD_USAGE} if f"\n| {code} |" not in readme] == []


def test_index_has_every_page_once() -> None:
    """A page that no index names is found by nobody; the decisions stand in their order."""
    listed = LINK.findall(text_of("docs/README.md"))
    pages = {page.name for page in (HOUSE / "docs").glob("*.md")} - {"README.md"}
    decisions = sorted(f"decisions/{page.name}" for page in (HOUSE / "docs" / "decisions").glob("*.md"))

    assert sorted(link for link in listed if "/" not in link) == sorted(pages)
    assert [link for link in listed if link.startswith("decisions/")] == decisions


def test_page_on_the_gate_has_every_setting_of_a_policy() -> None:
    """Of every table of the file."""
    said = set(WORD.findall(text_of("docs/gate.md"))) | set(re.findall(r"\b[a-z_0-9]+\b", text_of("docs/gate.md")))
    parts = (policy.Policy, policy.Phase, policy.Acceptance, policy.Performance, policy.Coverage, policy.Waiver)

    assert {name for part in parts for name in part.model_fields} - said == set()


def test_page_on_the_forms_has_each_of_them() -> None:
    """In the table, by the name that --form takes."""
    assert [form for form in forms.ALL if f"\n| `{form}` |" not in text_of("docs/reports.md")] == []
