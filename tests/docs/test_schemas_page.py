"""The page on schemas: its table of nouns is what the schemas say of themselves."""

from pathlib import Path

from ami import names, schemas

PAGE = Path(__file__).parents[2] / "docs" / "schemas.md"


def test_page_has_every_noun_with_the_origin_of_its_schema() -> None:
    """Row by row, in the order of the nouns."""
    rows = [f"| {noun} | {schemas.origin(noun)} | {schemas.caption(noun)} |" for noun in names.NOUNS]
    listed = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]

    assert listed == rows
